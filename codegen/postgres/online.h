#pragma once
// Statements on tables in use, in forms that let others read and write them meanwhile.

#include "codegen/postgres/parts.h"

namespace schemac::postgres {

// Whether indexes of the relation are built and dropped concurrently: not those of a partitioned
// table, which the server refuses.
bool is_indexed_online(const Context& plan, const ObjectId& relation);

// Whether constraints of the table hold for new rows first and are validated behind a commit.
bool is_validated_online(const Context& plan, const ObjectId& table);

// CREATE INDEX CONCURRENTLY or DROP INDEX CONCURRENTLY.
Action build_concurrently(Sql create, const ObjectId& relation, const Context& plan);
Action drop_concurrently(const Sql& index, const ObjectId& id, const ObjectId& relation,
                         const Context& plan);

// The name under which an index is built: its own, or one for as long as the one is there that it
// replaces.
Ident build_name(const Object& index, const Context& plan);

// What a unique constraint or a primary key says.
struct KeyParts {
  Sql keyword;  // `UNIQUE`, `PRIMARY KEY`
  bool nulls_not_distinct = false;
  std::vector<Ident> columns;
  bool without_overlaps = false;
  Sql include;  // ` INCLUDE (a)` and so on, or nothing
  Sql with;
  std::optional<Ident> tablespace;
  Sql deferrable;
  bool alone = false;  // tables below take no notice of it
};
// Adds it; on a table in use by an index that is built first.
Actions add_key(const Object& constraint, const KeyParts& key, bool folds, const Context& plan);

// VALIDATE CONSTRAINT, in a transaction of its own.
Action validate_apart(const Object& constraint, std::vector<Touch> touches);

// Makes a column NOT NULL by a check that is validated first, which proves to the server what it
// would look for under a lock.
Actions set_not_null_online(const Context& plan, const ObjectId& table, const Ident& column);

}  // namespace schemac::postgres
