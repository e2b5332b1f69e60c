#pragma once
// How revisions are named on the command line, as Alembic names them: `head`, `heads`, `base`,
// `current` (what is applied), an id, the beginning of one that only one revision has, its name
// without the time; each maybe in the line of a label (`billing@head`), and maybe some steps away
// (`head~2` and `head-2`: before it, `20250224120000_add_email+1`: behind it); steps alone count
// from what is applied. `a:b` is what leads from a to b. The `@` that tells a source from a file
// may stand in front.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/revisions.h"

namespace schemac {

struct RevisionExpression {
  std::string label;  // whose line it is on; "" for all
  std::string name;   // "" where steps alone are written
  int steps = 0;      // from there: forward where positive

  // Whether it says how far to go from what is applied.
  bool relative() const { return name.empty() || (name == "current" && steps != 0); }
};

struct TargetExpression {
  RevisionExpression to;
  std::optional<RevisionExpression> from;  // of a range
};

// std::nullopt where `text` is none.
std::optional<RevisionExpression> parse_revision_expression(std::string_view text);
// The same where a range may stand. One that is open starts at `base` or ends at `head`. What is
// none is reported.
std::optional<TargetExpression> parse_target(std::string_view text, Sink& sink);

using RevisionIds = std::set<std::string>;

// A place in the history: several revisions where lines stand beside each other, none where it is
// before the first one.
using HistoryPlace = std::vector<std::string>;

// Finds what expressions mean. What is wrong with them is reported.
class RevisionFinder {
 public:
  // `applied`: what `current` means; nullptr where no database is in play.
  RevisionFinder(std::string_view text, const History& history, const RevisionIds* applied,
                 Sink& sink)
      : text_(text), history_(history), applied_(applied), sink_(sink) {}

  std::optional<HistoryPlace> find(const RevisionExpression& expression);
  // The revisions that `label` marks; all of them for "". std::nullopt where no revision has it.
  std::optional<RevisionIds> marked(const std::string& label);
  // Of several revisions to go on with, the one; reported where it is not just one.
  std::optional<std::string> choose(const std::vector<std::string>& ids);

 private:
  std::optional<HistoryPlace> start(const RevisionExpression& expression,
                                    const RevisionIds& marked);
  std::optional<HistoryPlace> by_name(const std::string& name, const RevisionIds& marked);
  std::optional<HistoryPlace> step(const HistoryPlace& from, bool forward,
                                   const RevisionIds& marked);

  std::string text_;  // for messages
  const History& history_;
  const RevisionIds* applied_;
  Sink& sink_;
};

// The revisions among these that none of these continues.
HistoryPlace ends_of(const History& history, const RevisionIds& ids);

// The id that `text` means in `history`; "" for what is before the first revision. std::nullopt
// where there is none, or several, which is then reported.
std::optional<std::string> resolve_revision(std::string_view text, const History& history,
                                            Sink& sink);

// The revisions that `text` means, in the history's order; of a range those that lead from its
// start to its end.
std::optional<std::vector<const Revision*>> resolve_revisions(std::string_view text,
                                                              const History& history, Sink& sink);

}  // namespace schemac
