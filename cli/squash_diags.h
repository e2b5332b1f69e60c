#pragma once
// What is said of revisions that one shall stand in for.

#include "base/diagnostic.h"

namespace schemac::diags {

using Text = std::string_view;

inline constexpr Diag<Text, Text> squash_entered{
    "squash-open", "revision `{}` continues `{}`, which is not among those to squash"};
inline constexpr Diag<Text, Text> squash_left{
    "squash-open", "revision `{}` stands on `{}`, which is not the last one to squash"};
inline constexpr Diag<Text> squash_single{"squash-single", "`{}` is one revision already"};
inline constexpr Diag<Text> squash_baseline{
    "squash-baseline", "revision `{}` describes what was there before, and is not run"};
inline constexpr Diag<Text> squash_nested{"squash-nested",
                                          "revision `{}` stands in for others itself"};
inline constexpr Diag<Text> squash_by_hand{
    "squash-by-hand", "a statement of `{}` was written by hand, and no schema tells of it"};
inline constexpr Diag<Text, Text> squash_rows{
    "squash-rows", "revision `{}` makes new values of {}, and tables with rows would miss that"};

}  // namespace schemac::diags
