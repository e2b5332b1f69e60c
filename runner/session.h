#pragma once
// The runner's sessions in the database, and what the server says in them.

#include <functional>
#include <pqxx/pqxx>
#include <string>

#include "introspect/postgres/connection.h"

namespace schemac {

// The server's message and what belongs to it, without position lines.
struct ServerMessage {
  std::string message, detail, hint;
};
ServerMessage parse_server_message(const std::string& text);

// Runs `action`; what the library throws comes out as DatabaseError.
void guard(const std::function<void()>& action);

// A session that is lost is an error, never silently another one: what it held, locks and settings,
// is gone with it.
class RunnerSession {
 public:
  explicit RunnerSession(const std::string& url);

  pqxx::connection& connection() { return *connection_; }
  // Process id of the server's end.
  int backend() const { return backend_; }
  // Statements that commit by themselves, all or none; the rows of the last one.
  pqxx::result run(const std::string& sql);
  // Throws where the session is not the one that was opened. Call it once a transaction has begun:
  // the library opens a lost connection again in silence.
  void check() const;

 private:
  postgres::Connection connection_;
  pqxx::quiet_errorhandler quiet_;
  int backend_;
};

// A transaction of a session; rolled back unless it came to its end.
class SessionTransaction {
 public:
  // `begin`: what runs first, in one round trip: a BEGIN, maybe with statements around it.
  SessionTransaction(RunnerSession& session, const std::string& begin);
  ~SessionTransaction();
  SessionTransaction(const SessionTransaction&) = delete;
  SessionTransaction& operator=(const SessionTransaction&) = delete;

  pqxx::result run(const std::string& sql) { return statements_.exec(sql); }
  // Runs `sql`, which ends with COMMIT.
  void end(const std::string& sql);

 private:
  pqxx::nontransaction statements_;
  bool ended_ = false;
};

}  // namespace schemac
