#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kVolatilities[] = {"volatile", "stable", "immutable"};
inline constexpr std::string_view kParallelSafeties[] = {"unsafe", "restricted", "safe"};

// A column of what a function returns as a table.
struct ResultColumn {
  Ident name;
  TypeRef type;
  bool operator==(const ResultColumn&) const = default;
};
template <>
struct Describe<ResultColumn> {
  static constexpr std::tuple fields{
      field("name", &ResultColumn::name, "Name.").as("").required(),
      field("type", &ResultColumn::type, "Type.")
          .as("")
          .refers(Refers::type)
          .required()
          .unmodified(),
  };
};

// A function, trigger functions and window functions included. It has one of three bodies: text in
// its language, statements in SQL that the server has parsed, or one such expression.
struct Function {
  std::vector<Argument> arguments;
  bool returns_set = false;
  std::optional<TypeRef> returns;
  std::vector<ResultColumn> returns_table;
  Ident language{"sql"};
  std::vector<TypeRef> transforms;
  bool window = false;
  std::string volatility = "volatile";
  bool leakproof = false;
  bool strict = false;
  bool security_definer = false;
  std::string parallel = "unsafe";
  std::string cost;
  std::string rows;
  std::optional<QName> support;
  std::vector<Setting> settings;
  std::optional<std::string> library;
  std::optional<std::string> body;
  std::optional<SqlText> atomic;
  std::optional<SqlText> expression;
  bool operator==(const Function&) const = default;
};
template <>
struct Describe<Function> {
  static constexpr std::tuple fields{
      field("arguments", &Function::arguments, "Arguments in order.").at(Place::signature),
      field("returns_set", &Function::returns_set, "Whether it returns any number of rows.")
          .as("returns setof"),
      field("returns", &Function::returns, "Type of the result, absent where arguments give it.")
          .refers(Refers::type)
          .unmodified(),
      field("returns_table", &Function::returns_table, "Columns of the result.")
          .as("returns table"),
      field("language", &Function::language, "Language of the body.")
          .absent("sql")
          .refers("procedural_language"),
      field("transforms", &Function::transforms,
            "Types that it gets and gives in its language's form.")
          .as("transform for type")
          .listed(Listing::commas)
          .refers(Refers::type)
          .along("transform")
          .unmodified(),
      field("window", &Function::window, "Whether it is a window function."),
      field("volatility", &Function::volatility, "What it may depend on and change.")
          .as("")
          .words(kVolatilities)
          .absent("volatile"),
      field("leakproof", &Function::leakproof, "Whether it reveals nothing about its arguments."),
      field("strict", &Function::strict, "Whether NULL in gives NULL out, without a call."),
      field("security_definer", &Function::security_definer,
            "Whether it runs with its owner's rights.")
          .as("security definer"),
      field("parallel", &Function::parallel, "Whether parallel plans may run it.")
          .words(kParallelSafeties)
          .absent("unsafe"),
      field("cost", &Function::cost, "Planner's cost, if not the language's default.")
          .shaped(Shape::number),
      field("rows", &Function::rows, "Planner's number of rows, if not 1000.")
          .shaped(Shape::number),
      field("support", &Function::support, "Planner support function.").refers(Refers::function),
      field("settings", &Function::settings, "Settings in force while it runs.")
          .as("set")
          .shaped(Shape::setting)
          .listed(Listing::repeat),
      field("library", &Function::library,
            "Object file of a function in C; the body is the symbol.")
          .as("library"),
      field("body", &Function::body, "Body in its language.").as("as").shaped(Shape::body),
      field("atomic", &Function::atomic, "Statements of a body that the server has parsed.")
          .as("begin atomic")
          .shaped(Shape::statements)
          .since(14),
      field("expression", &Function::expression, "Result of a body that is one parsed expression.")
          .as("return")
          .since(14),
  };
};
inline constexpr KindInfo function_kind = describe<Function>({
    .name = "function",
    .noun = "function",
    .plural = "functions",
    .doc = "A function.",
    .keyword = "function",
    .scope = Scope::signature,
    .spaces = {.routine = true},
    .signature = routine_signature,
    .privileges = kExecute,
    .public_privileges = kExecute,
    .granted_as = "functions",
    .owned = true,
    .rank = 70,
});

}  // namespace schemac
