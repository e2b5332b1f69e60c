#include "runner/session.h"

#include <sstream>

namespace schemac {
namespace {

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  text.erase(0, text.find_first_not_of(" \n"));
  return text;
}

}  // namespace

ServerMessage parse_server_message(const std::string& text) {
  ServerMessage result;
  std::string* current = &result.message;
  bool position = false;  // the excerpt of the statement and its caret
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto take = [&](std::string_view mark, std::string* into) {
      if (!line.starts_with(mark)) return false;
      current = into;
      line.erase(0, mark.size());
      position = false;
      return true;
    };
    // The server speaks its own language: whatever word comes first is the severity.
    if (current == &result.message && current->empty())
      line.erase(0, line.find(":  ") == std::string::npos ? 0 : line.find(":  ") + 3);
    take("DETAIL:", &result.detail) || take("HINT:", &result.hint) ||
        take("CONTEXT:", &result.detail);
    if (line.starts_with("LINE ")) position = true;
    if (position) continue;
    *current += (current->empty() ? "" : "\n") + trimmed(line);
  }
  for (std::string* part : {&result.message, &result.detail, &result.hint}) *part = trimmed(*part);
  return result;
}

void guard(const std::function<void()>& action) {
  try {
    action();
  } catch (const pqxx::sql_error& error) {
    const ServerMessage said = parse_server_message(error.what());
    throw DatabaseError(said.message + (said.detail.empty() ? "" : "\n" + said.detail) +
                            (said.hint.empty() ? "" : "\n" + said.hint),
                        error.sqlstate());
  } catch (const pqxx::failure& error) {
    throw DatabaseError(trimmed(error.what()));
  }
}

RunnerSession::RunnerSession(const std::string& url)
    : connection_(postgres::connect(url)),
      quiet_(*connection_),
      backend_(connection_->backendpid()) {}

pqxx::result RunnerSession::run(const std::string& sql) {
  pqxx::nontransaction transaction(*connection_);
  check();
  return transaction.exec(sql);
}

SessionTransaction::SessionTransaction(RunnerSession& session, const std::string& begin)
    : statements_(session.connection()) {
  session.check();
  statements_.exec(begin);
}

SessionTransaction::~SessionTransaction() {
  if (ended_) return;
  try {
    statements_.exec("ROLLBACK");
  } catch (const pqxx::failure&) {
    // The session is gone, and the transaction with it.
  }
}

void SessionTransaction::end(const std::string& sql) {
  statements_.exec(sql);
  ended_ = true;
}

void RunnerSession::check() const {
  if (connection_->backendpid() != backend_)
    throw pqxx::broken_connection("the connection to the server was lost");
}

}  // namespace schemac
