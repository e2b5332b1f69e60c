#pragma once
#include "compiler/kinds/publication.h"

namespace schemac {

// The schema's name, where others have one of their own.
inline std::string publication_schema_signature(const FieldValues& values) {
  return values[0].ident() == nullptr ? std::string() : dsl_ident(values[0].ident()->text);
}

// A schema whose tables a publication is about.
struct PublicationSchema {
  Ident schema;
  bool operator==(const PublicationSchema&) const = default;
};
template <>
struct Describe<PublicationSchema> {
  static constexpr std::tuple fields{
      field("of_schema", &PublicationSchema::schema, "Schema.")
          .as("")
          .refers(Refers::schema)
          .required()
          .since(15),
  };
};
inline constexpr KindInfo publication_schema_kind = describe<PublicationSchema>({
    .name = "publication_schema",
    .noun = "schema of publication",
    .plural = "schemas of publications",
    .doc = "A schema all of whose tables a publication is about.",
    .keyword = "schema",
    .parents = kInPublication,
    .scope = Scope::parent,
    .naming = Naming::none,
    .signature = publication_schema_signature,
    .undocumented = true,
    .rank = 162,
});

}  // namespace schemac
