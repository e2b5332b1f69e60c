// backup and restore, by the owner of a database who is no superuser.

#include <pty.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "proof/archive.h"
#include "tests/cli/live_project.h"

using Catch::Contains;
using schemac::test::Database;
using schemac::test::Project;
using schemac::test::Ran;
namespace fs = std::filesystem;

namespace {

const std::string kRows = "SELECT string_agg(id || note, ' ' ORDER BY id) FROM one";

// A database that belongs to a role which may make others, and nothing else.
struct Owned {
  Database database;
  Project project{database};
  std::string role = "schemac_keeper";

  explicit Owned(const std::string& rights = "CREATEDB") {
    database.run("DROP ROLE IF EXISTS " + role + "; CREATE ROLE " + role + " LOGIN " + rights);
    database.run("ALTER DATABASE \"" + database.name() + "\" OWNER TO " + role);
    project.environment["DATABASE_URL"] = as(role);
    run("CREATE TABLE one (id int PRIMARY KEY, note text); INSERT INTO one VALUES (1, 'a')");
  }
  ~Owned() {
    // Beside `database`, which goes by itself.
    const std::string others = database.run(
        "SELECT string_agg(quote_ident(datname), ' ') FROM pg_database WHERE datname "
        "<> current_database() AND pg_get_userbyid(datdba) = '" +
        role + "'");
    std::istringstream names(others);
    for (std::string name; names >> name;) database.run("DROP DATABASE " + name);
    database.run("ALTER DATABASE \"" + database.name() +
                 "\" OWNER TO postgres; REASSIGN OWNED BY " + role +
                 " TO postgres; DROP OWNED BY " + role + "; DROP ROLE " + role);
  }
  std::string as(const std::string& user) const {
    std::string url = database.url();
    return url.replace(url.find("user=postgres"), 13, "user=" + user);
  }
  std::string run(const std::string& sql) const {
    pqxx::connection connection(as(role));
    const pqxx::result result = pqxx::nontransaction(connection).exec(sql);
    return result.empty() || result[0][0].is_null() ? "" : result[0][0].c_str();
  }
  std::string run_in(const std::string& other, const std::string& sql) const {
    pqxx::connection connection(schemac::postgres::with_database(as(role), other));
    return pqxx::nontransaction(connection).exec(sql)[0][0].c_str();
  }
  // Databases that are there because of a restore.
  std::string left(const std::string& pattern) const {
    return database.run("SELECT count(*) FROM pg_database WHERE datname ~ '" + pattern + "'");
  }
  Ran backup(const std::string& folder = "kept") const {
    const Ran ran = project.run({"backup", "-o", folder});
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    return ran;
  }
};

int mode_of(const std::string& path) {
  struct stat status = {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return static_cast<int>(status.st_mode & 0777);
}

}  // namespace

TEST_CASE("a backup is its owner's alone, and says what is in it") {
  const Owned owned;
  owned.backup();
  const std::string folder = owned.project.path("kept");
  CHECK(mode_of(folder) == 0700);
  for (const auto& entry : fs::directory_iterator(folder))
    CHECK(mode_of(entry.path().string()) == 0600);
  const auto manifest = nlohmann::json::parse(owned.project.read("kept/manifest.json"));
  CHECK(manifest["database"]["name"] == owned.database.name());
  CHECK(manifest["tables"] == 1);
  CHECK(manifest["files"]["toc.dat"]["bytes"] == fs::file_size(folder + "/toc.dat"));
  CHECK(manifest["files"].size() == 2);
  // Nothing is left beside it, and it is not written over.
  CHECK(owned.project.run({"backup", "-o", "kept"}).status == 1);
  std::size_t entries = 0;
  for (const auto& entry : fs::directory_iterator(owned.project.path("")))
    entries += entry.path().filename().string().starts_with(".schemac-tmp-") ? 1 : 0;
  CHECK(entries == 0);
}

TEST_CASE("a backup without a place goes where version control does not look") {
  const Owned owned;
  const auto made = owned.project.run_json({"backup"}, 0)["result"];
  const std::string folder = made["folder"];
  CHECK_THAT(folder, Contains("backups/" + owned.database.name() + "-20250224T120000Z"));
  CHECK(owned.project.has(folder + "/toc.dat"));
  CHECK(owned.project.read("backups/.gitignore") == "*\n");
}

TEST_CASE("a backup comes back in a throwaway database") {
  Owned owned;
  owned.run("CREATE POLICY p ON one TO schemac_keeper USING (true)");
  owned.project.environment["SCHEMAC_SHADOW"] = "auto";
  const auto made = owned.project.run_json({"backup", "--sample"}, 0)["result"];
  CHECK(made["sample"]["tables"] == 1);
  CHECK(made["sample"]["rows"] == 1);
}

TEST_CASE("restore asks before it replaces data, and keeps what was there") {
  const Owned owned;
  const std::string name = owned.database.name();
  owned.database.run("DROP ROLE IF EXISTS schemac_reader; CREATE ROLE schemac_reader");
  owned.run("GRANT CONNECT ON DATABASE \"" + name +
            "\" TO schemac_reader WITH GRANT OPTION;"
            "REVOKE TEMPORARY ON DATABASE \"" +
            name +
            "\" FROM PUBLIC;"
            "COMMENT ON DATABASE \"" +
            name +
            "\" IS 'it''s ours';"
            "ALTER DATABASE \"" +
            name +
            "\" CONNECTION LIMIT 17;"
            "ALTER DATABASE \"" +
            name +
            "\" SET search_path = \"$user\", public, \"A b\";"
            "ALTER DATABASE \"" +
            name + "\" SET application_name = 'x; y''z'");
  const std::string kProperties =
      "SELECT concat_ws('|', (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(d.datacl) a), "
      "shobj_description(d.oid, 'pg_database'), d.datconnlimit, (SELECT array_agg(c ORDER BY c) "
      "FROM pg_db_role_setting s, unnest(setconfig) c WHERE s.setdatabase = d.oid), "
      "pg_get_userbyid(datdba), d.datcollate) FROM pg_database d WHERE datname = "
      "current_database()";
  const std::string properties = owned.run(kProperties);
  owned.backup();
  owned.run("UPDATE one SET note = 'b'; CREATE TABLE two (id int)");

  const Ran refused = owned.project.run({"restore", "kept"});
  CHECK(refused.status == 1);
  CHECK_THAT(refused.err, Contains("`" + name + "` holds data") && Contains("--over " + name));
  CHECK(owned.project.run({"restore", "kept", "--over", "another"}).status == 1);
  CHECK(owned.run(kRows) == "1b");
  CHECK(owned.left("before|restore") == "0");

  // Whoever works in it is sent away.
  pqxx::connection busy(owned.as("schemac_keeper"));
  const Ran ran = owned.project.run({"restore", "kept", "--over", name});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  CHECK_THAT(ran.out, Contains("restored " + name) && Contains(name + "_before_"));
  CHECK(owned.run(kRows) == "1a");
  CHECK_FALSE(owned.database.has("two"));
  CHECK(owned.run(kProperties) == properties);
  CHECK(owned.left("^schemac_restore_") == "0");
  const std::string kept =
      owned.database.run("SELECT datname FROM pg_database WHERE datname ~ '^" + name + "_before_'");
  CHECK(owned.run_in(kept, kRows) == "1b");
  owned.database.run("DROP OWNED BY schemac_reader; DROP ROLE schemac_reader");
}

TEST_CASE("restore makes a database that is not there, and leaves nothing of an empty one") {
  const Owned owned;
  owned.backup();
  const std::string url = schemac::postgres::with_database(owned.as(owned.role), "schemac_again");
  for (int i = 0; i < 2; ++i) {
    const auto restored = owned.project.run_json({"restore", "kept", "--url", url}, 0)["result"];
    CHECK(restored["database"] == "schemac_again");
    CHECK(restored["kept"] == nullptr);
    CHECK(owned.run_in("schemac_again", kRows) == "1a");
    CHECK(owned.left("^schemac_again") == "1");
    owned.database.run("DROP DATABASE schemac_again");
    owned.run("CREATE DATABASE schemac_again TEMPLATE template0");
  }
}

TEST_CASE("a backup that is not as it was written is not restored") {
  const Owned owned;
  owned.backup();
  const auto refused = [&](const std::string& why) {
    const Ran ran = owned.project.run({"restore", "kept", "--over", owned.database.name()});
    CHECK(ran.status == 1);
    CHECK_THAT(ran.err, Contains("backup-broken") && Contains(why));
    CHECK(owned.left("before|restore") == "0");
  };
  const std::string toc = owned.project.read("kept/toc.dat");
  std::string other = toc;
  other.back() = static_cast<char>(other.back() ^ 1);
  owned.project.write("kept/toc.dat", other);
  refused("toc.dat has other bytes");
  owned.project.write("kept/toc.dat", toc.substr(1));
  refused("toc.dat has another size");
  fs::remove(owned.project.path("kept/toc.dat"));
  refused("toc.dat is missing");
  owned.project.write("kept/manifest.json", "{}");
  refused("manifest.json");
  fs::remove(owned.project.path("kept/manifest.json"));
  refused("no manifest.json");
}

TEST_CASE("what cannot be restored whole changes nothing") {
  const Owned owned;
  // Its owner may not give anything to another role.
  owned.database.run("CREATE TABLE theirs (id int); GRANT SELECT ON theirs TO schemac_keeper");
  owned.backup();
  owned.run("UPDATE one SET note = 'b'");
  const Ran ran = owned.project.run({"restore", "kept", "--over", owned.database.name()});
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("pg_restore failed"));
  CHECK(owned.run(kRows) == "1b");
  CHECK(owned.left("before|restore") == "0");
}

