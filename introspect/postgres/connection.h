#pragma once
// Connections to PostgreSQL: how they are opened, what their errors say, and the names of
// databases in their URLs.

#include <memory>
#include <pqxx/pqxx>
#include <string>

#include "introspect/database.h"

namespace schemac::postgres {

// The URL as messages may show it: without password and parameters.
std::string display_url(const std::string& url);

// `message` with the password of `url` taken out, wherever it stands.
std::string without_password(std::string message, const std::string& url);

// The password of `url`, however it is spelled there ("" where there is none), and `url` without
// it: for programs whose arguments anyone can see.
struct SplitUrl {
  std::string url, password;
};
SplitUrl split_password(const std::string& url);

// The database that `url` names; "" where it leaves that to the server's client.
std::string database_of(const std::string& url);

// The URL of another database on the same server.
std::string with_database(const std::string& url, const std::string& database);

// Ends a session, or keeps it for others: see kept_sessions.h.
struct LetGo {
  std::string url;
  void operator()(pqxx::connection* session) const;
};
using Connection = std::unique_ptr<pqxx::connection, LetGo>;

// Opens a connection. Throws DatabaseError where the server cannot be reached, refuses, or is older
// than what is supported.
Connection connect(const std::string& url);

// Major version of the server.
int major_version(const pqxx::connection_base& connection);

// Version of the server at `url` as it counts: 150014 for 15.14.
int full_version(const std::string& url);

// Turns the exception that is being handled into a DatabaseError about `doing` (`read the
// catalog of postgres://…`). Call it in a catch block.
[[noreturn]] void throw_database_error(const std::string& doing, const std::string& url);

}  // namespace schemac::postgres
