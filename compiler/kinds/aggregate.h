#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kFinalModifications[] = {"read_only", "shareable", "read_write"};
inline constexpr std::string_view kAggregateSafeties[] = {"unsafe", "restricted", "safe"};

// An aggregate of any sort; one with arguments behind ORDER BY is an ordered-set aggregate.
struct Aggregate {
  std::vector<Argument> arguments;
  std::vector<Argument> order_by;
  bool hypothetical = false;
  std::optional<QName> sfunc;
  TypeRef stype;
  std::optional<std::int64_t> sspace;
  std::optional<QName> finalfunc;
  bool finalfunc_extra = false;
  std::optional<std::string> finalfunc_modify;
  std::optional<QName> combinefunc;
  std::optional<QName> serialfunc;
  std::optional<QName> deserialfunc;
  std::optional<std::string> initcond;
  std::optional<QName> msfunc;
  std::optional<QName> minvfunc;
  std::optional<TypeRef> mstype;
  std::optional<std::int64_t> msspace;
  std::optional<QName> mfinalfunc;
  bool mfinalfunc_extra = false;
  std::optional<std::string> mfinalfunc_modify;
  std::optional<std::string> minitcond;
  std::optional<QName> sortop;
  std::string parallel = "unsafe";
  bool operator==(const Aggregate&) const = default;
};
template <>
struct Describe<Aggregate> {
  static constexpr std::tuple fields{
      field("arguments", &Aggregate::arguments, "Arguments in order; none for `(*)`.")
          .at(Place::signature),
      field("order_by", &Aggregate::order_by, "What an ordered-set aggregate sorts.")
          .as("order by"),
      field("hypothetical", &Aggregate::hypothetical,
            "Whether it is about a row that is not there."),
      field("sfunc", &Aggregate::sfunc, "Function called for each row.")
          .refers(Refers::function)
          .required(),
      field("stype", &Aggregate::stype, "Type of the state.")
          .refers(Refers::type)
          .required()
          .unmodified(),
      field("sspace", &Aggregate::sspace, "Size of the state, for the planner."),
      field("finalfunc", &Aggregate::finalfunc, "Function that makes the result of the state.")
          .refers(Refers::function),
      field("finalfunc_extra", &Aggregate::finalfunc_extra,
            "Whether that gets the types of the arguments as well."),
      field("finalfunc_modify", &Aggregate::finalfunc_modify,
            "What that may do to the state: nothing by default, anything in an ordered-set "
            "aggregate.")
          .words(kFinalModifications),
      field("combinefunc", &Aggregate::combinefunc, "Function that makes one state of two.")
          .refers(Refers::function),
      field("serialfunc", &Aggregate::serialfunc, "Function that writes the state out.")
          .refers(Refers::function),
      field("deserialfunc", &Aggregate::deserialfunc, "Function that reads it back.")
          .refers(Refers::function),
      field("initcond", &Aggregate::initcond, "State before the first row."),
      field("msfunc", &Aggregate::msfunc, "`sfunc` where the frame moves.")
          .refers(Refers::function),
      field("minvfunc", &Aggregate::minvfunc, "Function called for each row that leaves the frame.")
          .refers(Refers::function),
      field("mstype", &Aggregate::mstype, "`stype` where the frame moves.")
          .refers(Refers::type)
          .unmodified(),
      field("msspace", &Aggregate::msspace, "`sspace` where the frame moves."),
      field("mfinalfunc", &Aggregate::mfinalfunc, "`finalfunc` where the frame moves.")
          .refers(Refers::function),
      field("mfinalfunc_extra", &Aggregate::mfinalfunc_extra,
            "`finalfunc_extra` where the frame moves."),
      field("mfinalfunc_modify", &Aggregate::mfinalfunc_modify,
            "`finalfunc_modify` where the frame moves.")
          .words(kFinalModifications),
      field("minitcond", &Aggregate::minitcond, "`initcond` where the frame moves."),
      field("sortop", &Aggregate::sortop, "Operator by whose order it is the first value.")
          .shaped(Shape::operation)
          .refers(Refers::operation),
      field("parallel", &Aggregate::parallel, "Whether parallel plans may run it.")
          .words(kAggregateSafeties)
          .absent("unsafe"),
  };
};
inline constexpr KindInfo aggregate_kind = describe<Aggregate>({
    .name = "aggregate",
    .noun = "aggregate",
    .plural = "aggregates",
    .doc = "An aggregate function.",
    .keyword = "aggregate",
    .scope = Scope::signature,
    .spaces = {.routine = true},
    .signature = aggregate_signature,
    .privileges = kExecute,
    .public_privileges = kExecute,
    .granted_as = "functions",
    .owned = true,
    .rank = 77,
});

}  // namespace schemac
