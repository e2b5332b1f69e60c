#include "tests/harness/survival.h"

#include <catch2/catch.hpp>

using namespace schemac;
using namespace schemac::test;

namespace {

Object object(const char* kind, const std::vector<std::string_view>& path) {
  Object made;
  made.id = ObjectId(*find_kind(kind), path);
  made.values.resize(made.kind().fields.size());
  if (path.size() == 3) made.parent = ObjectId(*find_kind("table"), {path[0], path[1]});
  return made;
}

Object column(const std::vector<std::string_view>& path, const char* type) {
  Object made = object("column", path);
  made.values[field_index(made.kind(), "type")] = TypeRef{{{}, Ident{type}}, {}, 0};
  return made;
}

Object label_list(const std::vector<std::pair<const char*, const char*>>& labels) {
  Object made = object("enum", {"public", "e"});
  List list;
  for (const auto& [label, was] : labels)
    list.push_back(List{std::string(label), *was == 0 ? Value{} : Value(std::string(was))});
  made.values[0] = std::move(list);
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

}  // namespace

TEST_CASE("rows that are still there survive in any order") {
  const Rows after = rows("t", {"b", "a"}, {{std::nullopt, "2"}, {"x", "1"}});
  CHECK(find_lost_rows(kFrom, kFrom, {}, {}, kBefore, after).empty());
}

TEST_CASE("a changed value, a missing row and a silent drop are found") {
  CHECK_FALSE(
      find_lost_rows(kFrom, kFrom, {}, {}, kBefore, rows("t", {"a", "b"}, {{"1", "x"}, {"2", "y"}}))
          .empty());
  CHECK_FALSE(
      find_lost_rows(kFrom, kFrom, {}, {}, kBefore, rows("t", {"a", "b"}, {{"1", "x"}})).empty());
  const Catalog to =
      catalog({object("table", {"public", "t"}), column({"public", "t", "a"}, "integer")});
  const Rows after = rows("t", {"a"}, {{"1"}, {"2"}});
  CHECK(find_lost_rows(kFrom, to, {}, {}, kBefore, after) ==
        "column public.t.b is gone, and its loss was not declared\n");
  Plan plan;
  plan.lost.push_back(ObjectId(*find_kind("column"), {"public", "t", "b"}));
  CHECK(find_lost_rows(kFrom, to, plan, {}, kBefore, after).empty());
}

TEST_CASE("rows are followed through renames") {
  const Catalog to =
      catalog({object("table", {"public", "u"}), column({"public", "u", "a"}, "integer"),
               column({"public", "u", "c"}, "text")});
  const std::vector<Rename> renames{{ObjectId(*find_kind("table"), {"public", "t"}),
                                     ObjectId(*find_kind("table"), {"public", "u"})},
                                    {ObjectId(*find_kind("column"), {"public", "t", "b"}),
                                     ObjectId(*find_kind("column"), {"public", "u", "c"})}};
  CHECK(find_lost_rows(kFrom, to, {}, renames, kBefore,
                       rows("u", {"a", "c"}, {{"1", "x"}, {"2", std::nullopt}}))
            .empty());
  CHECK_FALSE(find_lost_rows(kFrom, to, {}, renames, kBefore,
                             rows("u", {"a", "c"}, {{"1", std::nullopt}, {"2", std::nullopt}}))
                  .empty());
}

TEST_CASE("labels of an enum are followed through their new names, both ways") {
  Object typed = column({"public", "t", "a"}, "e");
  typed.values[field_index(typed.kind(), "type")] = TypeRef{{Ident{"public"}, Ident{"e"}}, {}, 0};
  const Object table = object("table", {"public", "t"});
  const Catalog from = catalog({label_list({{"old", ""}, {"kept", ""}}), table, typed});
  const Catalog to = catalog({label_list({{"new", "old"}, {"kept", ""}}), table, typed});
  const Rows before = rows("t", {"a"}, {{"old"}, {"kept"}});
  const Rows after = rows("t", {"a"}, {{"kept"}, {"new"}});
  CHECK(find_lost_rows(from, to, {}, {}, before, after).empty());
  CHECK(find_lost_rows(to, from, {}, {}, after, before).empty());
  CHECK_FALSE(
      find_lost_rows(from, to, {}, {}, before, rows("t", {"a"}, {{"kept"}, {"kept"}})).empty());
}
