#pragma once
// Writing a revision.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/planning.h"
#include "cli/revisions.h"

namespace schemac {

// `add email verified` as part of an id: `add_email_verified`. "" where nothing is left of it.
std::string slug(std::string_view name);

// The id of a new revision: now in UTC (or $SOURCE_DATE_EPOCH), later than all of `history`.
std::string new_revision_id(std::string_view name, const History& history);

// Now in UTC (or $SOURCE_DATE_EPOCH) as ISO 8601: `2025-02-24T12:00:00Z`.
std::string utc_time();

struct NewRevision {
  std::string id;
  std::string name;
  std::vector<std::string> parents;
  bool baseline = false;
  std::optional<Evidence> proof = {};
};

// The files of the revision by name: up.sql, down.sql, revision.json.
std::map<std::string, std::string> revision_files(const NewRevision& revision,
                                                  const Planned& planned);

// Writes the folder, then its line in schemac.sum. Expects the migrations folder to be locked.
void write_revision(const std::string& folder, const History& history, const std::string& id,
                    const std::map<std::string, std::string>& files);

}  // namespace schemac
