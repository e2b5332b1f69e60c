#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline std::string system_table_signature(const FieldValues& values) {
  const QName* table = values[0].qname();
  return table == nullptr ? std::string() : dsl_ident(table->name.text);
}

// A table or view that every database has, named only where rights on it are not the usual ones.
struct SystemTable {
  QName table;
  bool operator==(const SystemTable&) const = default;
};
template <>
struct Describe<SystemTable> {
  static constexpr std::tuple fields{
      field("table", &SystemTable::table, "The table or view.").as("").required(),
  };
};
inline constexpr KindInfo system_table_kind = describe<SystemTable>({
    .name = "system_table",
    .noun = "system table",
    .plural = "system tables",
    .doc = "A table or view of schema pg_catalog, and what rights on it were changed.",
    .keyword = "system table",
    .scope = Scope::database,
    .naming = Naming::none,
    .signature = system_table_signature,
    .privileges = kTablePrivileges,
    .undocumented = true,
    .wrong = [](const FieldValues& values) -> std::string_view {
      return values[0].qname() != nullptr && !values[0].qname()->schema.empty()
                 ? "a system table stands in schema pg_catalog"
                 : "";
    },
    .rights_vary = true,
    .rank = 22,
});

}  // namespace schemac
