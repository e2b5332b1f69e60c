// What goes and is kept aside, with its rows, until it is purged.

#include "tests/cli/live_project.h"

using Catch::Contains;
using schemac::test::Database;
using schemac::test::Project;
using schemac::test::Ran;

namespace {

const std::string kBefore = R"(enum mood { 'calm', 'busy' }
table customer {
  id       bigint identity primary key;
  nickname text unique;
  mood     mood?;
}
table fax {
  id          bigint identity primary key;
  customer_id bigint references customer;
  number      text check (number <> '');
}
)";
const std::string kRetained = R"(enum mood { 'calm', 'busy' }
table customer {
  id bigint identity primary key;
  retain column nickname;
  mood     mood?;
}
retain table fax;
)";
const std::string kPruned = R"(enum mood { 'calm', 'busy' }
table customer {
  id bigint identity primary key;
  mood     mood?;
}
)";
const std::string kAside = "__retained_20250224120001";

void begin(const Project& project) {
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kBefore);
}

}  // namespace

TEST_CASE("what is kept aside has its rows, is no drift, and comes back by the way back") {
  const Database database;
  const Project project(database);
  begin(project);
  REQUIRE(project.run({"apply"}).status == 0);
  database.run("INSERT INTO customer (nickname) VALUES ('ann'), ('bob')");
  database.run("INSERT INTO fax (customer_id, number) VALUES (1, '555')");
  project.generate("second", kRetained);
  CHECK_THAT(project.read("migrations/20250224120001_second/up.sql"),
             !Contains("DROP TABLE") && !Contains("DROP COLUMN"));
  REQUIRE(project.run({"apply"}).status == 0);
  CHECK(database.run("SELECT string_agg(nickname" + kAside + ", ',') FROM customer") == "ann,bob");
  CHECK(database.run("SELECT number FROM fax" + kAside) == "555");
  // New rows need not know of it, and nothing refers to it or from it.
  database.run("INSERT INTO customer DEFAULT VALUES");
  database.run("DELETE FROM customer WHERE nickname" + kAside + " IS NULL");

  project.write("schemac.toml",
                "allow = [\"BC101\", \"BC102\", \"BC110\", \"BC112\", \"LK108\"]\n");
  CHECK(project.run({"check", "--url", database.url()}).status == 0);
  CHECK(project.run({"diff", database.url(), "schema", "--exit-code"}).status == 0);
  CHECK(project.run({"diff", "schema", database.url(), "--exit-code"}).status == 0);
  CHECK(project.run({"diff", database.url(), "@head", "--exit-code"}).status == 0);

  REQUIRE(project.run({"rollback"}).status == 0);
  CHECK(database.run("SELECT string_agg(nickname, ',') FROM customer") == "ann,bob");
  CHECK(database.run("SELECT number FROM fax WHERE customer_id = 1") == "555");
  CHECK(database.run("INSERT INTO fax (customer_id, number) VALUES (2, '7') RETURNING id") == "2");
}

TEST_CASE("`retain` is done once its revision is there, and what it kept stays until the purge") {
  const Database database;
  Project project(database);
  begin(project);
  project.generate("second", kRetained);
  const Ran again = project.run({"generate", "third"});
  CHECK_THAT(again.err, Contains("a.schema:4:3: warning: `retain column nickname` has nothing left "
                                 "to do") &&
                            Contains("a.schema:7:1: warning: `retain table fax`"));
  CHECK_THAT(again.out, Contains("nothing to do"));
  REQUIRE(project.run({"fmt", "--prune"}).status == 0);
  CHECK(project.read("schema/a.schema") == kPruned);
  CHECK_THAT(project.run({"generate", "third"}).out, Contains("nothing to do"));
  // A table of another name takes along what it keeps.
  std::string renamed = kPruned;
  renamed.replace(renamed.find("customer {"), 10, "client was customer {");
  project.generate("third", renamed);
  CHECK_THAT(project.read("migrations/20250224120002_third/up.sql"), !Contains("DROP"));
  CHECK_THAT(project.run({"generate", "fourth"}).out, Contains("nothing to do"));

  CHECK_THAT(project.run({"generate", "fourth", "--purge=30d"}).out, Contains("nothing to do"));
  const Ran purged = project.run({"generate", "fourth", "--purge", "--dry-run"});
  CHECK_THAT(purged.out, Contains("DROP TABLE public.fax" + kAside) &&
                             Contains("DROP COLUMN nickname" + kAside));
  CHECK(project.run({"generate", "fourth", "--purge=soon"}).status == 1);
}

TEST_CASE("a purge finds what no file speaks of, whatever the runs before kept") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", "table t { id int; a text?; }\n");
  project.generate("second", "table t { id int; retain column a; }\n");
  REQUIRE(project.run({"fmt", "--prune"}).status == 0);
  CHECK_THAT(project.run({"generate", "third"}).out, Contains("nothing to do"));
  CHECK_THAT(project.run({"generate", "third", "--purge", "--dry-run"}).out,
             Contains("DROP COLUMN a" + kAside));
}

TEST_CASE("what cannot be kept is an error at its place, and nothing is written") {
  const Database database;
  const Project project(database);
  begin(project);
  const auto refused = [&](const std::string& schema) {
    project.write("schema/a.schema", schema);
    const Ran ran = project.run({"generate", "second"});
    CHECK(ran.status == 1);
    CHECK(project.revisions().size() == 1);
    return ran.err;
  };
  CHECK_THAT(
      refused("table customer {\n  id bigint identity primary key;\n  nickname text unique;\n"
              "  retain column mood;\n}\nretain table fax;\n"),
      Contains("a.schema:4:3: error: column public.customer.mood cannot be kept aside: it "
               "needs enum public.mood, which is not declared any more [not-retained]"));
  CHECK_THAT(refused(kBefore + "retain table fax;\n"), Contains("it is still declared"));
}

TEST_CASE("a column of a domain that refuses NULL would refuse new rows") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  const std::string domains = "domain need as int not null;\ndomain few as need;\n";
  project.generate("first", domains + "table t { id int; a few; }\n");
  project.write("schema/a.schema", domains + "table t { id int; retain column a; }\n");
  const Ran ran = project.run({"generate", "second"});
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("its domain refuses NULL"));
}
