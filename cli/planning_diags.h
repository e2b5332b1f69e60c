#pragma once
// What is said of plans.

#include "base/diagnostic.h"

namespace schemac::diags {

inline constexpr Diag<std::string_view, std::string_view> unproven{
    "unproven", "{}: `{}` differs in text, and no server has compared the two", Severity::warning};
inline constexpr Diag<std::string_view, std::string_view> unretained{"not-retained",
                                                                     "{} cannot be kept aside: {}"};
inline constexpr Diag<std::string_view, std::string_view> likely_rename{
    "likely-rename", "`{}` goes and `{}` comes: this looks like a rename", Severity::warning};

inline constexpr Diag<std::string_view, std::string_view> intent_done{
    "intent-done", "`{}` has nothing left to do: {} is as it says", Severity::warning};
inline constexpr Diag<std::string_view, std::string_view> was_unknown{
    "was-unknown", "`{}` renames nothing: {} is new", Severity::warning};
inline constexpr Diag<std::string_view> retains_nothing{
    "retains-nothing", "`{}` keeps nothing: the last revision has none", Severity::warning};

}  // namespace schemac::diags
