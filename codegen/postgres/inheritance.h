#pragma once
// Tables above and below another: what it inherits from or is a partition of, and the other way.

#include "codegen/postgres/rules.h"
#include "compiler/kinds/table.h"

namespace schemac::postgres {

// Which of a plan's catalogs is meant.
enum class Side : std::uint8_t { before, after };

const Object* find(const Context& plan, Side side, const ObjectId& id);
std::span<const Object* const> children(const Context& plan, Side side, const ObjectId& id);

bool is_partitioned(const Context& plan, const ObjectId& table);
// Whether a key by which a table, or one below it, is partitioned names the column. The server
// changes no type of such a column.
bool is_in_partition_key(const Object& column, const Context& plan);
// All tables below a table, or made of a type, before or after the plan.
std::vector<ObjectId> tables_below(const Context& plan, const ObjectId& table);
// Those that had the table right above them before the plan.
std::vector<ObjectId> tables_right_below(const Context& plan, const ObjectId& table);

// What a statement on a foreign key does to a table that the key refers to: partitions are part of
// that, heirs are not.
std::vector<Touch> touch_referred(const Context& plan, const ObjectId& table, Lock lock,
                                  bool scans = false);

// Tables that the table inherits from or is a partition of, and the type that it is made of.
std::vector<ObjectId> above(const Object& table);

// The member that the table of `id` has from further up under the same name: a column, a check.
const Object* inherited(const Context& plan, Side side, const ObjectId& id);
// The columns that the table has from further up, in their order.
std::vector<const Object*> inherited_columns(const Context& plan, Side side, const Object& table);

// Whether partitions get an object of their own for it: an index, a key.
bool comes_to_partitions(const Object& object);
// A key or index of `table` is made when partitions have left that do not want it, and a reference
// to the table when those are gone that would be held by it.
void wait_for_leavers(const ObjectId& table, const Context& plan, Action& create);
// What partitions have such an object for, of the tables above.
std::vector<const Object*> keys_above(const Context& plan, Side side, const Object& partition);
// The indexes and keys that a partition has from further up, as its own, by the names that the
// server gives them.
std::vector<Object> inherited_keys(const Context& plan, Side side, const Object& partition);

// The index or key further up that an inherited index or constraint stands for; nullptr where none
// is there.
const Object* inherited_key_of(const Context& plan, Side side, const Object& said);

// The statements by which the indexes and keys of partitions follow a rename, that of a partition,
// of a column or of a key further up: the server leaves the names that it made.
Actions rename_inherited_keys(const ObjectId& renamed, const Context& plan);

// Behind a statement that makes a partition: its keys from further up get the names that they have
// where nothing is said, if the server gives them others.
Actions name_given_keys(const Object& partition, const Context& plan);

// Rules of what a partition says of such a name itself: without a word it is the server's.
Actions name_inherited_key(const Object& now, const Context& plan);
Actions unname_inherited_key(const Object& was, const Context& plan);
Actions rename_inherited_key(const Object& was, const Object& now, const Context& plan);

// What stands for a partition's index or constraint further up: equal to it but for its name, and
// of several the one that the partition has under that.
const Object* counterpart(const Context& plan, Side side, const Object& object);

// Whether no statement makes the member, since its table had or gets it from further up.
bool comes_silently(const Context& plan, const Object& object);
bool goes_silently(const Context& plan, const Object& object);
// Whether the check further up makes way for a change of what it names, and takes along that of the
// table, which goes on with it as its own.
bool makes_way_above(const Context& plan, const Object& check);

}  // namespace schemac::postgres
