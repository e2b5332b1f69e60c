#pragma once
// What is said of schemac.toml and of settings from elsewhere.

#include "base/diagnostic.h"

namespace schemac::diags {

inline constexpr Diag<std::string_view> config_broken{"config-broken", "schemac.toml: {}"};
inline constexpr Diag<std::string_view> setting_unknown{"setting-unknown",
                                                        "there is no setting `{}`"};
inline constexpr Diag<std::string_view, std::string_view> setting_type{"setting-type",
                                                                       "setting `{}` is {}"};
inline constexpr Diag<std::string_view, std::string_view, std::string_view> setting_value{
    "setting-value", "`{}` cannot be `{}`: it is {}"};

}  // namespace schemac::diags
