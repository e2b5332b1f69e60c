#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// An access method's number for an operator; the types tell which operator of that name it is.
struct FamilyOperator {
  std::int64_t number = 0;
  QName operation;
  std::vector<TypeRef> types;
  std::optional<QName> order_family;
  bool operator==(const FamilyOperator&) const = default;
};
template <>
struct Describe<FamilyOperator> {
  static constexpr std::tuple fields{
      field("number", &FamilyOperator::number, "Strategy number.").as("").required(),
      field("operator", &FamilyOperator::operation, "Operator.")
          .as("")
          .shaped(Shape::operation)
          .refers(Refers::operation)
          .required(),
      field("types", &FamilyOperator::types, "Types of its operands, if not those of the class.")
          .as("")
          .refers(Refers::type)
          .unmodified(),
      field("order_family", &FamilyOperator::order_family,
            "Family that sorts what it gives, of an operator that orders.")
          .as("for order by")
          .refers("operator_family"),
  };
};

// An access method's number for a function.
struct FamilyFunction {
  std::int64_t number = 0;
  RoutineRef function;
  std::vector<TypeRef> types;
  bool operator==(const FamilyFunction&) const = default;
};
template <>
struct Describe<FamilyFunction> {
  static constexpr std::tuple fields{
      field("number", &FamilyFunction::number, "Support number.").as("").required(),
      field("function", &FamilyFunction::function, "Function with the types of its arguments.")
          .as("")
          .required(),
      field("types", &FamilyFunction::types, "Types that it is for, if not those of the class.")
          .as("for")
          .refers(Refers::type)
          .unmodified(),
  };
};

// The path's last part: classes and families of different access methods may share a name.
inline std::string method_signature(const FieldValues& values) {
  return values[0].ident() == nullptr ? std::string() : values[0].ident()->text;
}

// A family of operator classes, with the operators and functions that belong to none of them.
struct OperatorFamily {
  Ident method;
  std::vector<FamilyOperator> operators;
  std::vector<FamilyFunction> functions;
  bool operator==(const OperatorFamily&) const = default;
};
template <>
struct Describe<OperatorFamily> {
  static constexpr std::tuple fields{
      field("method", &OperatorFamily::method, "Access method.")
          .as("using")
          .refers("access_method")
          .required(),
      field("operators", &OperatorFamily::operators,
            "Operators that belong to none of its classes.")
          .as("operator")
          .listed(Listing::repeat),
      field("functions", &OperatorFamily::functions,
            "Functions that belong to none of its classes.")
          .as("function")
          .listed(Listing::repeat),
  };
};
inline constexpr KindInfo operator_family_kind = describe<OperatorFamily>({
    .name = "operator_family",
    .noun = "operator family",
    .plural = "operator families",
    .doc = "Operator classes that know each other.",
    .keyword = "operator family",
    .scope = Scope::signature,
    .signature = method_signature,
    .owned = true,
    .rank = 141,
});

}  // namespace schemac
