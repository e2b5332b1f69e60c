#pragma once
#include <string_view>

namespace schemac {

inline constexpr std::string_view kVersion = SCHEMAC_VERSION;
inline constexpr std::string_view kTool = "schemac " SCHEMAC_VERSION;

}  // namespace schemac
