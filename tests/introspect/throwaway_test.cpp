// Throwaway servers: there when needed, gone afterwards whatever happens.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "introspect/postgres/connection.h"
#include "introspect/postgres/read.h"
#include "tests/introspect/fixture.h"

using namespace schemac;
using namespace schemac::test;
using postgres::Throwaway;

namespace {

// The folder of the server that a URL leads to.
std::filesystem::path folder_of(const std::string& url) {
  std::string host = url.substr(url.find("host=") + 5);
  host = host.substr(0, host.find('&'));
  for (std::size_t at; (at = host.find("%2F")) != std::string::npos;) host.replace(at, 3, "/");
  return host;
}

std::string message_of(const std::string& url) {
  try {
    postgres::read_database(url, {});
  } catch (const DatabaseError& error) {
    return error.what();
  }
  return "no error";
}

bool gone_within_a_second(const std::filesystem::path& path) {
  for (int i = 0; i < 200 && std::filesystem::exists(path); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return !std::filesystem::exists(path);
}

}  // namespace

TEST_CASE("databases of a throwaway server") {
  std::filesystem::path folder;
  {
    const auto throwaway = Throwaway::open("auto");
    const std::string first = throwaway->create_database();
    const std::string second = throwaway->create_database();
    CHECK(first != second);
    folder = folder_of(first);
    CHECK(std::filesystem::exists(folder));
    CHECK(std::to_string(throwaway->server_version() * 10000) <=
          query(first, "SHOW server_version_num"));
    CHECK(query(first, "SHOW server_encoding") == "UTF8");
    CHECK(query(first, "SHOW lc_collate") == "C");
    CHECK(query(first, "SHOW listen_addresses").empty());
    execute(first, "CREATE TABLE t (a int)");
    CHECK(query(second, "SELECT count(*) FROM pg_class WHERE relname = 't'") == "0");
    // A database that is dropped goes when the next one is.
    const std::string waiting = throwaway->create_database();
    throwaway->drop_database(first);
    throwaway->drop_database(waiting);
    CHECK_THROWS_AS(postgres::read_database(first, {}), DatabaseError);
    const std::string count = "SELECT count(*) FROM pg_database WHERE NOT datistemplate";
    CHECK(query(second, count) == "3");  // postgres, the second and the one that waits

    // A server given by its URL gets databases too, and keeps none.
    std::string third;
    {
      const auto on_server = Throwaway::open(second);
      third = on_server->create_database();
      CHECK(query(third, "SELECT current_database()").rfind("schemac_shadow_", 0) == 0);
      CHECK(query(second, count) == "4");
    }
    CHECK(query(second, count) == "3");
  }
  CHECK_FALSE(std::filesystem::exists(folder));
}

TEST_CASE("sessions in throwaway databases are used again, as new") {
  const auto process = [](const postgres::Connection& session) {
    return pqxx::nontransaction(*session).exec("SELECT pg_backend_pid()")[0][0].as<int>();
  };
  const std::string url = server().create_database();
  auto first = postgres::connect(url);
  const int number = process(first);
  pqxx::nontransaction(*first).exec("SET search_path = none; SELECT pg_advisory_lock(1)");
  auto second = postgres::connect(url);
  CHECK(process(second) != number);
  first.reset();
  first = postgres::connect(url);
  CHECK(process(first) == number);
  CHECK(pqxx::nontransaction(*first).exec("SHOW search_path")[0][0].c_str() ==
        std::string("\"$user\", public"));
  CHECK(query(url, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == "0");
  SECTION("not within a transaction") {
    pqxx::nontransaction(*first).exec("BEGIN");
    first.reset();
    CHECK(process(postgres::connect(url)) != number);
  }
  SECTION("not beyond the database") {
    first.reset();
    second.reset();
    server().drop_database(url);  // which is gone at the next call
    CHECK(process(postgres::connect(url)) != number);
  }
}

TEST_CASE("a throwaway server dies with its owner") {
  const int signal_sent = GENERATE(SIGKILL, SIGTERM, SIGINT);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t owner = fork();
  if (owner == 0) {
    for (int number : {SIGTERM, SIGINT}) signal(number, SIG_DFL);
    const auto throwaway = Throwaway::open("auto");
    const std::string folder = folder_of(throwaway->create_database()).string();
    [[maybe_unused]] const auto written = write(ends[1], folder.c_str(), folder.size());
    pause();
    _exit(0);
  }
  char buffer[256] = {};
  REQUIRE(read(ends[0], buffer, sizeof buffer - 1) > 0);
  CHECK(std::filesystem::exists(buffer));
  kill(owner, signal_sent);
  waitpid(owner, nullptr, 0);
  CHECK(gone_within_a_second(buffer));
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("databases that a dead run left on a server go with the next run") {
  const std::string url = server().create_database();
  const auto living = Throwaway::open(url);
  const std::string kept = living->create_database();
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t owner = fork();
  if (owner == 0) {
    const auto throwaway = Throwaway::open(url);
    const std::string left = throwaway->create_database();
    [[maybe_unused]] const auto written = write(ends[1], left.c_str(), left.size());
    pause();
    _exit(0);
  }
  char left[256] = {};
  REQUIRE(read(ends[0], left, sizeof left - 1) > 0);
  CHECK(query(left, "SELECT 1") == "1");
  kill(owner, SIGKILL);
  waitpid(owner, nullptr, 0);
  close(ends[0]);
  close(ends[1]);
  // The server takes a moment to see that its client is gone.
  bool swept = false;
  for (int i = 0; i < 200 && !swept; ++i) {
    Throwaway::open(url);
    swept = message_of(left).find("does not exist") != std::string::npos;
    if (!swept) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  CHECK(swept);
  CHECK(query(kept, "SELECT 1") == "1");
}

TEST_CASE("what cannot be reached is said without passwords") {
  CHECK_THROWS_WITH(Throwaway::open("none"), Catch::Contains("--shadow none"));
  const std::string url = server().create_database();
  CHECK_THAT(message_of("postgres://app:s3cr3t@localhost:1/shop"),
             Catch::StartsWith("cannot connect to postgres://app@localhost:1/shop: ") &&
                 Catch::Contains("Connection refused") && !Catch::Contains("s3cr3t"));
  CHECK_THAT(message_of("postgres://app:s3cr3t@host.invalid/shop"),
             Catch::Contains("host.invalid") && !Catch::Contains("s3cr3t"));
  CHECK_THAT(message_of("postgres://app:p%40ss@localhost:1/shop?nonsense=p@ss"),
             !Catch::Contains("p%40ss") && !Catch::Contains("p@ss"));
  CHECK_THAT(message_of("host=localhost port=1 password=s3cr3t"), !Catch::Contains("s3cr3t"));
  CHECK_THAT(message_of(postgres::with_database(url, "absent")),
             Catch::Contains("database \"absent\" does not exist"));
  CHECK_THAT(message_of(postgres::with_database(url, "x y")), Catch::Contains("\"x y\""));
  execute(url, "CREATE ROLE weak LOGIN; REVOKE SELECT ON pg_depend FROM PUBLIC");
  std::string weak = url;
  weak.replace(weak.find("user=postgres"), 13, "user=weak");
  CHECK_THAT(message_of(weak), Catch::StartsWith("cannot read the catalog of postgresql:///") &&
                                   Catch::Contains("permission denied for table pg_depend"));
}

TEST_CASE("URLs of other databases") {
  using postgres::display_url;
  using postgres::with_database;
  CHECK(with_database("postgres://u:p@h:1/a?x=1", "b") == "postgres://u:p@h:1/b?x=1");
  CHECK(with_database("postgresql:///a?host=%2Ftmp", "b") == "postgresql:///b?host=%2Ftmp");
  CHECK(with_database("postgres://h", "b") == "postgres://h/b");
  CHECK(with_database("host=h dbname=a", "b") == "host=h dbname=a dbname='b'");
  CHECK(display_url("postgres://u:p@h:1/a?password=p") == "postgres://u@h:1/a");
  CHECK(display_url("postgres://u@h/a") == "postgres://u@h/a");
  CHECK(display_url("host=h password='a b' user=u") == "host=h password='****' user=u");
}
