#pragma once
// A project and a database for it, for tests of the commands that work on databases.

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <pqxx/pqxx>
#include <string>
#include <thread>

#include "introspect/postgres/connection.h"
#include "introspect/postgres/throwaway.h"
#include "tests/cli/workspace.h"

namespace schemac::test {

// One server for all of this file; a database a test.
class Database {
 public:
  Database() : server_(&shared_server()), url_(server_->create_database()) {}
  // On a server that may go down.
  explicit Database(postgres::Throwaway& server)
      : server_(&server), url_(server.create_database()) {}
  // A copy of `other`, to which nobody is connected.
  Database(const Database& other) : url_(postgres::with_database(other.url_, new_name())) {
    as_admin("CREATE DATABASE " + name() + " TEMPLATE \"" + other.name() + "\"");
  }
  ~Database() {
    try {
      if (server_ != nullptr)
        server_->drop_database(url_);
      else
        as_admin("DROP DATABASE " + name() + " WITH (FORCE)");
    } catch (const std::exception& error) {
      std::fprintf(stderr, "a database stays: %s\n", error.what());
    }
  }
  Database& operator=(const Database&) = delete;

  const std::string& url() const { return url_; }
  std::string name() const {
    const std::size_t end = url_.find('?');
    const std::size_t begin = url_.rfind('/', end) + 1;
    return url_.substr(begin, end - begin);
  }
  std::string run(const std::string& sql) const {
    pqxx::connection connection(url_);
    pqxx::nontransaction work(connection);
    const pqxx::result result = work.exec(sql);
    return result.empty() ? "" : result[0][0].c_str();
  }
  bool has(const std::string& relation) const {
    return run("SELECT to_regclass('" + relation + "') IS NOT NULL") == "t";
  }
  // Until another session of the database is such.
  void wait_for(const std::string& condition) const {
    while (
        run("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
            "pg_backend_pid() AND " +
            condition) == "0")
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }

 private:
  static postgres::Throwaway& shared_server() {
    static const std::unique_ptr<postgres::Throwaway> server = postgres::Throwaway::open("auto");
    return *server;
  }
  static std::string new_name() {
    static int made = 0;
    return "copy_" + std::to_string(++made);
  }
  void as_admin(const std::string& sql) const {
    pqxx::connection connection(postgres::with_database(url_, "postgres"));
    pqxx::nontransaction(connection).exec(sql);
  }

  postgres::Throwaway* server_ = nullptr;  // that made it; nullptr: nobody but this object
  std::string url_;
};

struct Project : Workspace {
  explicit Project(const Database& database) { environment["DATABASE_URL"] = database.url(); }
  void generate(const std::string& name, const std::string& schema) const {
    write("schema/a.schema", schema);
    const Ran ran = run({"generate", name});
    INFO(ran.err);
    REQUIRE(ran.status == 0);
  }
  // Adds SQL to a revision's file and records the edit.
  void append(const std::string& path, const std::string& sql) const {
    write(path, read(path) + sql);
    REQUIRE(run({"rehash"}).status == 0);
  }
};

// `schemac apply` beside the test.
inline pid_t start_apply(const Project& project, const Database& database) {
  const pid_t child = fork();
  if (child != 0) return child;
  if (chdir(project.path("").c_str()) != 0 || freopen("/dev/null", "w", stderr) == nullptr)
    _exit(99);
  execl(SCHEMAC_PROGRAM, "schemac", "apply", "--url", database.url().c_str(), nullptr);
  _exit(99);
}

}  // namespace schemac::test
