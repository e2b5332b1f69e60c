// Lines that were written beside each other, and become one.

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/cli/workspace.h"

using Catch::Contains;
using schemac::test::Ran;
using schemac::test::Workspace;
namespace fs = std::filesystem;

namespace {

const std::string kFirst = "20250224120000_first";
const std::string kOurs = "20250224120001_ours";
const std::string kTheirs = "20250224120002_theirs";
const std::string kMerge = "20250224120003_merge_ours_and_theirs";

void generate(const Workspace& space, const std::string& name, const std::string& schema,
              std::vector<std::string> arguments = {}) {
  space.write("schema/a.schema", schema);
  arguments.insert(arguments.begin(), {"generate", name, "--shadow", "none"});
  const Ran ran = space.run(arguments);
  INFO(ran.err);
  REQUIRE(ran.status == 0);
}

// A schema, what two branches made of it, and what stands there once they were merged.
struct Branched {
  std::string base, ours, theirs, merged;
};

void begin(const Workspace& space, const Branched& schema) {
  REQUIRE(space.run({"init"}).status == 0);
  generate(space, "first", schema.base);
  generate(space, "ours", schema.ours);
  generate(space, "theirs", schema.theirs, {"--head", "@first"});
  space.write("schema/a.schema", schema.merged);
}

const std::string kBase = "table a { id int primary key; name text; }\n";
const Branched kApart{kBase, kBase + "table b { id int primary key; }\n",
                      "table a { id int primary key; name text; note text; }\n",
                      "table a { id int primary key; name text; note text; }\n"
                      "table b { id int primary key; }\n"};

nlohmann::json json_of(const Workspace& space, const std::string& id) {
  return nlohmann::json::parse(space.read("migrations/" + id + "/revision.json"));
}

}  // namespace

TEST_CASE("lines that are apart are joined, and both orders are proven") {
  const Workspace space;
  begin(space, kApart);
  CHECK_THAT(space.run({"check", "--shadow", "none"}).out, Contains("`schemac merge` joins them"));
  const Ran merge = space.run({"merge", "--shadow", "auto"});
  INFO(merge.out + merge.err);
  REQUIRE(merge.status == 0);
  CHECK_THAT(merge.out, Contains("joined " + kOurs + ", " + kTheirs) &&
                            Contains("both orders of the lines lead to it"));
  const nlohmann::json json = json_of(space, kMerge);
  CHECK(json["parents"] == nlohmann::json{kOurs, kTheirs});
  CHECK(json["delta"].empty());
  CHECK(json["proof"]["proven"] == true);
  CHECK(json["proof"]["orders"] == 2);
  CHECK_THAT(space.run({"generate", "again"}).out, Contains("nothing to do"));
  CHECK_THAT(space.run({"merge"}).out, Contains("nothing to do: the history has one head"));
  CHECK_THAT(space.run({"verify", "@head", "--shadow", "auto"}).out,
             Contains("both orders of the lines lead to it"));
  CHECK_THAT(space.run({"check"}).out, !Contains("several-heads") && !Contains(kMerge));
}

TEST_CASE("without a server the catalogs are compared, and the files say so") {
  const Workspace space;
  begin(space, kApart);
  const Ran merge = space.run({"merge", "--shadow", "none", "--name", "one again"});
  INFO(merge.err);
  REQUIRE(merge.status == 0);
  const std::string id = "20250224120003_one_again";
  CHECK(json_of(space, id)["proof"]["proven"] == false);
  CHECK_THAT(space.read("migrations/" + id + "/up.sql"), Contains("Not proven"));
}

TEST_CASE("a merge has what the schema has beside its lines") {
  const Workspace space;
  begin(space, kApart);
  space.write("schema/b.schema", "table c { id int; }\n");
  REQUIRE(space.run({"merge"}).status == 0);
  CHECK_THAT(space.read("migrations/" + kMerge + "/up.sql"), Contains("CREATE TABLE public.c"));
  CHECK_THAT(space.run({"generate", "again"}).out, Contains("nothing to do"));
}

