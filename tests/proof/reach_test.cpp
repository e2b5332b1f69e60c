// What a revision reaches, and what it does not.

#include "proof/reach.h"

#include <catch2/catch.hpp>

#include "tests/harness/oracles.h"

using namespace schemac;
using Catch::Contains;

namespace {

Catalog compile(const std::string& text) {
  Sink sink;
  const Catalog catalog = test::compile({{"a.schema", text}}, sink);
  REQUIRE_FALSE(sink.has_errors());
  return catalog;
}

// Tables that nothing has to do with, so that the rest is a part.
const std::string kBystanders = [] {
  std::string text;
  for (int i = 0; i < 30; ++i)
    text += "table bystander" + std::to_string(i) + " { id int primary key; name text; }\n";
  return text;
}();

struct Reached {
  std::string from, to;  // all ids, one a line
};

std::string ids(const Catalog& catalog) {
  std::string text = "\n";
  for (const Object& object : catalog.objects()) text += to_string(object.id) + "\n";
  return text;
}

Reached reach(const std::string& before, const std::string& after) {
  const Catalog from = compile(kBystanders + before), to = compile(kBystanders + after);
  const auto found = reach_of(from, to, intents_of(from, to), {});
  REQUIRE(found);
  return {ids(found->from), ids(found->to)};
}

}  // namespace

TEST_CASE("a table is reached with what it needs and what depends on it") {
  const std::string rest =
      "enum state { 'new' }\n"
      "table far { id int primary key; }\n"
      "table needed { id int primary key; far_id int references far; state state; name text; }\n"
      "table user { id int primary key; t_id int references t; far_id int references far; }\n"
      "view shown as $$ select id from t $$;\n"
      "view shown_again as $$ select id from shown $$;\n";
  const Reached found =
      reach("table t { id int primary key; n int references needed; }\n" + rest,
            "table t { id int primary key; n int references needed; more int?; }\n" + rest);
  for (const char* there :
       {"table public.t\n", "column public.t.n\n", "table public.needed\n",
        "column public.needed.name\n", "primary key public.needed.needed_pkey\n",
        "table public.user\n", "foreign key public.user.user_t_id_fkey\n", "view public.shown\n",
        "view public.shown_again\n"}) {
    INFO(there);
    CHECK_THAT(found.from, Contains(std::string("\n") + there));
    CHECK_THAT(found.to, Contains(std::string("\n") + there));
  }
  for (const char* absent :
       {"table public.far\n", "far_id_fkey\n", "enum public.state\n", "bystander"}) {
    INFO(absent);
    CHECK_THAT(found.from, !Contains(absent));
  }
  CHECK_THAT(found.to, Contains("column public.t.more\n"));
  CHECK_THAT(found.from, !Contains("column public.t.more\n"));
}

TEST_CASE("a relation that is needed as a whole comes with all its columns") {
  const std::string rest =
      "enum state { 'new' }\n"
      "table whole { id int primary key; state state; }\n";
  const Reached found = reach(rest + "view v as $$ select id from whole $$;\n",
                              rest + "view v as $$ select id + 1 as id from whole $$;\n");
  CHECK_THAT(found.from, Contains("\ncolumn public.whole.state\n"));
  CHECK_THAT(found.from, Contains("\nenum public.state\n"));
}

TEST_CASE("what a body names by a word is reached") {
  const std::string rest =
      "table \"Audit log\" { id int identity primary key; }\n"
      "table counts { id int identity primary key; }\n"
      "function note() returns trigger language plpgsql as $$ begin"
      " insert into \"Audit log\" default values;"
      " execute 'insert into COUNTS default values'; return new; end $$;\n";
  const std::string trigger = " trigger noted after insert for each row execute note(); }\n";
  const Reached found = reach(rest + "table t { id int primary key;" + trigger,
                              rest + "table t { id int primary key; more int?;" + trigger);
  CHECK_THAT(found.to, Contains("table public.\"Audit log\"\n"));
  CHECK_THAT(found.to, Contains("table public.counts\n"));
}

TEST_CASE("what has another name afterwards is reached under both") {
  const std::string rest = "table u { id int primary key; t_id int references ";
  const Reached found =
      reach("table t { id int primary key; name text; }\n" + rest + "t; }\n",
            "table x was t { id int primary key; name text; }\n" + rest + "x; }\n");
  CHECK_THAT(found.from, Contains("\ncolumn public.t.name\n") && !Contains("public.x"));
  CHECK_THAT(found.to, Contains("\ncolumn public.x.name\n") && !Contains("public.t\n"));
  CHECK_THAT(found.from, Contains("\nforeign key public.u.u_t_id_fkey\n"));
}

TEST_CASE("what a database says of dependencies beyond the declaration is no change") {
  Catalog from = compile(kBystanders + "table t { id int primary key; }\n");
  const Catalog to = compile(kBystanders + "table t { id int primary key; more int?; }\n");
  const KindInfo& table = *find_kind("table");
  for (Object& object : from.objects())
    if (object.kind().name == "column" && object.id.path()[1] != "t")
      object.depends.push_back({ObjectId(table, {"public", "bystander0"})});
  const auto found = reach_of(from, to, {}, {});
  REQUIRE(found);
  CHECK_THAT(ids(found->from), Contains("table public.t\n") && !Contains("bystander"));
}

TEST_CASE("where a part is not much less than the whole, there is none") {
  const Catalog from = compile("table t { id int primary key; }\n");
  const Catalog to = compile("table t { id int primary key; more int?; }\n");
  CHECK_FALSE(reach_of(from, to, {}, {}));
  const Catalog before = compile("schema a;\ntable a.t { id int; }\n" + kBystanders);
  const Catalog after = compile("schema b was a;\ntable b.t { id int; }\n" + kBystanders);
  CHECK_FALSE(reach_of(before, after, intents_of(before, after), {}));
}
