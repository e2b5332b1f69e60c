#pragma once
// What is said of lines of revisions that are to become one.

#include "base/diagnostic.h"

namespace schemac::diags {

using Text = std::string_view;

inline constexpr Diag<Text, Text, Text> lines_both_change{"lines-overlap",
                                                          "{} is changed by `{}` and by `{}`"};
inline constexpr Diag<Text, Text, Text, Text> line_changes_need{
    "lines-overlap", "{} is changed by `{}`, and {} of `{}` needs it as it is"};
inline constexpr Diag<Text, Text, Text, Text> lines_share_name{
    "lines-overlap", "{} of `{}` and {} of `{}` take the same name"};
inline constexpr Diag<Text, Text, Text> orders_differ{
    "orders-differ", "`{}` and `{}` do not lead to the same {} in both orders"};
inline constexpr Diag<Text, Text> order_failed{"order-failed", "{}{}"};
inline constexpr Diag<Text> not_a_head{"not-a-head", "revision `{}` is continued by another one"};

}  // namespace schemac::diags
