#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kInheritedStates[] = {"enabled", "disabled", "replica", "always"};

inline std::string inherited_trigger_signature(const FieldValues& values) {
  const Ident* trigger = values[0].ident();
  return trigger == nullptr ? std::string() : trigger->text;
}

// When a trigger of the table above fires for one partition, where that is not as above; or what
// carries a comment on it.
struct InheritedTrigger {
  Ident trigger;
  std::string state;
  bool operator==(const InheritedTrigger&) const = default;
};
template <>
struct Describe<InheritedTrigger> {
  static constexpr std::tuple fields{
      field("trigger", &InheritedTrigger::trigger, "The trigger further up.")
          .as("")
          .refers_above("trigger")
          .required(),
      field("state", &InheritedTrigger::state,
            "When it fires here, if not as further up; `enabled` is for sessions of the origin "
            "alone.")
          .as("")
          .words(kInheritedStates),
  };
};
inline constexpr KindInfo inherited_trigger_kind = describe<InheritedTrigger>({
    .name = "inherited_trigger",
    .noun = "inherited trigger",
    .plural = "inherited triggers",
    .doc = "When a trigger of the table above fires for a partition.",
    .keyword = "inherited trigger",
    .parents = kInTable,
    .scope = Scope::parent,
    .naming = Naming::none,
    .signature = inherited_trigger_signature,
    .rank = 132,
});

}  // namespace schemac
