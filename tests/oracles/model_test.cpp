#include <catch2/catch.hpp>

#include "tests/property/pair.h"
#include "tests/property/repair.h"
#include "tests/property/types.h"
#include "tests/property/write.h"

using namespace schemac::property;

namespace {

std::string text_of(const Model& model) {
  std::string text;
  for (const schemac::test::NamedText& file : write_files(model)) text += file.text;
  return text;
}

Model one_table() {
  Model model;
  Schema home;
  home.id = 1;
  home.name = "shop";
  model.schemas = {Schema{}, home};
  model.schemas[0].id = 9;
  model.schemas[0].name = "public";
  Table table;
  table.id = 2;
  table.name = "t";
  table.schema = 1;
  Column column;
  column.id = 3;
  column.name = "a b";
  column.type = plain_type("int");
  column.nullable = true;
  table.columns.push_back(column);
  column.id = 4;
  column.name = "c";
  table.columns.push_back(column);
  Constraint check;
  check.id = 5;
  check.columns = check.condition.columns = {3};
  table.constraints.push_back(check);
  model.tables.push_back(table);
  return model;
}

}  // namespace

TEST_CASE("texts follow the names of what they mention") {
  Model model = one_table();
  CHECK(text_of(model) ==
        "schema shop;\n\ntable t {\n  \"a b\" int?;\n  c int?;\n"
        "  check ((\"a b\" is not null or 1 > 0));\n}\n");
  model.tables[0].columns[0].was = "a b";
  model.tables[0].columns[0].name = "d";
  CHECK(text_of(model) ==
        "schema shop;\n\ntable t {\n  d int? was \"a b\";\n  c int?;\n"
        "  check ((d is not null or 1 > 0));\n}\n");
}

TEST_CASE("what names something that is gone goes with it") {
  Model model = one_table();
  model.tables[0].columns.erase(model.tables[0].columns.begin());
  repair(model);
  CHECK(text_of(model) == "schema shop;\n\ntable t {\n  c int?;\n}\n");
  model.tables[0].columns.clear();
  repair(model);
  CHECK(text_of(model) == "schema shop;\n");
}

TEST_CASE("a seed makes the same pair every time, and seeds differ") {
  const auto text = [](std::uint64_t seed) {
    const ModelPair pair = make_pair(seed);
    return text_of(pair.a) + text_of(pair.b);
  };
  CHECK(text(7) == text(7));
  CHECK(text(7) != text(8));
}