TEST_CASE("what both lines change is named, with the files, and joined field by field") {
  const Workspace space;
  begin(space, {"table a { id int; name text; }\n", "table a { id bigint; name varchar(10); }\n",
                "table a { id int; name varchar(20); other int; }\n", "table a { id int; }\n"});
  const Ran merge = space.run({"merge"});
  CHECK(merge.status == 2);
  CHECK_THAT(merge.out, Contains("column public.a.name is changed by `" + kOurs + "` and by `" +
                                 kTheirs + "`"));
  CHECK_THAT(merge.out, !Contains("column public.a.id is changed"));
  CHECK_THAT(merge.out, Contains("migrations/" + kOurs + "/up.sql:") &&
                            Contains("migrations/" + kTheirs + "/up.sql:"));
  CHECK_THAT(merge.out, Contains("base    text") && Contains("ours    character varying(10)") &&
                            Contains("theirs  character varying(20)"));
  CHECK_THAT(merge.out, Contains("// a.schema\ntable a {\n  id    bigint;\n  name  varchar(10);\n"
                                 "  other int;\n}\n"));
  CHECK(space.revisions().size() == 3);
  const nlohmann::json document = space.run_json({"merge"}, 2);
  CHECK(document["findings"][0]["code"] == "lines-overlap");
  CHECK(document["result"]["conflicts"][0]["field"] == "type");
  CHECK_THAT(document["result"]["files"]["a.schema"].get<std::string>(), Contains("other"));
}

TEST_CASE("what one line needs, the other one must leave alone") {
  const Workspace space;
  begin(space, {"table a { id int; name text; }\n", "table a { id int; }\n",
                "table a { id int; name text; }\nview v as $$ select name from a $$;\n",
                "table a { id int; }\n"});
  const Ran merge = space.run({"merge"});
  CHECK(merge.status == 2);
  CHECK_THAT(merge.out, Contains("column public.a.name is changed by `" + kOurs + "`") &&
                            Contains("of `" + kTheirs + "` needs it as it is"));
}

TEST_CASE("what one line makes anew, the other one must not add to") {
  const Workspace space;
  begin(space, {"table a { id int; name text; }\n",
                "table a { id int; name text; partition by hash (id); }\n",
                "table a { id int; name text; index (name); }\n", "table a { id int; }\n"});
  const Ran merge = space.run({"merge"});
  CHECK(merge.status == 2);
  CHECK_THAT(merge.out, Contains("table public.a is changed by `" + kOurs + "`"));
}

TEST_CASE("a column changes as a whole") {
  const Workspace space;
  begin(space, {"table a { id int; name text default 'x'; }\n",
                "table a { id int; name varchar(10) default 'x'; }\n",
                "table a { id int; name text default 'y'; }\n", "table a { id int; }\n"});
  const Ran merge = space.run({"merge"});
  CHECK(merge.status == 2);
  CHECK_THAT(merge.out, Contains("column public.a.name is changed by `" + kOurs + "`"));
}

TEST_CASE("revisions that no server has seen are joined on one") {
  const Workspace space;
  const std::string checked = "table a { id int check (id in (1, 2)); name text; }\n";
  begin(space, {checked, checked + "table b { id int; }\n", checked + "table c { id int; }\n",
                checked + "table b { id int; }\ntable c { id int; }\n"});
  const Ran merge = space.run({"merge", "--shadow", "auto"});
  INFO(merge.err);
  CHECK(merge.status == 0);
  CHECK_THAT(merge.out, Contains("both orders"));
}

