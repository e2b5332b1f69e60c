#pragma once
// What a run found out about the files of a project, for the runs after it: kept in `.schemac/`,
// safe to delete, worth nothing to another version of schemac. It holds of a schema that is what
// the head revision made, and of the very bytes of the revisions.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/revision_json.h"

namespace schemac {

using WordHash = std::uint32_t;
WordHash word_hash(std::string_view word);

struct KnownFile {
  std::string path;
  std::string digest;              // SHA-256
  std::vector<WordHash> declares;  // first words of the names that other files can use; sorted
  std::vector<WordHash> schemas;   // that it opens; sorted
  std::vector<WordHash> mentions;  // its words; sorted
  std::vector<WordHash> inherits;  // those that say from which tables its own inherit; sorted
  std::vector<WordHash> merely_inherits;  // among them: what it mentions nowhere else; sorted
  bool felt_unnamed = false;              // see FileNames
  bool intends = false;                   // says of something how to get there

  template <class Archive>
  void serialize(Archive& archive) {
    archive(path, digest, declares, schemas, mentions, inherits, merely_inherits, felt_unnamed,
            intends);
  }
};

struct KnownRevision {
  std::string id, name;
  std::vector<std::string> parents;
  Ties ties;
  bool baseline = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(id, name, parents, ties, baseline);
  }
};

// Where the state of an object is recorded: an entry of the delta of a revision.
struct Origin {
  std::uint32_t revision = 0;  // index
  std::uint32_t length = 0;    // bytes
  std::uint64_t offset = 0;    // in revision.json
};

struct KnownObject {
  static constexpr std::uint32_t kNoFile = static_cast<std::uint32_t>(-1);

  std::uint64_t id = 0;          // ObjectId::hash
  std::uint64_t whole = 0;       // what it is a part of, so that who needs that needs it; or 0
  std::uint32_t file = kNoFile;  // that declares it, by index
  std::uint32_t needs = 0;       // how many of KnownState::needs are its own
  Origin origin;
};

// A name that an object takes among others' in its schema.
struct KnownClaim {
  std::uint64_t name = 0;  // hash
  std::uint32_t file = KnownObject::kNoFile;
  std::uint32_t padding = 0;
};

struct KnownState {
  std::vector<KnownRevision> revisions;  // as History has them
  std::vector<std::string> heads;
  std::vector<KnownFile> files;      // by path
  std::vector<KnownObject> objects;  // of the head
  std::vector<std::uint64_t> needs;  // ids that the objects need, their parents among them
  std::vector<KnownClaim> claims;
};

// What a state is kept for.
struct StateKey {
  std::string folder;      // of states
  std::string history;     // digest of all bytes of the revisions
  int server_version = 0;  // that the schema is read for
};

// std::nullopt where there is none that this program wrote.
std::optional<KnownState> load_state(const StateKey& key);

// Keeps a state, and drops what was kept longest ago. Nothing depends on it, so a folder that
// cannot be written to is no error.
void store_state(const KnownState& state, const StateKey& key);

// SHA-256 of the files that make a history, by path; "" of one that is not there.
using FileDigests = std::map<std::string, std::string>;
FileDigests history_files(const std::string& folder);

// The digest of all bytes of a history.
std::string history_digest(const FileDigests& files);

}  // namespace schemac
