#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// That the policies of a table decide who sees which rows. It can be prepared while switched off.
struct RowSecurity {
  bool disabled = false;
  bool forced = false;
  bool operator==(const RowSecurity&) const = default;
};
template <>
struct Describe<RowSecurity> {
  static constexpr std::tuple fields{
      field("disabled", &RowSecurity::disabled, "Whether it is switched off all the same."),
      field("forced", &RowSecurity::forced, "Whether it holds for the table's owner, too."),
  };
};
inline constexpr KindInfo row_security_kind = describe<RowSecurity>({
    .name = "row_security",
    .noun = "row security of",
    .plural = "row security settings",
    .doc = "Rows are seen and changed as policies allow; without any policy, not at all.",
    .keyword = "row level security",
    .parents = kInTable,
    .scope = Scope::single,
    .naming = Naming::none,
    .wrong = [](const FieldValues& values) -> std::string_view {
      RowSecurity security;
      read_fields(security, values);
      return security.disabled && !security.forced
                 ? "row level security that is neither on nor forced is none at all"
                 : "";
    },
    .rank = 135,
});

}  // namespace schemac
