#pragma once
// The plan from the head revision to the schema. Where an earlier run kept its state, only the part
// of both that an edit can touch is read.

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/commands.h"
#include "cli/known_state.h"
#include "cli/new_revision.h"
#include "cli/planning.h"
#include "cli/revisions.h"
#include "cli/slice.h"

namespace schemac {

// Where the state of each object of the head is recorded, by the hash of its id.
using Origins = std::unordered_map<std::uint64_t, Origin>;

class HeadPlan {
 public:
  // Reads the revisions; what is wrong with them is reported. The plan starts from the one head, or
  // where `continued` names revisions (`base`: none), from all that does not stand on those.
  explicit HeadPlan(const Session& session, const std::vector<std::string>& continued = {});
  // What is kept aside since an earlier time than this goes; "", as at first: all stays.
  void keep_since(std::string time) { retention_.keep_since = std::move(time); }
  // Of the revision that is to come; what it keeps aside has it in its name.
  const std::string& time() const { return retention_.now; }

  const History& history() const { return history_; }
  // Leaves none behind; nothing else can be asked then.
  History take_history() { return std::move(history_); }
  const std::string& head() const { return head_; }
  // What a revision that makes the plan continues.
  const std::vector<std::string>& parents() const { return parents_; }

  // std::nullopt where the schema is broken, which is then reported. The catalogs hold all that the
  // plan concerns and all that this needs; everything there is, where the `whole` is asked for.
  std::optional<Planned> plan(Shadow& shadow, bool whole);
  // Whether a part was enough for the last plan.
  bool sliced() const { return state_.has_value(); }

  // Keeps what the run found out, once the schema is what the head revision made: it was all the
  // time (`written` is nullptr), or is now by the revision that was written.
  void remember(const Planned& planned, const WrittenRevision* written) const;

 private:
  void recall(const KnownState& state);
  void choose_parents(const std::vector<std::string>& continued);
  std::vector<const Revision*> start() const;
  std::optional<Planned> plan_all(Shadow& shadow);
  std::optional<Planned> plan_slice(Shadow& shadow);
  std::optional<Catalog> recorded_slice(const Slice& slice, const Catalog& declared) const;
  bool takes_names_outside(const Catalog& declared, const Slice& slice) const;
  bool changes_outside(const Planned& planned, const Slice& slice) const;
  KnownState rest_of_state(const Catalog& declared) const;

  const Session& session_;
  FileDigests recorded_;  // of the history's files, as they were when the run began
  std::optional<KnownState> state_;
  History history_;
  std::string head_;
  std::vector<std::string> parents_;
  bool chosen_ = false;  // the parents were; what is kept for the next run is of the head alone
  postgres::Retention retention_;
  Origins origins_;  // where no state has them
  // Of the last plan: the files of the schema, which of them were read, and where the objects of
  // the others are.
  std::vector<KnownFile> files_;
  std::vector<bool> read_;
  std::vector<std::uint32_t> now_;  // of each file of the state: its index among these
};

// The same for a project that begins with a revision: of the texts of its schema's files by path,
// and what that revision made, each object with the file that declares it.
void remember_first(const Settings& settings, const std::map<std::string, std::string>& files,
                    const Catalog& declared, const WrittenRevision& written);

}  // namespace schemac
