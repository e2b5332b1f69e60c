#pragma once
// States of triggers that partitions have from further up.

#include "codegen/postgres/rules.h"

namespace schemac::postgres {

// `ENABLE ALWAYS TRIGGER `: what puts a trigger into one of its states; any word that is none of
// these enables it for sessions of the origin alone.
Sql trigger_state_verb(std::string_view state);

// The statements that give partitions back what they say themselves of a trigger after a statement
// on the table above has set it for all of them.
Actions restore_states_below(const Object& trigger, const Context& plan);
// The same of all triggers that a partition, and those below it, have from further up, behind the
// statement that attaches it and so makes them anew.
Actions restore_states_in(const ObjectId& partition, const Context& plan);

}  // namespace schemac::postgres
