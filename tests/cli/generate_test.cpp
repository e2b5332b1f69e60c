// init, generate, diff, check, rehash and fmt, as a user runs them.

#include <catch2/catch.hpp>

#include "proof/process.h"
#include "tests/cli/workspace.h"

using Catch::Contains;
using schemac::test::Ran;
using schemac::test::Workspace;

namespace {

constexpr const char* kCustomer =
    "table customer {\n  id   bigint identity primary key;\n  name text;\n}\n";
constexpr const char* kCustomerEmail =
    "table customer {\n  id    bigint identity primary key;\n  name  text;\n  email text?;\n}\n";
constexpr const char* kCustomerNoName = "table customer {\n  id bigint identity primary key;\n}\n";
constexpr const char* kFirst = "migrations/20250224120000_first";
constexpr const char* kSecond = "migrations/20250224120001_second";

// A project with one revision.
void begin(const Workspace& space) {
  REQUIRE(space.run({"init"}).status == 0);
  space.write("schema/customer.schema", kCustomer);
  const Ran ran = space.run({"generate", "first"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::vector<std::string> codes(const nlohmann::json& document) {
  std::vector<std::string> found;
  for (const auto& finding : document["findings"]) found.push_back(finding["code"]);
  return found;
}

}  // namespace

TEST_CASE("init begins a project, once") {
  const Workspace space;
  const Ran ran = space.run({"init"});
  CHECK(ran.status == 0);
  CHECK(space.has("schemac.toml"));
  CHECK(space.has("schema"));
  CHECK(space.read("migrations/schemac.sum") == "schemac.sum 1\n");
  const Ran again = space.run({"init"});
  CHECK(again.status == 1);
  CHECK_THAT(again.err, Contains("`schemac.toml` exists already [exists-already]"));
  // What init wrote is a configuration that loads.
  CHECK(space.run({"check"}).status == 0);
}

TEST_CASE("generate writes a revision; again there is nothing to do") {
  const Workspace space;
  begin(space);
  CHECK(space.revisions() == std::vector<std::string>{"20250224120000_first"});
  const std::string up = space.read(std::string(kFirst) + "/up.sql");
  CHECK_THAT(up, Contains("-- 20250224120000_first, up\n"));
  CHECK_THAT(up, Contains("\nBEGIN;\n"));
  CHECK_THAT(up, Contains("(schema/customer.schema:1)\nCREATE TABLE public.customer ("));
  CHECK_THAT(up, Contains("\nCOMMIT;\n"));
  CHECK_THAT(space.read(std::string(kFirst) + "/down.sql"),
             Contains("DROP TABLE public.customer;"));
  const Ran again = space.run({"generate", "again"});
  CHECK(again.status == 0);
  CHECK_THAT(again.out, Contains("nothing to do"));
  CHECK(space.revisions().size() == 1);
  CHECK(space.run({"check"}).status == 0);
}

TEST_CASE("the second revision continues the first, and both make the schema") {
  const Workspace space;
  begin(space);
  space.write("schema/customer.schema", kCustomerEmail);
  CHECK(space.run({"check"}).status == 2);
  REQUIRE(space.run({"generate", "second"}).status == 0);
  CHECK_THAT(space.read(std::string(kSecond) + "/up.sql"),
             Contains("-- public.customer.email: added (schema/customer.schema:4)\n") &&
                 Contains("ADD COLUMN email text;"));
  CHECK_THAT(
      space.read(std::string(kSecond) + "/down.sql"),
      Contains("DROP COLUMN email;") && Contains("the data of column public.customer.email"));
  CHECK_THAT(space.read("migrations/schemac.sum"), Contains("20250224120001_second "));
  CHECK(space.run({"diff", "@head", "schema", "--exit-code"}).status == 0);
  CHECK(space.run({"diff", "@head~1", "@head", "--exit-code"}).status == 2);
  CHECK(space.run({"diff", "@second", "@first"}).status == 0);
  CHECK_THAT(space.run({"diff", "empty", "@first", "--down"}).out, Contains("DROP TABLE"));
}

TEST_CASE("the same input gives the same bytes") {
  const Workspace a, b;
  begin(a);
  begin(b);
  for (const char* name : {"/up.sql", "/down.sql", "/revision.json"})
    CHECK(a.read(kFirst + std::string(name)) == b.read(kFirst + std::string(name)));
  CHECK(a.read("migrations/schemac.sum") == b.read("migrations/schemac.sum"));
}

TEST_CASE("dry-run writes nothing") {
  const Workspace space;
  begin(space);
  space.write("schema/customer.schema", kCustomerEmail);
  const Ran ran = space.run({"generate", "second", "--dry-run"});
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Contains("ADD COLUMN email") && Contains("DROP COLUMN email"));
  CHECK(space.revisions().size() == 1);
}

TEST_CASE("a hazard is listed, stops check, and passes once someone accepts it") {
  const Workspace space;
  begin(space);
  space.write("schemac.toml", "allow = [\"not-proven\"]\n");
  space.write("schema/customer.schema", kCustomerNoName);
  const Ran ran = space.run({"generate", "second"});
  CHECK(ran.status == 0);
  CHECK_THAT(ran.err,
             Contains("warning:") && Contains("[DS103]") && Contains("schemac:allow DS103"));
  const std::string path = std::string(kSecond) + "/up.sql";
  CHECK_THAT(space.read(path), Contains("the data of column public.customer.name"));
  const auto document = space.run_json({"check"}, 2);
  REQUIRE(codes(document) == std::vector<std::string>{"DS103"});
  CHECK(document["findings"][0]["file"] == path);
  CHECK(document["findings"][0]["line"].get<int>() > 5);
  space.write(path, with(space.read(path), "ALTER TABLE",
                         "-- schemac:allow DS103 reason=\"never filled\"\nALTER TABLE"));
  const Ran checked = space.run({"check"});
  INFO(checked.out);
  CHECK(checked.status == 0);

  // One without a reason is none; one that nothing needs is said.
  space.write(path, with(space.read(path), " reason=\"never filled\"", ""));
  CHECK(codes(space.run_json({"check"}, 2)) == std::vector<std::string>{"allow-broken", "DS103"});
  space.write(path, with(space.read(path), "allow DS103", "allow DS103, DS101 reason=\"no\""));
  CHECK(codes(space.run_json({"check"}, 0)) == std::vector<std::string>{"allow-unused"});
}

TEST_CASE("policy accepts a hazard of some objects, or somewhere") {
  const Workspace space;
  begin(space);
  space.write("schema/customer.schema", kCustomerNoName);
  REQUIRE(space.run({"generate", "second"}).status == 0);
  const auto check = [&](const std::string& allowance, std::vector<std::string> more = {}) {
    space.write("schemac.toml", "allow = [\"not-proven\", " + allowance + "]\n");
    more.insert(more.begin(), "check");
    return space.run(more);
  };
  CHECK(check("{ code = \"DS103\", reason = \"unused\", object = \"public.customer.*\" }").status ==
        0);
  CHECK(check("{ code = \"DS103\", reason = \"unused\", object = \"column *.name\" }").status == 0);
  CHECK(check("{ code = \"DS103\", reason = \"unused\", object = \"shop.*\" }").status == 2);
  const std::string staging =
      "{ code = \"DS103\", reason = \"thrown away\", environment = \"staging\" }";
  CHECK(check(staging).status == 2);
  CHECK(check(staging, {"--environment", "staging"}).status == 0);
  CHECK_THAT(check("{ code = \"DS103\", object = \"*\" }").out + check("{}").err,
             Contains("`code`, `reason`") && Contains("schemac.toml:1"));
}

TEST_CASE("policy accepts a hazard everywhere") {
  const Workspace space;
  begin(space);
  space.write("schema/customer.schema", kCustomerNoName);
  REQUIRE(space.run({"generate", "second"}).status == 0);
  space.write("schemac.toml", "allow = [\"DS103\"]\n");
  CHECK(space.run({"check"}).status == 0);
}

TEST_CASE("a drop and an add that look like a rename stop generate with the line to write") {
  const Workspace space;
  begin(space);
  space.write("schema/customer.schema",
              with(kCustomer, "name text", "full_name text check (full_name <> '')"));
  const Ran ran = space.run({"generate", "second"});
  CHECK(ran.status == 2);
  CHECK(space.revisions().size() == 1);
  const std::string line = "full_name text was name check (full_name <> '');";
  CHECK_THAT(ran.err, Contains("schema/customer.schema:3:13: error: `public.customer.name` goes "
                               "and `public.customer.full_name` comes") &&
                          Contains("[likely-rename]") && Contains("`" + line + "`"));
  const auto document = space.run_json({"generate", "second", "--dry-run"}, 2);
  CHECK(document["result"]["revision"] == nullptr);
  CHECK(document["result"]["questions"][0]["line"] == line);
  CHECK(document["findings"][0]["line"] == 3);
  // Elsewhere it is worth a warning.
  CHECK_THAT(space.run({"diff", "@head", "schema"}).err,
             Contains("warning: `public.customer.name"));

  space.write("schema/customer.schema", with(kCustomer, "name text;", line));
  const Ran renamed = space.run({"generate", "second", "--dry-run"});
  CHECK_THAT(renamed.out, Contains("RENAME COLUMN name TO full_name") && !Contains("DROP COLUMN"));
  CHECK_THAT(renamed.err, Contains("[BC102]") && !Contains("likely-rename"));
}

TEST_CASE("what is no rename is said once for all, by names as complete as one likes") {
  const Workspace space;
  begin(space);
  space.write("schema/customer.schema", with(kCustomer, "name text", "website text"));
  const auto generate = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"generate", "second", "--dry-run"});
    return space.run(more);
  };
  CHECK(generate({"--not-renamed", "name:website"}).status == 0);
  CHECK(generate({"--not-renamed", "public.customer.name:customer.website"}).status == 0);
  CHECK(generate({"--not-renamed", "ame:website"}).status == 2);
  const Ran other = generate({"--not-renamed", "name:email", "--not-renamed", "name:website"});
  CHECK(other.status == 0);
  CHECK_THAT(other.err, Contains("`name:email` [not-renamed-unused]"));
  const Ran wrong = generate({"--not-renamed", "name"});
  CHECK(wrong.status == 1);
  CHECK_THAT(wrong.err, Contains("OLD:NEW"));
  // One that is ruled out leaves the next.
  space.write("schema/customer.schema",
              with(kCustomer, "name text", "website text; full_name text"));
  CHECK_THAT(generate({"--not-renamed", "name:full_name"}).err,
             Contains("public.customer.website"));
}

