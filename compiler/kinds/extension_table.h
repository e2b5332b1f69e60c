#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// `public.pg_stat_statements`, where others have a name.
inline std::string extension_table_signature(const FieldValues& values) {
  const QName* table = values[0].qname();
  return table == nullptr ? std::string()
                          : dsl_ident(table->schema.text) + "." + dsl_ident(table->name.text);
}

// A table or view that an extension brings. It is named only where
// rights on it are not those that the extension's script gave.
struct ExtensionTable {
  QName table;
  bool operator==(const ExtensionTable&) const = default;
};
template <>
struct Describe<ExtensionTable> {
  static constexpr std::tuple fields{
      field("table", &ExtensionTable::table, "The table or view.")
          .as("")
          .refers(Refers::brought)
          .required(),
  };
};
inline constexpr KindInfo extension_table_kind = describe<ExtensionTable>({
    .name = "extension_table",
    .noun = "table",
    .plural = "extensions' tables",
    .doc = "A table or view of an extension, and what rights on it were changed.",
    .keyword = "table",
    .parents = kInExtension,
    .scope = Scope::parent,
    .naming = Naming::none,
    .signature = extension_table_signature,
    .privileges = kTablePrivileges,
    .undocumented = true,
    .rank = 22,
});

}  // namespace schemac
