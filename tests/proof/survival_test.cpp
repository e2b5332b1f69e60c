#include "proof/survival.h"

#include <catch2/catch.hpp>

using namespace schemac;

namespace {

Object object(const char* kind, const std::vector<std::string_view>& path) {
  Object made;
  made.id = ObjectId(*find_kind(kind), path);
  if (path.size() == 3) made.parent = ObjectId(*find_kind("table"), {path[0], path[1]});
  return made;
}

Object column(const std::vector<std::string_view>& path, const char* type) {
  Object made = object("column", path);
  made.values.set(field_index(made.kind(), "type"), TypeRef{{{}, Ident{type}}, {}, 0});
  return made;
}

Object label_list(const std::vector<std::pair<const char*, const char*>>& labels) {
  Object made = object("enum", {"public", "e"});
  List list;
  for (const auto& [label, was] : labels)
    list.push_back(List{std::string(label), *was == 0 ? Value{} : Value(std::string(was))});
  made.values.set(0, std::move(list));
  return made;
}

Catalog catalog(const std::vector<Object>& objects) {
  Catalog made;
  for (const Object& one : objects) made.add(one);
  made.sort();
  return made;
}

Rows rows(const char* table, std::vector<std::string> columns,
          std::vector<std::vector<std::optional<std::string>>> values) {
  return {{{"public", table}, {std::move(columns), std::move(values)}}};
}

const Catalog kFrom =
    catalog({object("table", {"public", "t"}), column({"public", "t", "a"}, "integer"),
             column({"public", "t", "b"}, "text")});
const Rows kBefore = rows("t", {"a", "b"}, {{"1", "x"}, {"2", std::nullopt}});

// What is wrong, in words.
std::string find_lost(const Catalog& from, const Catalog& to, const Rows& before, const Rows& after,
                      const Intents& intents = {}, const std::vector<ObjectId>& lost = {}) {
  std::string text;
  for (const LostRows& found : compare_rows({from, to, lost, intents}, before, after).lost)
    text += found.object + " " + found.text + "\n";
  return text;
}

}  // namespace

TEST_CASE("rows that are still there survive in any order") {
  const Rows after = rows("t", {"b", "a"}, {{std::nullopt, "2"}, {"x", "1"}});
  CHECK(find_lost(kFrom, kFrom, kBefore, after).empty());
}

TEST_CASE("a changed value, a missing row and a silent drop are found") {
  CHECK(find_lost(kFrom, kFrom, kBefore, rows("t", {"a", "b"}, {{"1", "x"}, {"2", "y"}})) ==
        "table public.t its rows (a, b) were\n    '1' 'x' \n    '2' null \n"
        "  and are\n    '1' 'x' \n    '2' 'y' \n\n");
  CHECK_FALSE(find_lost(kFrom, kFrom, kBefore, rows("t", {"a", "b"}, {{"1", "x"}})).empty());
  const Catalog to =
      catalog({object("table", {"public", "t"}), column({"public", "t", "a"}, "integer")});
  const Rows after = rows("t", {"a"}, {{"1"}, {"2"}});
  CHECK(find_lost(kFrom, to, kBefore, after) ==
        "column public.t.b is gone, and its loss was not declared\n");
  CHECK(find_lost(kFrom, to, kBefore, after, {},
                  {ObjectId(*find_kind("column"), {"public", "t", "b"})})
            .empty());
}

TEST_CASE("rows are followed through renames") {
  const Catalog to =
      catalog({object("table", {"public", "u"}), column({"public", "u", "a"}, "integer"),
               column({"public", "u", "c"}, "text")});
  Intents intents;
  intents.renames = {{ObjectId(*find_kind("table"), {"public", "t"}),
                      ObjectId(*find_kind("table"), {"public", "u"})},
                     {ObjectId(*find_kind("column"), {"public", "t", "b"}),
                      ObjectId(*find_kind("column"), {"public", "u", "c"})}};
  CHECK(find_lost(kFrom, to, kBefore, rows("u", {"a", "c"}, {{"1", "x"}, {"2", std::nullopt}}),
                  intents)
            .empty());
  CHECK_FALSE(find_lost(kFrom, to, kBefore,
                        rows("u", {"a", "c"}, {{"1", std::nullopt}, {"2", std::nullopt}}), intents)
                  .empty());
}

TEST_CASE("a partition is compared by the columns of the table above it") {
  Object part = object("table", {"public", "part"});
  part.values.set(field_index(part.kind(), "partition_of"), QName{Ident{"public"}, Ident{"t"}});
  std::vector<Object> objects = kFrom.objects();
  objects.push_back(part);
  const Catalog both = catalog(objects);
  const Rows before = rows("part", {"a", "b"}, {{"1", "x"}});
  CHECK(find_lost(both, both, before, before).empty());
  CHECK_THAT(find_lost(both, both, before, rows("part", {"a", "b"}, {{"1", "y"}})),
             Catch::Contains("table public.part its rows (a, b) were\n    '1' 'x'"));
}

TEST_CASE("labels of an enum are followed through their new names, both ways") {
  Object typed = column({"public", "t", "a"}, "e");
  typed.values.set(field_index(typed.kind(), "type"),
                   TypeRef{{Ident{"public"}, Ident{"e"}}, {}, 0});
  const Object table = object("table", {"public", "t"});
  const Catalog from = catalog({label_list({{"old", ""}, {"kept", ""}}), table, typed});
  const Catalog to = catalog({label_list({{"new", "old"}, {"kept", ""}}), table, typed});
  const Intents intents = intents_of(from, to);
  const Rows before = rows("t", {"a"}, {{"old"}, {"kept"}});
  const Rows after = rows("t", {"a"}, {{"kept"}, {"new"}});
  CHECK(find_lost(from, to, before, after, intents).empty());
  CHECK(find_lost(to, from, after, before, reversed(intents)).empty());
  CHECK_FALSE(find_lost(from, to, before, rows("t", {"a"}, {{"kept"}, {"kept"}}), intents).empty());
}

TEST_CASE("a value of another type must be what the server makes of it") {
  const Catalog to =
      catalog({object("table", {"public", "t"}), column({"public", "t", "a"}, "bigint"),
               column({"public", "t", "b"}, "text")});
  const std::vector<ObjectId> none;
  const Intents plain;
  const auto casts = casts_of({kFrom, to, none, plain});
  REQUIRE(casts.size() == 1);
  CHECK(casts[0].column == "a");
  CHECK(casts[0].type == "bigint");
  const Rows before = rows("t", {"a", "b", casts[0].name}, {{"1", "x", "1"}});
  CHECK(find_lost(kFrom, to, before, rows("t", {"a", "b"}, {{"1", "x"}})).empty());
  CHECK_FALSE(find_lost(kFrom, to, before, rows("t", {"a", "b"}, {{"2", "x"}})).empty());
  // Where the server could not tell, a value must stay a value.
  CHECK(
      find_lost(kFrom, to, rows("t", {"a", "b"}, {{"1", "x"}}), rows("t", {"a", "b"}, {{"2", "x"}}))
          .empty());
  CHECK_FALSE(find_lost(kFrom, to, rows("t", {"a", "b"}, {{"1", "x"}}),
                        rows("t", {"a", "b"}, {{std::nullopt, "x"}}))
                  .empty());
}