TEST_CASE("labels, types, sequences and tables lose something under another name; views do not") {
  const Workspace space;
  begin(space);
  const std::string was =
      "enum state { 'new', 'shipped' }\nsequence number;\nview v as $$ select 1 as a $$;\n"
      "function f() returns int as $$ select 1 $$;\n"
      "table parcel { id int; state state; index by_id (id); }\n";
  space.write("schema/parcel.schema", was);
  REQUIRE(space.run({"generate", "parcels"}).status == 0);
  const auto questions = [&](const std::string& from, const std::string& to) {
    space.write("schema/parcel.schema", with(was, from, to));
    const Ran ran = space.run({"generate", "third", "--dry-run", "--format", "json"});
    const auto document = nlohmann::json::parse(ran.out);
    std::vector<std::string> lines;
    if (ran.status == 2)
      for (const auto& question : document["result"]["questions"])
        lines.push_back(question["line"]);
    return lines;
  };
  using Lines = std::vector<std::string>;
  CHECK(questions("'shipped'", "'it''s off'") ==
        Lines{"enum state { 'new', 'it''s off' was 'shipped' }"});
  CHECK(questions("sequence number", "sequence \"No\"") == Lines{"sequence \"No\" was number;"});
  CHECK(questions("table parcel", "table letter") ==
        Lines{"table letter was parcel { id int; state state; index by_id (id); }"});
  CHECK(questions("view v", "view w").empty());
  CHECK(questions("function f", "function g").empty());
  CHECK(questions("index by_id", "index with_id").empty());
  space.write("schema/parcel.schema",
              with(with(was, "enum state", "enum phase"), " state;", " phase;"));
  CHECK_THAT(space.run({"generate", "third"}).err, Contains("`enum phase was state {"));
}

