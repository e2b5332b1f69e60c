// What a run keeps for the next one makes that faster, and nothing else.

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/cli/workspace.h"

using Catch::Contains;
using schemac::test::Ran;
using schemac::test::Workspace;
namespace fs = std::filesystem;

namespace {

constexpr const char* kCustomer = R"(table customer {
  id    bigint identity primary key;
  name  text;
  state mood;
  unique (name);
}
)";
constexpr const char* kOrders = R"(table orders {
  id          bigint identity primary key;
  customer_id bigint references customer;
  by_name     text references customer (name);
}
)";

// A project of several files with one revision.
void begin(const Workspace& space) {
  REQUIRE(space.run({"init"}).status == 0);
  space.write("schema/customer.schema", kCustomer);
  space.write("schema/orders.schema", kOrders);
  space.write("schema/types.schema", "enum mood { 'calm', 'busy' }\n");
  space.write("schema/views.schema",
              "view busy as $$ select c.name from customer c where c.state = 'busy' $$;\n"
              "view names as $$ select b.name from busy b $$;\n");
  space.write("schema/other.schema", "table apart {\n  id int primary key;\n  taken int;\n}\n");
  const Ran ran = space.run({"generate", "first"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
}

std::string state_file(const Workspace& space) {
  for (const auto& entry : fs::directory_iterator(space.path(".schemac")))
    if (entry.path().filename().string().starts_with("state-")) return entry.path().string();
  return {};
}

struct Generated {
  Ran ran;
  std::string up, down, json;
};

Generated generate(const Workspace& space) {
  Generated result{space.run({"generate", "next"}), {}, {}, {}};
  const std::string folder = "migrations/20250224120001_next/";
  result.up = space.read(folder + "up.sql");
  result.down = space.read(folder + "down.sql");
  result.json = space.read(folder + "revision.json");
  return result;
}

// The same edit, with what the run before kept and without.
void same_without_state(const std::string& file, const std::string& text) {
  INFO(file + "\n" + text);
  const Workspace with, without;
  for (const Workspace* space : {&with, &without}) begin(*space);
  fs::remove_all(without.path(".schemac"));
  for (const Workspace* space : {&with, &without})
    if (text.empty())
      fs::remove(space->path(file));
    else
      space->write(file, text);
  const Generated warm = generate(with), cold = generate(without);
  CHECK(warm.ran.status == cold.ran.status);
  CHECK(warm.ran.out == cold.ran.out);
  CHECK(warm.ran.err == cold.ran.err);
  CHECK(warm.up == cold.up);
  CHECK(warm.down == cold.down);
  CHECK(warm.json == cold.json);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("an edit gives the same revision with a kept state and without") {
  same_without_state("schema/customer.schema",
                     replaced(kCustomer, "  state", "  age   int?;\n  state"));
  same_without_state("schema/customer.schema",
                     replaced(kCustomer, "name  text", "title text was name"));
  same_without_state("schema/customer.schema", replaced(kCustomer, "  state mood;\n", ""));
  same_without_state("schema/views.schema",
                     "view busy as $$ select c.name from customer c $$;\n"
                     "view names as $$ select b.name from busy b $$;\n");
  same_without_state("schema/types.schema", "enum mood { 'calm', 'busy', 'away' }\n");
  same_without_state("schema/types.schema", "enum mood { 'busy' }\n");
  same_without_state("schema/types.schema", "enum temper was mood { 'calm', 'busy' }\n");
  same_without_state("schema/orders.schema", "");
  same_without_state("schema/new.schema", "table more {\n  id int references apart;\n}\n");
  same_without_state("schema/views.schema", "");
}

TEST_CASE("what an edit breaks elsewhere is found with a kept state, too") {
  // The key that a file which did not change refers to.
  same_without_state("schema/customer.schema", replaced(kCustomer, "  unique (name);\n", ""));
  same_without_state("schema/customer.schema", "");
  same_without_state("schema/types.schema", "");
  // A name that a file which did not change declares, or gives without saying so.
  same_without_state("schema/new.schema", "table apart {\n  id int;\n}\n");
  same_without_state("schema/new.schema", "enum apart { 'a' }\n");
  same_without_state("schema/new.schema", "view orders_id_seq as $$ select 1 as one $$;\n");
  same_without_state("schema/new.schema", "table customer_pkey {\n  id int;\n}\n");
  same_without_state("schema/orders.schema",
                     replaced(kOrders, "bigint references", "bigint refers"));
}

TEST_CASE("a kept state that is broken, old or of other revisions is no state") {
  const Workspace space;
  begin(space);
  CHECK(space.read(".schemac/.gitignore") == "*\n");
  const std::string state = state_file(space);
  REQUIRE(!state.empty());
  const std::string name = fs::relative(state, space.path("")).string();
  const std::string text = space.read(name);
  for (const std::string& broken :
       {std::string(), std::string("x"), text.substr(0, text.size() / 2),
        text.substr(0, text.size() - 1) + "\x7f"}) {
    space.write(name, broken);
    const Ran ran = space.run({"generate", "again"});
    INFO(ran.err);
    CHECK(ran.status == 0);
    CHECK_THAT(ran.out, Contains("nothing to do"));
  }
  // A revision that was edited since is not taken for what it was.
  space.write("migrations/20250224120000_first/revision.json",
              replaced(space.read("migrations/20250224120000_first/revision.json"), "customer",
                       "customes"));
  const Ran edited = space.run({"generate", "again"});
  CHECK(edited.status == 1);
  CHECK_THAT(edited.err, Contains("revision-edited"));
}

TEST_CASE("only so many states are kept") {
  const Workspace space;
  begin(space);
  std::string columns = "  id int primary key;\n  taken int;\n";
  for (int i = 0; i < 6; ++i) {
    columns += "  taken_" + std::to_string(i) + " int?;\n";
    space.write("schema/other.schema", "table apart {\n" + columns + "}\n");
    REQUIRE(space.run({"generate", "step"}).status == 0);
  }
  int states = 0;
  for (const auto& entry : fs::directory_iterator(space.path(".schemac")))
    if (entry.path().filename().string().starts_with("state-")) ++states;
  CHECK(states == 4);
}
