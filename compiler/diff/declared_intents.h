#pragma once
// What the declarations of a catalog say of the way there, and what became of it.

#include <optional>
#include <string>
#include <vector>

#include "compiler/diff/diff.h"

namespace schemac {

struct DeclaredIntent {
  enum class State : std::uint8_t {
    open,     // leads somewhere
    done,     // what it speaks of is as it says, or stays as it is
    unknown,  // a `was` that names nothing there was
  };
  const Object* object;
  const FieldInfo* field = nullptr;  // of `backfill`, `using`; nullptr: a `was`
  std::string former;                // of a `was`
  std::optional<std::string> value;  // whose `was` it is, where not the object's
  State state = State::open;
};

// Those of `to`, whose objects must outlive them. Expects `from` to have gone through
// apply_renames, and `changes` to be those of a plan, renames among them.
std::vector<DeclaredIntent> declared_intents(const Catalog& from, const Catalog& to,
                                             const std::vector<Change>& changes);

}  // namespace schemac
