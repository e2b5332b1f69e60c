#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kTimings[] = {"before", "after", "instead of"};
inline constexpr std::string_view kEvents[] = {"insert", "update", "delete", "truncate"};
inline constexpr std::string_view kLevels[] = {"row", "statement"};
inline constexpr std::string_view kEnabledStates[] = {"disabled", "replica", "always"};

struct TriggerEvent {
  std::string event;
  std::vector<Ident> columns;
  bool operator==(const TriggerEvent&) const = default;
};
template <>
struct Describe<TriggerEvent> {
  static constexpr std::tuple fields{
      field("event", &TriggerEvent::event, "What fires it.").as("").words(kEvents).required(),
      field("columns", &TriggerEvent::columns, "Columns whose update fires it, if not any.")
          .as("of")
          .listed(Listing::commas)
          .refers(Refers::column),
  };
};

struct TriggerCall {
  QName function;
  std::vector<std::string> arguments;
  bool operator==(const TriggerCall&) const = default;
};
template <>
struct Describe<TriggerCall> {
  static constexpr std::tuple fields{
      field("function", &TriggerCall::function, "Function without arguments that returns trigger.")
          .as("")
          .refers(Refers::function)
          .required(),
      field("arguments", &TriggerCall::arguments, "Strings that it finds in TG_ARGV.")
          .as("")
          .at(Place::signature),
  };
};

struct Trigger {
  bool constraint = false;
  std::string timing;
  std::vector<TriggerEvent> events;
  std::optional<QName> from;
  bool deferrable = false;
  bool initially_deferred = false;
  std::optional<Ident> old_table;
  std::optional<Ident> new_table;
  std::string level = "statement";
  std::optional<SqlText> when;
  TriggerCall call;
  std::optional<std::string> enabled;
  bool operator==(const Trigger&) const = default;
};
template <>
struct Describe<Trigger> {
  static constexpr std::tuple fields{
      field("constraint", &Trigger::constraint, "Whether it can be deferred as constraints can.")
          .at(Place::lead),
      field("timing", &Trigger::timing, "When it runs.").as("").words(kTimings).required(),
      field("events", &Trigger::events, "What fires it.").as("").listed(Listing::ors).required(),
      field("from", &Trigger::from, "Table that a constraint trigger refers to.")
          .refers(Refers::relation),
      field("deferrable", &Trigger::deferrable, "Whether it can wait for the commit."),
      field("initially_deferred", &Trigger::initially_deferred, "Whether it does so by default.")
          .as("initially deferred"),
      field("old_table", &Trigger::old_table, "Name of the old rows of the statement.")
          .as("referencing old table as"),
      field("new_table", &Trigger::new_table, "Name of the new rows of the statement.")
          .as("referencing new table as"),
      field("level", &Trigger::level, "How often it runs.")
          .as("for each")
          .words(kLevels)
          .absent("statement"),
      field("when", &Trigger::when, "Condition on the row."),
      field("execute", &Trigger::call, "What it runs.").as("execute").required(),
      field("enabled", &Trigger::enabled, "When it fires, if not for sessions of the origin alone.")
          .as("")
          .words(kEnabledStates),
  };
};
inline constexpr KindInfo trigger_kind = describe<Trigger>({
    .name = "trigger",
    .noun = "trigger",
    .plural = "triggers",
    .doc = "A function that changes of rows call.",
    .keyword = "trigger",
    .parents = kInTableOrView,
    .scope = Scope::parent,
    .rank = 130,
});

}  // namespace schemac
