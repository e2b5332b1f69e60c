#pragma once
#include "compiler/ir/type.h"
#include "compiler/kinds/parts.h"

namespace schemac {

inline std::string operator_signature(const FieldValues& values) {
  std::string out;
  if (values[0].list() == nullptr) return out;
  for (const Value& type : *values[0].list())
    out += (out.empty() ? "" : ", ") + to_string(*type.type());
  return out;
}

// An operator: between two operands, or before one.
struct SqlOperator {
  std::vector<TypeRef> operands;
  bool postfix = false;
  QName function;
  std::optional<QName> commutator;
  std::optional<QName> negator;
  std::optional<QName> restriction;
  std::optional<QName> join;
  bool hashes = false;
  bool merges = false;
  bool operator==(const SqlOperator&) const = default;
};
template <>
struct Describe<SqlOperator> {
  static constexpr std::tuple fields{
      field("operands", &SqlOperator::operands,
            "Types on its left and on its right; of one before its operand that alone.")
          .refers(Refers::type)
          .unmodified()
          .at(Place::signature),
      field("postfix", &SqlOperator::postfix,
            "Whether it stands behind its operand, as it can up to 13."),
      field("function", &SqlOperator::function, "Function that it calls.")
          .refers(Refers::function)
          .required(),
      field("commutator", &SqlOperator::commutator,
            "SqlOperator that takes its operands the other way.")
          .shaped(Shape::operation)
          .refers(Refers::operation),
      field("negator", &SqlOperator::negator, "SqlOperator that says the contrary.")
          .shaped(Shape::operation)
          .refers(Refers::operation),
      field("restrict", &SqlOperator::restriction, "Function that guesses how many rows it keeps.")
          .refers(Refers::function),
      field("join", &SqlOperator::join, "Function that guesses the same of a join.")
          .refers(Refers::function),
      field("hashes", &SqlOperator::hashes, "Whether a hash join can use it."),
      field("merges", &SqlOperator::merges, "Whether a merge join can use it."),
  };
};
inline constexpr KindInfo sql_operator_kind = describe<SqlOperator>({
    .name = "sql_operator",
    .noun = "operator",
    .plural = "operators",
    .doc = "An operator.",
    .keyword = "operator",
    .scope = Scope::signature,
    .naming = Naming::symbol,
    .spaces = {.operation = true},
    .signature = operator_signature,
    .owned = true,
    .rank = 140,
});

}  // namespace schemac
