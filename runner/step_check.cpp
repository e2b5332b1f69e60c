#include "runner/step_check.h"

#include <string>

namespace schemac {
namespace {

std::string written(RunnerSession& session, const QName& name) {
  pqxx::connection& connection = session.connection();
  return (name.schema.empty() ? "" : connection.quote_name(name.schema.text) + ".") +
         connection.quote_name(name.name.text);
}

std::string regclass(RunnerSession& session, const QName& name) {
  return "pg_catalog.to_regclass(" + session.connection().quote(written(session, name)) + ")";
}

bool exists(RunnerSession& session, const std::string& from) {
  return !session.run("SELECT 1 FROM pg_catalog." + from).empty();
}

StepState state_of_build(RunnerSession& session, const LoneStatement& statement) {
  // An index of another table that has the name is somebody else's.
  const pqxx::result found =
      session.run("SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = " +
                  regclass(session, statement.object) +
                  " AND indrelid = " + regclass(session, statement.table));
  if (found.empty()) return StepState::undone;
  return found[0][0].as<bool>() ? StepState::done : StepState::broken;
}

StepState state_of_index_drop(RunnerSession& session, const LoneStatement& statement) {
  const pqxx::result found =
      session.run("SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = " +
                  regclass(session, statement.object));
  if (found.empty()) return StepState::done;
  return found[0][0].as<bool>() ? StepState::undone : StepState::broken;
}

// The indexes that REINDEX CONCURRENTLY makes, or leaves, beside those that it builds anew.
pqxx::result remnants(RunnerSession& session, const LoneStatement& statement) {
  const std::string object = regclass(session, statement.object);
  const std::string table =
      statement.of_table
          ? object
          : "(SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = " + object + ")";
  return session.run(
      "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_index i "
      "JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE NOT i.indisvalid "
      "AND c.relname ~ '_cc(new|old)[0-9]*$' AND (i.indrelid = " +
      table + " OR i.indrelid = (SELECT reltoastrelid FROM pg_catalog.pg_class WHERE oid = " +
      table + ")) ORDER BY 1");
}

StepState state_of_detach(RunnerSession& session, const LoneStatement& statement) {
  constexpr int kSince = 14;  // no older server knows the statement
  if (postgres::major_version(session.connection()) < kSince) return StepState::undone;
  const pqxx::result found =
      session.run("SELECT inhdetachpending FROM pg_catalog.pg_inherits WHERE inhrelid = " +
                  regclass(session, statement.object) +
                  " AND inhparent = " + regclass(session, statement.table));
  if (found.empty()) return StepState::done;
  return found[0][0].as<bool>() ? StepState::broken : StepState::undone;
}

StepState when(bool is_done) {
  return is_done ? StepState::done : StepState::undone;
}

}  // namespace

std::string_view name_of(StepState state) {
  switch (state) {
    case StepState::undone:
      return "undone";
    case StepState::broken:
      return "broken";
    case StepState::done:
      return "done";
    case StepState::unknown:
      break;
  }
  return "unknown";
}

StepState step_state_of(std::string_view name) {
  for (StepState state : {StepState::undone, StepState::broken, StepState::done})
    if (name_of(state) == name) return state;
  return StepState::unknown;
}

StepState step_state(RunnerSession& session, const LoneStatement& statement) {
  const std::string name = session.connection().quote(statement.object.name.text);
  const std::string database = "pg_database WHERE datname = " + name;
  const std::string subscription =
      "pg_subscription WHERE subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = "
      "pg_catalog.current_database()) AND subname = " +
      name;
  const std::string tablespace = "pg_tablespace WHERE spcname = " + name;
  switch (statement.kind) {
    case LoneKind::builds_index:
      return state_of_build(session, statement);
    case LoneKind::drops_index:
      return state_of_index_drop(session, statement);
    // Done or not, the same index is there: once more does no harm.
    case LoneKind::reindexes:
      return remnants(session, statement).empty() ? StepState::undone : StepState::broken;
    case LoneKind::detaches:
      return state_of_detach(session, statement);
    case LoneKind::creates_database:
      return when(exists(session, database));
    case LoneKind::drops_database:
      return when(!exists(session, database));
    case LoneKind::creates_subscription:
      return when(exists(session, subscription));
    case LoneKind::drops_subscription:
      return when(!exists(session, subscription));
    case LoneKind::creates_tablespace:
      return when(exists(session, tablespace));
    case LoneKind::drops_tablespace:
      return when(!exists(session, tablespace));
    case LoneKind::repeatable:
      return StepState::undone;
  }
  return StepState::unknown;
}

void clean_up(RunnerSession& session, const LoneStatement& statement) {
  switch (statement.kind) {
    case LoneKind::builds_index:
      session.run("DROP INDEX CONCURRENTLY IF EXISTS " + written(session, statement.object));
      return;
    case LoneKind::reindexes:
      for (const pqxx::row& index : remnants(session, statement))
        session.run(std::string("DROP INDEX CONCURRENTLY IF EXISTS ") + index[0].c_str());
      return;
    case LoneKind::detaches:
      session.run("ALTER TABLE " + written(session, statement.table) + " DETACH PARTITION " +
                  written(session, statement.object) + " FINALIZE");
      return;
    // A drop that stopped half-way is finished by running it again.
    default:
      return;
  }
}

}  // namespace schemac
