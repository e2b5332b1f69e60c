#pragma once
// Where a database may differ from the revisions for a while: drift.toml.

#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace schemac {

inline constexpr std::string_view kDriftFile = "drift.toml";

struct DriftEntry {
  std::string object;  // a pattern, see matches()
  std::string reason, owner;
  std::string until;  // the last day that it holds: `2026-12-31`
  SourceSpan at;
  bool used = false;
};

class AcceptedDrift {
 public:
  // Reads drift.toml beside schemac.toml, where there is one; what is wrong with it is reported.
  explicit AcceptedDrift(Sink& sink);

  // Whether the drift of an object is accepted on `today`. One that was accepted until a day before
  // is reported as that.
  bool accepts(std::string_view object, const std::string& today, Sink& sink);
  // Entries that nothing needed.
  void report_unused(Sink& sink) const;

 private:
  std::vector<DriftEntry> entries_;
};

}  // namespace schemac
