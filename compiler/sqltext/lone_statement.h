#pragma once
// Statements that share no transaction with others, so that they can stop half-way, and statements
// whose effect is the session's.

#include <optional>
#include <string_view>

#include "base/ident.h"

namespace schemac {

enum class LoneKind : std::uint8_t {
  builds_index,      // CREATE INDEX CONCURRENTLY
  drops_index,       // DROP INDEX CONCURRENTLY
  reindexes,         // REINDEX … CONCURRENTLY of an index or a table
  detaches,          // ALTER TABLE … DETACH PARTITION … CONCURRENTLY
  creates_database,  // and so on: the object's name is `object.name`
  drops_database,
  creates_subscription,
  drops_subscription,
  creates_tablespace,
  drops_tablespace,
  repeatable,  // what does the same when it runs again: VACUUM, REINDEX SCHEMA …
};

struct LoneStatement {
  LoneKind kind = LoneKind::repeatable;
  QName object;  // the index (of a build: its schema is its table's), the partition, the table …
  QName table;   // of a build and of a partition that is detached
  bool of_table = false;  // `object` of a REINDEX is a table
};

// std::nullopt where the statement is something else, does not parse, or leaves its name to the
// server.
std::optional<LoneStatement> lone_statement(std::string_view statement);

// Whether the statement changes what holds for all that follows it in the session: SET without
// LOCAL, RESET, `SELECT set_config(…, false)`.
bool sets_session(std::string_view statement);

}  // namespace schemac
