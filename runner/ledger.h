#pragma once
// The ledger: a table in the database itself that says which revisions it has.

#include <functional>
#include <memory>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "introspect/postgres/connection.h"
#include "runner/runner.h"

namespace schemac {

struct LedgerRow {
  AppliedRevision revision;
  std::string done_digest;  // of the statements of the segments that are done
};

// The server's message and what belongs to it, without position lines.
struct ServerMessage {
  std::string message, detail, hint;
};
ServerMessage parse_server_message(const std::string& text);

// Runs `action`; what the library throws comes out as DatabaseError.
void guard(const std::function<void()>& action);

class Ledger {
 public:
  explicit Ledger(pqxx::connection& connection) : connection_(connection) {}

  bool exists();
  // Makes the table where it is missing.
  void create();
  std::vector<LedgerRow> rows();
  std::optional<LedgerRow> row(const std::string& id);
  // Both run inside whatever transaction is open.
  void write(pqxx::transaction_base& transaction, const LedgerRow& row);
  void remove(pqxx::transaction_base& transaction, const std::string& id);

 private:
  pqxx::connection& connection_;
};

// Keeps other runners out of the database while it lives, by an advisory lock on a connection of
// its own that is idle between two tries: a waiting statement would hold up index builds.
class RunnerLock {
 public:
  RunnerLock(const std::string& url, const RunOptions& options);

 private:
  postgres::Connection connection_;
};

}  // namespace schemac
