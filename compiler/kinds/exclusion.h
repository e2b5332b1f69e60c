#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

struct ExclusionElement {
  IndexKey key;
  QName operation;
  bool operator==(const ExclusionElement&) const = default;
};
template <>
struct Describe<ExclusionElement> {
  static constexpr std::tuple fields{
      field("key", &ExclusionElement::key, "What is compared.").as("").required(),
      field("operator", &ExclusionElement::operation, "With which operator.")
          .as("with")
          .shaped(Shape::operation)
          .required(),
  };
};

struct Exclusion {
  Ident method{"btree"};
  std::vector<ExclusionElement> elements;
  std::vector<Ident> include;
  std::vector<Setting> with;
  std::optional<Ident> tablespace;
  std::optional<SqlText> where;
  bool deferrable = false;
  bool initially_deferred = false;
  bool cluster = false;
  std::optional<std::string> index_comment;
  bool operator==(const Exclusion&) const = default;
};
template <>
struct Describe<Exclusion> {
  static constexpr std::tuple fields{
      field("method", &Exclusion::method, "Access method of its index.")
          .as("using")
          .absent("btree")
          .refers("access_method"),
      field("elements", &Exclusion::elements, "What no two rows may share.").as("").required(),
      field("include", &Exclusion::include, "Payload columns of its index.").refers(Refers::column),
      field("with", &Exclusion::with, "Storage parameters of its index.").shaped(Shape::setting),
      field("tablespace", &Exclusion::tablespace, "Tablespace of its index."),
      field("where", &Exclusion::where, "Rows that it covers."),
      field("deferrable", &Exclusion::deferrable, "Whether the check can wait for the commit."),
      field("initially_deferred", &Exclusion::initially_deferred, "Whether it does so by default.")
          .as("initially deferred"),
      field("cluster", &Exclusion::cluster, "Whether CLUSTER sorts the table by its index."),
      field("index_comment", &Exclusion::index_comment,
            "Comment on its index; that on the constraint is its documentation.")
          .as("index comment"),
  };
};
inline constexpr KindInfo exclusion_kind = describe<Exclusion>({
    .name = "exclusion",
    .noun = "exclusion constraint",
    .plural = "exclusion constraints",
    .doc = "Rows of which no two may conflict.",
    .keyword = "exclude",
    .parents = kInTable,
    .scope = Scope::parent,
    .naming = Naming::automatic,
    .auto_name = {.suffix = "excl", .columns_field = "elements", .include_field = "include"},
    .spaces = {.relation = true, .constraint = true},
    .rank = 93,
});

}  // namespace schemac