TEST_CASE("restore needs the right to make databases, and to end the sessions in this one") {
  const Owned owned;
  owned.backup();
  const auto refused = [&](const std::string& why) {
    const Ran ran = owned.project.run({"restore", "kept", "--over", owned.database.name()});
    CHECK(ran.status == 1);
    CHECK_THAT(ran.err, Contains(why) && Contains("nothing was done"));
    CHECK(owned.left("before|restore") == "0");
  };
  {
    pqxx::connection superuser(owned.database.url());
    refused("`postgres` is connected");
  }
  owned.database.run("ALTER ROLE schemac_keeper NOCREATEDB");
  refused("CREATEDB");
  owned.database.run("ALTER ROLE schemac_keeper CREATEDB; ALTER DATABASE \"" +
                     owned.database.name() + "\" OWNER TO postgres");
  refused("belongs to `postgres`");
}

namespace {

const std::string kBuilding =
    "FROM pg_stat_activity WHERE datname ~ '^schemac_restore_' AND query LIKE 'CREATE INDEX%'";

// Sends `signal` to a restore that is in the middle of it; how that ended.
int stop_restore(const Owned& owned, int signal) {
  owned.run(
      "CREATE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE sql BEGIN ATOMIC "
      "SELECT $1 FROM pg_sleep(2); END; CREATE INDEX slowly ON one (slow(id))");
  owned.backup();
  owned.run("UPDATE one SET note = 'b'");
  const std::string url = owned.as(owned.role), over = owned.database.name();
  const pid_t child = fork();
  if (child == 0) {
    if (chdir(owned.project.path("").c_str()) != 0 || freopen("/dev/null", "w", stderr) == nullptr)
      _exit(99);
    execl(SCHEMAC_PROGRAM, "schemac", "restore", "kept", "--url", url.c_str(), "--over",
          over.c_str(), nullptr);
    _exit(99);
  }
  while (owned.database.run("SELECT count(*) " + kBuilding) == "0") {
    REQUIRE(waitpid(child, nullptr, WNOHANG) == 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  kill(child, signal);
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(owned.left("_before_") == "0");
  CHECK(owned.run(kRows) == "1b");
  return status;
}

}  // namespace

TEST_CASE("a restore that is killed leaves the database as it is, and the next one tidies up") {
  const Owned owned;
  CHECK(WTERMSIG(stop_restore(owned, SIGKILL)) == SIGKILL);
  CHECK(owned.left("^schemac_restore_") == "1");
  // What pg_restore was at goes on without it for a while.
  owned.database.run("SELECT pg_terminate_backend(pid) " + kBuilding);
  while (owned.database.run("SELECT count(*) FROM pg_stat_activity WHERE datname ~ "
                            "'^schemac_restore_'") != "0")
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  REQUIRE(owned.project.run({"restore", "kept", "--over", owned.database.name()}).status == 0);
  CHECK(owned.left("^schemac_restore_") == "0");
  CHECK(owned.run(kRows) == "1a");
}

TEST_CASE("a restore that is told to stop takes what it began with it") {
  const Owned owned;
  CHECK(WEXITSTATUS(stop_restore(owned, SIGTERM)) == 130);
  CHECK(owned.left("^schemac_restore_") == "0");
}

TEST_CASE("on a terminal, the database's name is asked for") {
  const Owned owned;
  owned.backup();
  owned.run("UPDATE one SET note = 'b'");
  const std::string url = owned.as(owned.role);
  const auto answer = [&](const std::string& typed) {
    int terminal = -1;
    const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) {
      if (chdir(owned.project.path("").c_str()) != 0) _exit(99);
      execl(SCHEMAC_PROGRAM, "schemac", "restore", "kept", "--url", url.c_str(), nullptr);
      _exit(99);
    }
    REQUIRE(write(terminal, (typed + "\n").c_str(), typed.size() + 1) > 0);
    std::string shown;
    char piece[512];
    for (ssize_t got = 0; (got = read(terminal, piece, sizeof piece)) > 0;)
      shown.append(piece, static_cast<std::size_t>(got));
    close(terminal);
    int status = 0;
    waitpid(child, &status, 0);
    CHECK_THAT(shown, Contains("Type its name to go on"));
    return WEXITSTATUS(status);
  };
  CHECK(answer("yes") == 1);
  CHECK(owned.run(kRows) == "1b");
  CHECK(answer(owned.database.name()) == 0);
  CHECK(owned.run(kRows) == "1a");
}

TEST_CASE("a password reaches pg_dump and pg_restore by their environment alone") {
  Owned owned;
  const std::string seen = owned.project.path("seen");
  for (const std::string name : {"pg_dump", "pg_restore"}) {
    const std::string program = "clients/15/bin/" + name;
    owned.project.write(program, "#!/bin/sh\necho \"$0 $* :: $PGPASSWORD\" >> '" + seen +
                                     "'\nexec /usr/lib/postgresql/15/bin/" + name + " \"$@\"\n");
    fs::permissions(owned.project.path(program), fs::perms::owner_all);
  }
  owned.project.environment["SCHEMAC_SERVERS"] = owned.project.path("clients");
  owned.project.environment["DATABASE_URL"] = owned.as(owned.role) + "&password=s3cr%2Ft";
  owned.backup();
  REQUIRE(owned.project.run({"restore", "kept", "--over", owned.database.name()}).status == 0);
  std::istringstream lines(owned.project.read("seen"));
  int with_password = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t arguments = line.find(" :: ");
    CHECK(line.substr(0, arguments).find("s3cr") == std::string::npos);
    with_password += line.ends_with(" :: s3cr/t") ? 1 : 0;
  }
  CHECK(with_password == 2);
  CHECK(owned.project.read("kept/manifest.json").find("s3cr") == std::string::npos);
}

TEST_CASE("a client that is older than the server is refused") {
  CHECK(schemac::client_for("pg_dump", 15).major() >= 15);
  CHECK_THROWS_WITH(schemac::client_for("pg_dump", 99),
                    Contains("too old for PostgreSQL 99") && Contains("postgresql-client-99"));
}
