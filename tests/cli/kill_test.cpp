// A revision with every recipe, and whatever can end a run of it, at every query that it sends: the
// next run finishes it, and the database is as after a run that nobody disturbed.

#include <csignal>
#include <set>

#include "tests/cli/live_project.h"
#include "tests/cli/wire_proxy.h"

using schemac::test::Database;
using schemac::test::Moment;
using schemac::test::Project;
using schemac::test::Ran;
using schemac::test::WireProxy;

namespace {

const char* const kBefore = R"(
enum mood { 'calm', 'busy' }
table customer { id int primary key; name text?; email text; state mood; gone int?; index (gone); }
table purchase { id int primary key; customer int; total int; index by_total (total); }
table entry {
  id int primary key;
  partition by range (id) {
    partition entry_1 from (1) to (10);
    partition entry_2 from (10) to (20);
  }
}
)";
const char* const kAfter = R"(
enum mood { 'calm', 'hurried', 'busy' }
table customer {
  id int primary key; name text; email text; state mood; gone int?;
  unique (email);
  check named (name <> '');
  note text default 'none';
}
table purchase {
  id int primary key; customer int; total int;
  index by_total (total desc);
  index (customer);
  foreign key (customer) references customer (id);
}
table entry {
  id int primary key;
  partition by range (id) {
    partition entry_1 from (1) to (10);
    partition entry_2 from (10) to (20);
  }
}
table added { id int primary key; customer int references customer (id); }
view named_customer as $$ select id, name from customer $$;
)";
// What nobody generates and people write.
const char* const kByHand = R"(
SET search_path = public;
INSERT INTO purchase SELECT 100 + count(*), 1, 1 FROM purchase;
REINDEX TABLE CONCURRENTLY purchase;
VACUUM purchase;
ALTER TABLE entry DETACH PARTITION entry_2 CONCURRENTLY;
ALTER TABLE entry ATTACH PARTITION entry_2 FOR VALUES FROM (10) TO (20);
-- schemac:resumable
DO $$
BEGIN
  FOR step IN 1..3 LOOP
    UPDATE customer SET note = 'kept' WHERE id = step AND note = 'none';
    COMMIT;
  END LOOP;
END $$;
BEGIN;
INSERT INTO purchase SELECT 200 + count(*), 2, 2 FROM purchase;
COMMIT;
)";
const char* const kRows = R"(
INSERT INTO customer SELECT n, 'name ' || n, 'mail ' || n, 'calm' FROM generate_series(1, 50) n;
INSERT INTO purchase SELECT n, 1 + n % 50, n FROM generate_series(1, 50) n;
INSERT INTO entry SELECT n FROM generate_series(1, 19) n;
)";

// Rows in no order: where an update puts them tells nothing.
std::string dump_of(const std::string& url) {
  const std::string command =
      "pg_dump --no-owner --inserts --exclude-schema=schemac -d '" + url + "'";
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  std::multiset<std::string> rows;
  char line[4096];
  while (fgets(line, sizeof line, pipe) != nullptr) {
    const std::string_view seen = line;
    if (seen.starts_with("INSERT INTO "))
      rows.insert(line);
    else if (!seen.starts_with("\\"))  // a key that is another one each time
      text += line;
  }
  REQUIRE(pclose(pipe) == 0);
  for (const std::string& row : rows) text += row;
  return text;
}

// The project, a database on which its first revision stands, and what the second one makes of it.
class Trial {
 public:
  Trial() : project_(before_) { begin(); }
  explicit Trial(schemac::postgres::Throwaway& server) : before_(server), project_(before_) {
    begin();
  }

  const Database& before() const { return before_; }
  // Runs apply by way of `proxy`; its exit status, or -1 where a signal ended it. `started` gets
  // its process id.
  int apply_through(const WireProxy& proxy, const Database& database,
                    std::atomic<pid_t>& started) const {
    const std::string url = proxy.url(database.url());
    fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
      if (chdir(project_.path("").c_str()) != 0 || freopen("/dev/null", "w", stderr) == nullptr ||
          freopen("/dev/null", "w", stdout) == nullptr)
        _exit(99);
      execl(SCHEMAC_PROGRAM, "schemac", "apply", "--url", url.c_str(), nullptr);
      _exit(99);
    }
    started = child;
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  // The next run finishes what there is, by itself.
  void finishes(const Database& database, const std::string& what) const {
    const Ran ran = project_.run({"apply", "--url", database.url()});
    INFO(what << "\n" << ran.err << ran.out);
    REQUIRE(ran.status == 0);
    REQUIRE(dump_of(database.url()) == wanted_);
    REQUIRE(project_.run({"status", "--url", database.url()}).status == 0);
    REQUIRE(database.run(
                "SELECT count(*) FROM schemac.run WHERE state IN ('running', 'stopped')") == "0");
    REQUIRE(database.run("SELECT count(*) FROM schemac.revision") == "2");
  }

