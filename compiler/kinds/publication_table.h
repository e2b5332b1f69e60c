#pragma once
#include "compiler/kinds/publication.h"

namespace schemac {

// `shop.customer`, where others have a name.
inline std::string publication_table_signature(const FieldValues& values) {
  const QName* table = values[0].qname();
  return table == nullptr ? std::string()
                          : dsl_ident(table->schema.text) + "." + dsl_ident(table->name.text);
}

// A table of a publication, or some of its columns and rows.
struct PublicationTable {
  QName table;
  std::vector<Ident> columns;
  std::optional<SqlText> where;
  bool operator==(const PublicationTable&) const = default;
};
template <>
struct Describe<PublicationTable> {
  static constexpr std::tuple fields{
      field("table", &PublicationTable::table, "Table.").as("").refers(Refers::relation).required(),
      field("columns", &PublicationTable::columns, "Columns, if not all.")
          .as("")
          .refers(Refers::ref_column)
          .since(15),
      field("where", &PublicationTable::where, "Rows, if not all.").since(15),
  };
};
inline constexpr KindInfo publication_table_kind = describe<PublicationTable>({
    .name = "publication_table",
    .noun = "table of publication",
    .plural = "tables of publications",
    .doc = "A table that a publication is about.",
    .keyword = "table",
    .parents = kInPublication,
    .scope = Scope::parent,
    .naming = Naming::none,
    .signature = publication_table_signature,
    .undocumented = true,
    .rank = 161,
});

}  // namespace schemac
