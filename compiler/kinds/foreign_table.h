#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// A table whose rows are elsewhere. Its columns, checks and triggers are objects of their own.
struct ForeignTable {
  Ident server;
  std::vector<Setting> options;
  bool operator==(const ForeignTable&) const = default;
};
template <>
struct Describe<ForeignTable> {
  static constexpr std::tuple fields{
      field("server", &ForeignTable::server, "Server that has the rows.")
          .refers("foreign_server")
          .required(),
      field("options", &ForeignTable::options, "Options; none that is a secret.")
          .shaped(Shape::setting)
          .no_secrets(),
  };
};
inline constexpr KindInfo foreign_table_kind = describe<ForeignTable>({
    .name = "foreign_table",
    .noun = "foreign table",
    .plural = "foreign tables",
    .doc = "A table whose rows are elsewhere.",
    .keyword = "foreign table",
    .scope = Scope::schema,
    .spaces = {.relation = true, .type = true},
    .privileges = kTablePrivileges,
    .granted_as = "tables",
    .owned = true,
    .rank = 80,
});

}  // namespace schemac