TEST_CASE("errors of the schema stop everything, and nothing is written") {
  const Workspace space;
  begin(space);
  space.write("schema/customer.schema", "table customer { id bigynt; }\ntable customer { }\n");
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"generate", "second"}, {"check"}, {"diff", "@head", "schema"}}) {
    const Ran ran = space.run(command);
    CHECK(ran.status == 1);
    CHECK_THAT(ran.err, Contains("schema/customer.schema:1:"));
    CHECK(ran.out == "");
  }
  CHECK(space.revisions().size() == 1);
}

TEST_CASE("a schema that needs a newer server than the files must run on is an error") {
  const Workspace space;
  begin(space);
  const std::string schema = with(kCustomer, "}", "  unique nulls not distinct (name);\n}");
  space.write("schema/customer.schema", schema);
  const Ran ran = space.run({"generate", "second", "--server-version", "14"});
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("schema/customer.schema:") &&
                          Contains("`nulls not distinct` came with PostgreSQL 15, and this schema "
                                   "is for PostgreSQL 14 [newer-server]") &&
                          Contains("`server_version = 15`"));
  CHECK(space.run({"generate", "second", "--server-version", "15", "--dry-run"}).status == 0);
  // Where nobody says how old a server may be, none is too old.
  CHECK(space.run({"generate", "second"}).status == 0);
}

