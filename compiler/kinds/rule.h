#pragma once
#include "compiler/kinds/trigger.h"

namespace schemac {

inline constexpr std::string_view kRuleEvents[] = {"select", "insert", "update", "delete"};
inline constexpr std::string_view kRuleModes[] = {"also", "instead", "nothing", "instead nothing"};

// A rule that rewrites statements. The one that makes a view is the view.
struct Rule {
  std::string event;
  std::optional<SqlText> where;
  std::string mode;
  std::optional<SqlText> commands;
  std::optional<std::string> enabled;
  bool operator==(const Rule&) const = default;
};
template <>
struct Describe<Rule> {
  static constexpr std::tuple fields{
      field("event", &Rule::event, "Statements that it rewrites.")
          .as("on")
          .words(kRuleEvents)
          .required(),
      field("where", &Rule::where, "Condition on the row."),
      field("mode", &Rule::mode, "Whether its commands run besides the statement or in its place.")
          .as("do")
          .words(kRuleModes)
          .required(),
      field("commands", &Rule::commands, "What runs.").as("").shaped(Shape::statements),
      field("enabled", &Rule::enabled, "When it works, if not for sessions of the origin alone.")
          .as("")
          .words(kEnabledStates),
  };
};
inline constexpr KindInfo rule_kind = describe<Rule>({
    .name = "rule",
    .noun = "rule",
    .plural = "rules",
    .doc = "A rewriting of statements on a table or view.",
    .keyword = "rule",
    .parents = kInTableOrView,
    .scope = Scope::parent,
    .rank = 131,
});

}  // namespace schemac
