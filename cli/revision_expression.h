#pragma once
// How a revision is named on the command line: `@head`, `@20250224120000_add_email`, `@2025022412`
// (a prefix that only one revision has), each maybe with `~2`: two before it.

#include <optional>
#include <string>
#include <string_view>

#include "cli/revisions.h"

namespace schemac {

struct RevisionExpression {
  std::string name;  // `head`, an id, the prefix of one, or a name without its time
  int back = 0;
};

// std::nullopt where `text` is none. The `@` in front may be left out.
std::optional<RevisionExpression> parse_revision_expression(std::string_view text);

// The id that `text` means in `history`; "" for what is before the first revision. std::nullopt
// where there is none, which is then reported.
std::optional<std::string> resolve_revision(std::string_view text, const History& history,
                                            Sink& sink);

}  // namespace schemac
