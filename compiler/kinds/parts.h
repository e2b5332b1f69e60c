#pragma once
// Records that several kinds share.

#include "compiler/ir/describe.h"

namespace schemac {

inline constexpr std::string_view kStorages[] = {"plain", "external", "extended", "main"};

// A storage parameter or a setting: `fillfactor = 80`.
struct Setting {
  std::string name;
  std::string value;
  bool operator==(const Setting&) const = default;
};
template <>
struct Describe<Setting> {
  static constexpr std::tuple fields{
      field("name", &Setting::name, "Name, maybe with a prefix as in `toast.fillfactor`."),
      field("value", &Setting::value, "Value as the server shows it."),
  };
};

// Storage parameters of tables and materialized views.
inline constexpr Newer kNewerStorage[] = {
    {"autovacuum_vacuum_max_threshold", 18},
    {"toast.autovacuum_vacuum_max_threshold", 18},
    {"vacuum_max_eager_freeze_failure_rate", 18},
    {"toast.vacuum_max_eager_freeze_failure_rate", 18},
};

inline constexpr std::string_view kNullsOrders[] = {"nulls first", "nulls last"};

// One key of an index: a column or an expression, and how it is ordered.
struct IndexKey {
  std::optional<Ident> column;
  std::optional<SqlText> expression;
  std::optional<QName> collation;
  std::optional<QName> opclass;
  std::vector<Setting> opclass_options;
  bool descending = false;
  std::string nulls;  // absent: last where ascending, first where descending
  std::optional<std::int64_t> statistics;
  bool operator==(const IndexKey&) const = default;
};
template <>
struct Describe<IndexKey> {
  static constexpr std::tuple fields{
      field("column", &IndexKey::column, "Column, unless it is an expression.")
          .as("")
          .refers(Refers::column),
      field("expression", &IndexKey::expression, "Expression over the row.")
          .as("")
          .shaped(Shape::key),
      field("collation", &IndexKey::collation, "Collation other than the column's.")
          .as("collate")
          .refers(Refers::collation),
      field("opclass", &IndexKey::opclass, "Operator class other than the type's default.")
          .as("")
          .refers("operator_class"),
      field("opclass_options", &IndexKey::opclass_options, "Parameters of the operator class.")
          .as("")
          .shaped(Shape::setting),
      field("descending", &IndexKey::descending, "Whether larger values come first.").as("desc"),
      field("nulls", &IndexKey::nulls, "Where NULLs come, if not by default.")
          .as("")
          .words(kNullsOrders),
      field("statistics", &IndexKey::statistics, "Statistics target of an expression."),
  };
};

// What the foreign key does to rows when the row that they refer to goes or changes.
inline constexpr std::string_view kReferentialActions[] = {"no action", "restrict", "cascade",
                                                           "set null", "set default"};
struct ReferentialAction {
  std::string action = "no action";
  std::vector<Ident> columns;
  bool operator==(const ReferentialAction&) const = default;
};
template <>
struct Describe<ReferentialAction> {
  static constexpr std::tuple fields{
      field("action", &ReferentialAction::action, "What happens.")
          .as("")
          .words(kReferentialActions)
          .absent("no action"),
      field("columns", &ReferentialAction::columns, "Columns set, if not all of the key.")
          .as("")
          .refers(Refers::column)
          .since(15),
  };
};

// Options of a sequence; each absent where it is what the server would choose.
struct SequenceOptions {
  std::optional<std::int64_t> start;
  std::optional<std::int64_t> increment;
  std::optional<std::int64_t> minvalue;
  std::optional<std::int64_t> maxvalue;
  std::optional<std::int64_t> cache;
  bool cycle = false;
  bool operator==(const SequenceOptions&) const = default;
};
template <>
struct Describe<SequenceOptions> {
  static constexpr std::tuple fields{
      field("start", &SequenceOptions::start, "First value."),
      field("increment", &SequenceOptions::increment, "Step; negative counts down.").absent("1"),
      field("minvalue", &SequenceOptions::minvalue, "Least value."),
      field("maxvalue", &SequenceOptions::maxvalue, "Greatest value."),
      field("cache", &SequenceOptions::cache, "Values that a session takes at once.").absent("1"),
      field("cycle", &SequenceOptions::cycle, "Whether it starts over at its end."),
  };
};

// Arguments of functions and procedures.
inline constexpr std::string_view kArgumentModes[] = {"in", "out", "inout", "variadic"};
struct Argument {
  std::string mode = "in";
  Ident name;
  TypeRef type;
  std::optional<SqlText> initial;
  bool operator==(const Argument&) const = default;
};
template <>
struct Describe<Argument> {
  static constexpr std::tuple fields{
      field("mode", &Argument::mode, "Direction.").as("").words(kArgumentModes).absent("in"),
      field("name", &Argument::name, "Name, if it has one.").as(""),
      field("type", &Argument::type, "Type.").as("").refers(Refers::type).required().unmodified(),
      field("default", &Argument::initial, "Value when the call gives none.").shaped(Shape::value),
  };
};

// What can be granted, by what it is granted on. The order is that in which it is written.
inline constexpr std::string_view kTablePrivileges[] = {
    "select", "insert", "update", "delete", "truncate", "references", "trigger", "maintain"};
inline constexpr std::string_view kSequencePrivileges[] = {"select", "update", "usage"};
inline constexpr std::string_view kSchemaPrivileges[] = {"create", "usage"};
inline constexpr std::string_view kUsage[] = {"usage"};
inline constexpr std::string_view kExecute[] = {"execute"};
inline constexpr std::string_view kPrivileges[] = {"all",      "select",   "insert",     "update",
                                                   "delete",   "truncate", "references", "trigger",
                                                   "maintain", "create",   "usage",      "execute"};

inline constexpr Newer kNewerPrivileges[] = {{"maintain", 17}};

// A right to do something, on the whole of an object or on some of its columns.
struct Privilege {
  std::string privilege;
  std::vector<Ident> columns;
  bool operator==(const Privilege&) const = default;
};
template <>
struct Describe<Privilege> {
  static constexpr std::tuple fields{
      field("privilege", &Privilege::privilege, "What it allows; `all` is all that there is.")
          .as("")
          .words(kPrivileges)
          .newer(kNewerPrivileges)
          .refers(Refers::privilege)
          .required(),
      field("columns", &Privilege::columns, "Columns on which it holds, if not on all.")
          .as("")
          .refers(Refers::column)
          .unordered(),
  };
};

// The last part of a grant's id: to whom it is, and by whom where that is not the owner.
std::string grant_signature(const Ident& role, bool grantable, const std::optional<Ident>& by);

// A routine that must be told from others of its name: `length(text)`.
struct RoutineRef {
  QName function;
  std::vector<TypeRef> arguments;
  bool operator==(const RoutineRef&) const = default;
};
template <>
struct Describe<RoutineRef> {
  static constexpr std::tuple fields{
      field("function", &RoutineRef::function, "Function.")
          .as("")
          .refers(Refers::function)
          .required(),
      field("arguments", &RoutineRef::arguments, "Types of its arguments.")
          .as("")
          .refers(Refers::type)
          .unmodified()
          .at(Place::signature),
  };
};

// The last part of a routine's id: types of the arguments that a call gives, by comma.
std::string routine_signature(const FieldValues& values);
// The same of an aggregate: arguments, then those behind ORDER BY.
std::string aggregate_signature(const FieldValues& values);
// Arguments that an ordered-set aggregate takes twice, one list being the end of the other, count
// once.
bool shares_last_argument(const std::vector<Argument>& arguments,
                          const std::vector<Argument>& order_by);
// The multirange type of a range type: as it is told in the last of `values`, else as the server
// would call it.
std::string multirange_name(std::string_view name, const FieldValues& values);

inline constexpr std::string_view kInExtension[] = {"extension"};
inline constexpr std::string_view kInTable[] = {"table"};
inline constexpr std::string_view kInTableOrDomain[] = {"table", "domain"};
inline constexpr std::string_view kInTableOrMaterializedView[] = {"table", "materialized_view"};
inline constexpr std::string_view kInTableOrView[] = {"table", "view"};
inline constexpr std::string_view kInView[] = {"view"};
inline constexpr std::string_view kInMaterializedView[] = {"materialized_view"};

}  // namespace schemac
