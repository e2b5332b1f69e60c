#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// A type that is there in name alone and never completed.
struct ShellType {
  bool operator==(const ShellType&) const = default;
};
template <>
struct Describe<ShellType> {
  static constexpr std::tuple<> fields{};
};
inline constexpr KindInfo shell_type_kind = describe<ShellType>({
    .name = "shell_type",
    .noun = "shell type",
    .plural = "shell types",
    .doc = "A type in name alone, of which functions may speak.",
    .keyword = "shell type",
    .scope = Scope::schema,
    .spaces = {.type = true},
    .owned = true,
    .rank = 35,
});

}  // namespace schemac