TEST_CASE("what moved among its siblings is what the other line made of it") {
  const Workspace space;
  begin(space, {"table a { id int; x int; name text; other text; }\n",
                "table a { id int; x int; name varchar(10); }\n",
                "table a { id int; name text; other text; }\n",
                "table a { id int; name varchar(10); }\n"});
  const Ran merge = space.run({"merge", "--shadow", "auto"});
  INFO(merge.out + merge.err);
  REQUIRE(merge.status == 0);
  CHECK(json_of(space, kMerge)["delta"].empty());
  CHECK_THAT(space.run({"generate", "again"}).out, Contains("nothing to do"));
  // Nothing is kept of it that says something else.
  space.write("schema/b.schema", "table b { id int; }\n");
  REQUIRE(space.run({"generate", "more"}).status == 0);
  CHECK_THAT(space.run({"generate", "again"}).out, Contains("nothing to do"));
  space.write("schema/a.schema", "table a { id int; name varchar(20); }\n");
  REQUIRE(space.run({"generate", "longer"}).status == 0);
  CHECK_THAT(space.read("migrations/20250224120005_longer/up.sql"),
             Contains("TYPE character varying(20)"));
}

TEST_CASE("two lines give one name to different things") {
  const Workspace space;
  begin(space, {kBase, kBase + "table b { id int; }\n",
                kBase + "view b as $$ select 1 as one $$;\n", kBase});
  const Ran merge = space.run({"merge"});
  CHECK(merge.status == 2);
  CHECK_THAT(merge.out, Contains("take the same name"));
}

TEST_CASE("an order that only a server finds out to fail") {
  const Workspace space;
  begin(space, kApart);
  const std::string path = "migrations/" + kTheirs + "/up.sql";
  std::string sql = space.read(path);
  sql.insert(sql.find("ALTER TABLE"),
             "DO $$ BEGIN IF to_regclass('b') IS NULL THEN RAISE 'no b'; "
             "END IF; END $$;\n");
  space.write(path, sql);
  REQUIRE(space.run({"rehash"}).status == 0);
  const Ran merge = space.run({"merge", "--shadow", "auto"});
  CHECK(merge.status == 1);
  CHECK_THAT(merge.err, Contains("order-failed") && Contains("no b") &&
                            Contains("in the order " + kTheirs + ", " + kOurs));
  CHECK(space.revisions().size() == 3);
}

TEST_CASE("the marks of a conflict in schemac.sum are put in order") {
  const Workspace space;
  REQUIRE(space.run({"init"}).status == 0);
  generate(space, "first", kApart.base);
  const std::string sum = "migrations/schemac.sum";
  const std::string before = space.read(sum);
  generate(space, "ours", kApart.ours);
  const std::string ours = space.read(sum).substr(before.size());
  // On another branch there is only the first one.
  fs::rename(space.path("migrations/" + kOurs), space.path("aside"));
  space.write(sum, before);
  generate(space, "theirs", kApart.theirs);
  const std::string theirs = space.read(sum).substr(before.size());
  const std::string id = space.revisions().back();
  fs::rename(space.path("aside"), space.path("migrations/" + kOurs));
  space.write("schema/a.schema", kApart.merged);
  const std::string conflict =
      before + "<<<<<<< HEAD\n" + ours + "=======\n" + theirs + ">>>>>>> feature\n";
  space.write(sum, conflict);
  CHECK_THAT(space.run({"check", "--shadow", "none"}).out,
             Contains("sum-conflict") && Contains("`schemac merge` joins both sides"));
  // What was edited in between does not get in.
  const std::string path = "migrations/" + id + "/up.sql";
  const std::string sql = space.read(path);
  space.write(path, sql + "DROP TABLE a;\n");
  CHECK_THAT(space.run({"merge", "--shadow", "none"}).err, Contains("revision-edited"));
  space.write(path, sql);
  REQUIRE(space.run({"merge", "--shadow", "none"}).status == 0);
  CHECK_THAT(space.run({"check", "--shadow", "none"}).out, !Contains("sum-"));
  CHECK_THAT(space.run({"generate", "again"}).out, Contains("nothing to do"));
}

TEST_CASE("heads that are none") {
  const Workspace space;
  begin(space, kApart);
  CHECK_THAT(space.run({"merge", "@first", "@ours"}).err, Contains("not-a-head"));
  CHECK_THAT(space.run({"merge", "@nobody"}).err, Contains("revision-unknown"));
}
