#pragma once
#include "compiler/ir/type.h"
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kCastMethods[] = {"without function", "with inout"};
inline constexpr std::string_view kCastContexts[] = {"assignment", "implicit"};

// The two types of a cast: `(integer as text)`.
struct CastTypes {
  TypeRef source;
  TypeRef target;
  bool operator==(const CastTypes&) const = default;
};
template <>
struct Describe<CastTypes> {
  static constexpr std::tuple fields{
      field("source", &CastTypes::source, "Type before.")
          .as("")
          .refers(Refers::type)
          .required()
          .unmodified(),
      field("target", &CastTypes::target, "Type after.")
          .as("as")
          .refers(Refers::type)
          .required()
          .unmodified(),
  };
};

// `integer as text`, where others have a name.
inline std::string cast_signature(const FieldValues& values) {
  const List* types = values[0].list();
  if (types == nullptr || (*types)[0].type() == nullptr || (*types)[1].type() == nullptr) return {};
  return to_string(*(*types)[0].type()) + " as " + to_string(*(*types)[1].type());
}

struct Cast {
  CastTypes types;
  std::optional<std::string> method;
  std::optional<RoutineRef> function;
  std::optional<std::string> context;
  bool operator==(const Cast&) const = default;
};
template <>
struct Describe<Cast> {
  static constexpr std::tuple fields{
      field("types", &Cast::types, "What becomes what.").as("").listed(Listing::group).required(),
      field("method", &Cast::method, "How, where no function does it.").as("").words(kCastMethods),
      field("function", &Cast::function, "Function that does it.").as("with function"),
      field("context", &Cast::context, "Where it is done unasked.").as("as").words(kCastContexts),
  };
};
inline constexpr KindInfo cast_kind = describe<Cast>({
    .name = "cast",
    .noun = "cast",
    .plural = "casts",
    .doc = "A way from one type to another.",
    .keyword = "cast",
    .scope = Scope::database,
    .naming = Naming::none,
    .signature = cast_signature,
    .rank = 79,
});

}  // namespace schemac
