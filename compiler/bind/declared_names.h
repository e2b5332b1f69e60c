#pragma once
// What can be told of statements before they are read: which names they declare.

#include "compiler/bind/reader.h"

namespace schemac {

// The statement's items but the first ones.
Cursor behind(const Statement& statement, std::size_t items);

// `retain table NAME`, `retain column NAME` inside a table: what is asked to be kept, which is of a
// kind that holds rows; nullptr for any other statement.
const KindInfo* retained_kind(const Statement& statement, const KindInfo* parent);

bool has_qualified_name(const KindInfo& kind);

// Whether a member is a field whose block holds the parts of the object.
bool starts_parts(const KindInfo& kind, const Statement& member);

// Adds the name that a statement declares behind its `keyword` items, and those of the parts in its
// block, in blocks of members included. `home` is the schema that it stands in.
void add_names(const KindInfo& kind, const Statement& statement, std::size_t keyword,
               const std::string& home, Names& names);

}  // namespace schemac
