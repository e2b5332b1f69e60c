#pragma once
// Drops and adds that look like renames, where a rename would save what the drop loses: nobody but
// the author knows, so `generate` asks.

#include <set>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/planning.h"
#include "compiler/diff/likely_renames.h"

namespace schemac {

// What people said is no rename: pairs `OLD:NEW` of names, each as complete as they like.
class NotRenamed {
 public:
  // What is no pair is reported.
  NotRenamed(const std::vector<std::string>& pairs, Sink& sink);

  bool rules_out(const LikelyRename& pair);
  void add(const LikelyRename& pair);
  // Pairs that were never asked about.
  void report_unused(Sink& sink) const;

 private:
  struct Pair {
    std::string was, now;
    bool used = false;
  };
  std::vector<Pair> pairs_;
};

struct RenameQuestion {
  LikelyRename pair;
  SourceSpan at;     // where what comes is declared
  std::string was;   // as NotRenamed names it
  std::string now;   // the same
  std::string line;  // of the declaration, with the `was` that makes it a rename; "" without one
};

inline bool nobody_ruled_out(const LikelyRename&) {
  return false;
}
std::vector<RenameQuestion> find_rename_questions(const Planned& planned,
                                                  const RuledOut& ruled_out = nobody_ruled_out);

void report_rename_questions(const std::vector<RenameQuestion>& questions, Severity severity,
                             Sink& sink);

// Whether nothing is left to ask: by `--not-renamed`, or by answers where somebody sits at a
// terminal. What is left is reported, and told to programs by the outcome.
bool settle_renames(const Session& session, const std::vector<std::string>& not_renamed,
                    const Planned& planned, Outcome& outcome);

}  // namespace schemac
