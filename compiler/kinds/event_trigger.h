#pragma once
#include "compiler/kinds/trigger.h"

namespace schemac {

inline constexpr std::string_view kDatabaseEvents[] = {"ddl_command_start", "ddl_command_end",
                                                       "sql_drop", "table_rewrite", "login"};
inline constexpr Newer kNewerEvents[] = {{"login", 17}};

// A function that commands call, wherever in the database they run.
struct EventTrigger {
  std::string event;
  std::vector<std::string> tags;
  TriggerCall call;
  std::optional<std::string> enabled;
  bool operator==(const EventTrigger&) const = default;
};
template <>
struct Describe<EventTrigger> {
  static constexpr std::tuple fields{
      field("event", &EventTrigger::event, "What fires it.")
          .as("on")
          .words(kDatabaseEvents)
          .newer(kNewerEvents)
          .required(),
      field("tags", &EventTrigger::tags, "Commands that fire it, if not all.").as("when tag in"),
      field("execute", &EventTrigger::call, "What it runs.").as("execute").required(),
      field("enabled", &EventTrigger::enabled,
            "When it fires, if not for sessions of the origin alone.")
          .as("")
          .words(kEnabledStates),
  };
};
inline constexpr KindInfo event_trigger_kind = describe<EventTrigger>({
    .name = "event_trigger",
    .noun = "event trigger",
    .plural = "event triggers",
    .doc = "A function that commands call. It is made last and dropped first in a plan, so that it "
           "sees as little of the plan as can be.",
    .keyword = "event trigger",
    .scope = Scope::database,
    .owned = true,
    .watches_plans = true,
    .rank = 195,
});

}  // namespace schemac
