#pragma once
// Writing a revision.

#include <chrono>
#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/known_state.h"
#include "cli/planning.h"
#include "cli/revision_writer.h"
#include "cli/revisions.h"

namespace schemac {

// `add email verified` as part of an id: `add_email_verified`. "" where nothing is left of it.
std::string slug(std::string_view name);

// What the id of a new revision begins with: now in UTC (or $SOURCE_DATE_EPOCH), later than all of
// `history`; and what that of one so long ago would begin with.
std::string new_revision_time(const History& history);
std::string time_before(std::chrono::seconds age);
std::string new_revision_id(const std::string& time, std::string_view name);

// Now in UTC (or $SOURCE_DATE_EPOCH) as ISO 8601: `2025-02-24T12:00:00Z`.
std::string utc_time();

struct NewRevision {
  std::string id;
  std::string name;
  std::vector<std::string> parents;
  bool baseline = false;
  std::optional<Evidence> proof = {};
  Ties ties = {};
};

struct RevisionSql {
  std::string up, down;
};
struct RevisionFacts {
  PlanFacts up, down;
};

// What plans are for a reader. The facts are being made on a thread of their own; the SQL is once
// it is asked for, by who asks, since it takes the most memory, and that is where the plan was
// made.
struct RevisionParts {
  std::shared_future<RevisionSql> sql;
  std::shared_future<RevisionFacts> facts;
};

// `planned` must outlive what is made of it.
std::shared_future<RevisionSql> make_sql(const NewRevision& revision, const Planned& planned);
RevisionParts make_parts(const NewRevision& revision, const Planned& planned);

// Where a revision.json records an object: what became of it, or that it went.
struct Recorded {
  ObjectId id;
  bool gone = false;
  RevisionText::Entry place;
};

// `take` gets the revision.json piece by piece, as RevisionWriter hands it out.
std::vector<Recorded> write_json(const NewRevision& revision, const Planned& planned,
                                 const std::shared_future<RevisionFacts>& facts,
                                 const RevisionWriter::Take& take);

struct WrittenRevision {
  KnownRevision revision;
  std::vector<Recorded> recorded;
  FileDigests files;  // of its own and of schemac.sum
};

// Writes the folder, then its line in schemac.sum. Expects the migrations folder to be locked.
WrittenRevision write_revision(const History& history, const NewRevision& revision,
                               const Planned& planned, const RevisionParts& parts);

}  // namespace schemac