  // Ends runs at each query in turn, until one needs no more; how many it ended.
  int end_at_every_query(Moment moment, const std::string& what,
                         const std::function<void(pid_t program, int backend)>& end,
                         int stride = 1) const {
    WireProxy proxy(before_.url());
    int ended = 0;
    for (int query = 1;; query += stride) {
      const Database database(before_);
      std::atomic<pid_t> program{0};
      proxy.arm(query, moment, [&](int backend) {
        while (program == 0) std::this_thread::yield();
        end(program, backend);
      });
      apply_through(proxy, database, program);
      if (!proxy.fired()) return ended;
      finishes(database, what + " at query " + std::to_string(query));
      ++ended;
    }
  }

 private:
  void begin() {
    REQUIRE(project_.run({"init"}).status == 0);
    project_.generate("first", kBefore);
    project_.generate("second", kAfter);
    project_.append("migrations/" + project_.revisions().back() + "/up.sql", kByHand);
    const Ran ran = project_.run({"apply", "--to", "@first"});
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    before_.run(kRows);
    const Database undisturbed(before_);
    const Ran all = project_.run({"apply", "--url", undisturbed.url()});
    INFO(all.err);
    REQUIRE(all.status == 0);
    wanted_ = dump_of(undisturbed.url());
  }

  Database before_;
  Project project_;
  std::string wanted_;
};

void kill_program(pid_t program, int) {
  kill(program, SIGKILL);
}

constexpr int kQueriesMin = 70;
// Where not every query has its turn: each so many'th.
constexpr int kStride = 3, kSomeMin = 20;
constexpr int kWideStride = 12, kFewMin = 5;

}  // namespace

TEST_CASE("schemac is killed before the server gets a query") {
  CHECK(Trial().end_at_every_query(Moment::asked, "killed", kill_program) > kQueriesMin);
}

TEST_CASE("schemac is killed while the server is at a query") {
  CHECK(Trial().end_at_every_query(Moment::passed, "killed", kill_program) > kQueriesMin);
}

TEST_CASE("schemac is killed once the server is through with a query") {
  CHECK(Trial().end_at_every_query(Moment::answered, "killed", kill_program) > kQueriesMin);
}

TEST_CASE("the network goes away before the server gets a query") {
  CHECK(Trial().end_at_every_query(
            Moment::asked, "cut off", [](pid_t, int) {}, kStride) > kSomeMin);
}

TEST_CASE("the network goes away once the server is through with a query") {
  CHECK(Trial().end_at_every_query(
            Moment::answered, "cut off", [](pid_t, int) {}, kStride) > kSomeMin);
}

TEST_CASE("the server's process is ended while it is at a query") {
  const Trial trial;
  const auto end = [&](pid_t, int backend) {
    trial.before().run("SELECT pg_terminate_backend(" + std::to_string(backend) + ")");
  };
  CHECK(trial.end_at_every_query(Moment::passed, "terminated", end, kStride) > kSomeMin);
}

TEST_CASE("the server goes down while it is at a query") {
  const auto server = schemac::postgres::Throwaway::open("auto");
  const Trial trial(*server);
  const auto end = [&](pid_t, int backend) {
    kill(backend, SIGKILL);
    while (true) {
      try {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        trial.before().run("SELECT 1");
        return;
      } catch (const pqxx::failure&) {
        // It is on its way up again.
      }
    }
  };
  CHECK(trial.end_at_every_query(Moment::passed, "down", end, kWideStride) > kFewMin);
}

TEST_CASE("Ctrl-C at a query") {
  const auto end = [](pid_t program, int) { kill(program, SIGINT); };
  CHECK(Trial().end_at_every_query(Moment::passed, "interrupted", end, kStride) > kSomeMin);
}
