#pragma once
#include "compiler/kinds/operator_family.h"

namespace schemac {

// How an access method works on a type.
struct OperatorClass {
  Ident method;
  bool is_default = false;
  TypeRef type;
  QName family;
  std::vector<FamilyOperator> operators;
  std::vector<FamilyFunction> functions;
  std::optional<TypeRef> storage;
  bool operator==(const OperatorClass&) const = default;
};
template <>
struct Describe<OperatorClass> {
  static constexpr std::tuple fields{
      field("method", &OperatorClass::method, "Access method.")
          .as("using")
          .refers("access_method")
          .required(),
      field("default", &OperatorClass::is_default, "Whether indexes take it unasked."),
      field("type", &OperatorClass::type, "Type that it is for.")
          .as("for type")
          .refers(Refers::type)
          .required()
          .unmodified(),
      field("family", &OperatorClass::family, "Family that it belongs to.")
          .refers("operator_family")
          .required(),
      field("operators", &OperatorClass::operators, "Operators by their strategy numbers.")
          .as("operator")
          .listed(Listing::repeat),
      field("functions", &OperatorClass::functions, "Functions by their support numbers.")
          .as("function")
          .listed(Listing::repeat),
      field("storage", &OperatorClass::storage, "Type that an index keeps, if another.")
          .refers(Refers::type)
          .unmodified(),
  };
};
inline constexpr KindInfo operator_class_kind = describe<OperatorClass>({
    .name = "operator_class",
    .noun = "operator class",
    .plural = "operator classes",
    .doc = "How an access method works on a type. Its family is declared as well; on 14 and later, "
           "PostgreSQL counts operators of GiST, GIN, SP-GiST and BRIN to the family.",
    .keyword = "operator class",
    .scope = Scope::signature,
    .signature = method_signature,
    .owned = true,
    .rank = 142,
});

}  // namespace schemac
