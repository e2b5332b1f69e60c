#pragma once
// What is said of backups.

#include "base/diagnostic.h"

namespace schemac::diags {

using Text = std::string_view;

inline constexpr Diag<Text, Text> backup_broken{"backup-broken", "`{}` is no whole backup: {}"};
inline constexpr Diag<Text, Text> backup_sample_failed{
    "backup-sample", "backup `{}` is written, and did not come back: {}"};
inline constexpr Diag<Text> replacement_unconfirmed{
    "replacement-unconfirmed", "`{}` holds data, and nobody said that it shall be replaced"};

}  // namespace schemac::diags
