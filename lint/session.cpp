// Transactions and settings.

#include <algorithm>

#include "lint/context.h"

namespace schemac::lint {
namespace {

void judge_transaction(Context& context, const PgQuery__TransactionStmt& statement) {
  switch (statement.kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
      if (context.in_transaction) {
        context.report("TX103", "BEGIN");
      } else {
        context.transaction = Transaction();
        const auto committed = [&context, at = context.statement] {
          return context.happened_after("commit", at);
        };
        if (context.part.sending == Sending::apart)
          context.report_unless("TX104", "BEGIN", nullptr, committed);
      }
      context.in_transaction = true;
      break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
      context.note("commit");
      if (context.part.sending == Sending::wrapped) context.report("TX103", "COMMIT");
      context.in_transaction = false;
      context.transaction = Transaction();
      for (const std::string& name : context.session.local) {
        if (name == "lock_timeout") context.session.lock_timeout = false;
        if (name == "statement_timeout") context.session.statement_timeout = false;
        if (name == "timezone") context.session.time_zone.clear();
      }
      context.session.local.clear();
      break;
    default:
      break;
  }
}

bool is_off(const std::string& timeout) {
  return timeout.find_first_of("123456789") == std::string::npos;
}

void judge_setting(Context& context, const PgQuery__VariableSetStmt& statement) {
  SessionState& session = context.session;
  const std::string name = statement.name;
  const bool resets = statement.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET ||
                      statement.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL ||
                      statement.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT;
  std::string value = statement.n_args > 0 ? constant(statement.args[0]) : "";
  if (value == "$user") value = statement.n_args > 1 ? constant(statement.args[1]) : "";
  if (statement.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL) {
    session.left.clear();
    session.lock_timeout = session.statement_timeout = false;
    return;
  }
  const bool timeout = name == "lock_timeout" || name == "statement_timeout";
  if (statement.is_local && !context.in_transaction && context.part.sending == Sending::apart) {
    if (timeout) context.report("LK102", name);
    return;
  }
  if (name == "lock_timeout") session.lock_timeout = !resets && !is_off(value);
  if (name == "statement_timeout") session.statement_timeout = !resets && !is_off(value);
  if (name == "timezone") session.time_zone = resets ? "" : value;
  if (name == "search_path") context.names.schema = resets || value.empty() ? "public" : value;
  if (name == "session_replication_role" && value == "replica") context.report("SEC108", name);
  if (name == "role" && !resets) context.report("SEC109", "SET ROLE");
  if (statement.is_local) {
    session.local.insert(name);
    return;
  }
  const bool kept = name == "role" || name == "search_path" || name == "session_replication_role" ||
                    (timeout && !is_off(value));
  if (resets) {
    context.note("reset " + name);
  } else if (kept) {
    context.report_unless("TX108", name, nullptr, [&context, name, at = context.statement] {
      return context.happened_after("reset " + name, at) ||
             context.happened_after("set " + name, at + 1);
    });
    context.note("set " + name);
  }
}

}  // namespace

bool judge_session(Context& context, const Message* statement) {
  if (const auto* transaction = as<PgQuery__TransactionStmt>(statement)) {
    judge_transaction(context, *transaction);
  } else if (const auto* setting = as<PgQuery__VariableSetStmt>(statement)) {
    judge_setting(context, *setting);
  } else if (as<PgQuery__DiscardStmt>(statement) != nullptr) {
    for (const char* name :
         {"role", "search_path", "session_replication_role", "lock_timeout", "statement_timeout"})
      context.note(std::string("reset ") + name);
  } else if (as<PgQuery__ConstraintsSetStmt>(statement) != nullptr) {
    context.note("set constraints");
  } else {
    return false;
  }
  return true;
}

}  // namespace schemac::lint
