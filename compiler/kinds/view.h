#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr Newer kNewerViewOptions[] = {{"security_invoker", 15}};

struct View {
  std::vector<Ident> columns;
  std::vector<Setting> with;
  SqlText query;
  bool operator==(const View&) const = default;
};
template <>
struct Describe<View> {
  static constexpr std::tuple fields{
      field("columns", &View::columns, "Names of its columns, if not the query's.").as(""),
      field("with", &View::with, "Options: security_barrier, security_invoker, check_option.")
          .shaped(Shape::setting)
          .newer(kNewerViewOptions),
      field("query", &View::query, "What it shows.").as("as").shaped(Shape::query).required(),
  };
};
inline constexpr KindInfo view_kind = describe<View>({
    .name = "view",
    .noun = "view",
    .plural = "views",
    .doc = "A view.",
    .keyword = "view",
    .scope = Scope::schema,
    .spaces = {.relation = true, .type = true},
    .output_kind = "view_column",
    .privileges = kTablePrivileges,
    .granted_as = "tables",
    .owned = true,
    .rank = 110,
});

}  // namespace schemac