TEST_CASE("check finds edits of revisions, and rehash records them") {
  const Workspace space;
  begin(space);
  const std::string path = std::string(kFirst) + "/up.sql";
  space.write(path, with(space.read(path), "CREATE TABLE", "CREATE UNLOGGED TABLE"));
  const auto document = space.run_json({"check"}, 2);
  CHECK(codes(document) == std::vector<std::string>{"revision-edited"});
  CHECK(document["findings"][0]["file"] == "migrations/schemac.sum");
  CHECK(document["findings"][0]["object"] == "20250224120000_first");
  CHECK(space.run({"generate", "second"}).status == 1);
  CHECK(space.run({"rehash"}).status == 0);
  CHECK(space.run({"check"}).status == 0);
  CHECK_THAT(space.run({"rehash"}).out, Contains("up to date"));
}

TEST_CASE("a schemac.toml above counts, and its folder is where paths start") {
  const Workspace space;
  begin(space);
  space.write("deep/er/x", "");
  const Ran ran = space.run({"diff", "../../schema", "@head", "--exit-code"}, "deep/er");
  INFO(ran.err);
  CHECK(ran.status == 0);
  CHECK(space.run({"fmt", "--check"}, "deep").status == 0);
}

TEST_CASE("fmt writes the canonical form, and --check only asks") {
  const Workspace space;
  begin(space);
  space.write("schema/customer.schema",
              "table   customer{id bigint identity primary key;name text;}");
  const Ran checked = space.run({"fmt", "--check"});
  CHECK(checked.status == 2);
  CHECK_THAT(checked.out, Contains("[not-formatted]"));
  CHECK(space.run({"fmt"}).status == 0);
  CHECK(space.run({"fmt", "--check"}).status == 0);
  CHECK(space.run({"check"}).status == 0);
  space.write("schema/broken.schema", "table (");
  CHECK(space.run({"fmt"}).status == 1);
  CHECK(space.read("schema/broken.schema") == "table (");
  CHECK(space.run({"fmt", "schema/nothing.schema"}).status == 1);
}

TEST_CASE("diff reads schemas from git") {
  const Workspace space;
  begin(space);
  const auto git = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"git", "-C", space.path(""), "-c", "user.name=t", "-c",
                                         "user.email=t@localhost"});
    return schemac::run_process(arguments).exit_code;
  };
  REQUIRE(git({"init", "-q"}) == 0);
  REQUIRE(git({"add", "."}) == 0);
  REQUIRE(git({"commit", "-qm", "one"}) == 0);
  space.write("schema/customer.schema", kCustomerEmail);
  const Ran ran = space.run({"diff", "git:HEAD:schema", "schema", "--exit-code"});
  INFO(ran.err);
  CHECK(ran.status == 2);
  CHECK_THAT(ran.out, Contains("ADD COLUMN email"));
  CHECK_THAT(space.run({"diff", "git:nowhere:schema", "schema"}).err, Contains("[git-failed]"));
  CHECK_THAT(space.run({"diff", "git:HEAD:docs", "schema"}).err, Contains("[git-nothing]"));
  CHECK_THAT(space.run({"diff", "git:--output=x:y", "schema"}).err, Contains("[git-source]"));
}

TEST_CASE("JSON: each command gives one document") {
  const Workspace space;
  begin(space);
  space.write("schema/customer.schema", kCustomerEmail);
  const auto diff = space.run_json({"diff", "@head", "schema"}, 0);
  CHECK(diff["result"]["segments"][0]["statements"][0]["verb"] == "create");
  CHECK(diff["result"]["same"] == false);
  CHECK_FALSE(space.run_json({"fmt", "--check"}, 0)["result"]["changed"].size());
  CHECK(space.run_json({"generate", "second"}, 0)["result"]["revision"] == "20250224120001_second");
  CHECK(space.run_json({"generate", "third"}, 0)["result"]["revision"].is_null());
  CHECK(space.run_json({"check"}, 0)["result"]["revisions"] == 2);
  CHECK(space.run_json({"rehash"}, 0)["result"]["changed"] == false);
  CHECK(codes(space.run_json({"frobnicate"}, 1)) == std::vector<std::string>{"usage"});
  CHECK(codes(space.run_json({"diff", "x", "y"}, 1)) ==
        std::vector<std::string>{"source-unknown", "source-unknown"});
}
