#pragma once
// What is said of proofs.

#include "base/diagnostic.h"

namespace schemac::diags {

using Text = std::string_view;

inline constexpr Diag<Text, Text> proof_failed{"proof-failed", "{}{}"};
inline constexpr Diag<Text, Text> not_proven{"not-proven", "revision `{}` is not proven: {}",
                                             Severity::warning};
inline constexpr Diag<Text> proof_skipped{"proof-skipped",
                                          "revision `{}` was written without a proof"};
inline constexpr Diag<Text> proof_outdated{
    "proof-outdated", "the statements of revision `{}` are not those that were proven"};

}  // namespace schemac::diags
