#pragma once
// Names of the indexes and constraints that partitions have for those further up.

#include <string>
#include <string_view>

#include "codegen/postgres/inheritance.h"

namespace schemac::postgres {

// The name of the index or constraint that the server makes in a table called `table` for one
// further up. Where it is taken, a number is put behind it.
std::string made_name(const Object& above, std::string_view table, int number);
// The number behind the name of what the server makes in the partition for one of several to which
// it gives one name. It is not recorded: the server goes by the order in which those further up
// were made, and plans make indexes in that of their names.
int number_below(const Context& plan, Side side, const Object& above, const ObjectId& partition);
std::string made_name(const Context& plan, Side side, const Object& above,
                      const ObjectId& partition);

// The name under which a partition has an index or key from further up: the one that it says, or
// the server's.
std::string inherited_name(const Context& plan, Side side, const Object& above,
                           const ObjectId& partition);

// Renames a key that a partition has from further up.
Action rename_key(const Object& key, const ObjectId& partition, const Ident& from, const Ident& to,
                  const Context& plan);
// Behind a statement that makes a key: partitions call what they get for it as they would have at
// once, when one that had the name goes.
Actions settle_names_below(const Object& key, const Context& plan);

}  // namespace schemac::postgres
