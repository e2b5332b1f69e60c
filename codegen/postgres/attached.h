#pragma once
// What is said of an object and has no place of its own: comments, security labels.

#include "codegen/postgres/rules.h"

namespace schemac::postgres {

// The locks of a statement that says something of the object.
std::vector<Touch> touch_by_word(const Object& target, const Context& plan);

// Whether what an object stood for is gone with the plan, though its table stays: a NOT NULL, or
// what comes from further up. Nothing that is said of it can be taken back then.
bool says_of_gone(const ObjectId& said, const Context& plan);

}  // namespace schemac::postgres
