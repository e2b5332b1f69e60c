// What catalogs are made of: values, and the index that finds objects.
#include "compiler/ir/catalog.h"

#include <catch2/catch.hpp>
#include <set>

#include "compiler/ir/shared_values.h"

using namespace schemac;

namespace {

ObjectId table(int number) {
  return ObjectId(*find_kind("table"), {"s", "t" + std::to_string(number)});
}

Object object(const ObjectId& id) {
  Object made;
  made.id = id;
  return made;
}

}  // namespace

TEST_CASE("values that are absent take no room, and are absent still") {
  Values values(List{Value(), Value(true), Value(), Value(std::int64_t{7})});
  CHECK(std::distance(values.begin(), values.end()) == 2);
  CHECK(values[0].absent());
  CHECK(values[1] == Value(true));
  CHECK(values[3] == Value(std::int64_t{7}));
  CHECK(values[63].absent());
}

TEST_CASE("a change to a copy leaves the original alone") {
  const Values values(List{Value(true), Value(std::int64_t{1})});
  Values copy = values;
  copy.set(1, std::int64_t{2});
  copy.set(5, true);
  copy.set(0, {});
  CHECK(values == Values(List{Value(true), Value(std::int64_t{1})}));
  CHECK(copy[0].absent());
  CHECK(copy[1] == Value(std::int64_t{2}));
  CHECK(copy[5] == Value(true));
  CHECK_FALSE(copy == values);
  copy.set(5, {});
  copy.set(1, {});
  CHECK(copy == Values());
}

TEST_CASE("values are equal by what they hold and where") {
  CHECK(Values(List{Value(), Value(true)}) == Values(List{Value(), Value(true), Value()}));
  CHECK_FALSE(Values(List{Value(), Value(true)}) == Values(List{Value(true)}));
}

TEST_CASE("a catalog finds what it holds through additions, removals and sorting") {
  constexpr int kObjects = 3000;
  Catalog catalog;
  std::set<int> left;
  for (int i = 0; i < kObjects; ++i) {
    const int number = i * 7919 % kObjects;
    catalog.add(object(table(number)));
    left.insert(number);
    if (i % 3 != 2) continue;
    const int gone = i * 104729 % kObjects;
    catalog.erase(table(gone));
    left.erase(gone);
  }
  REQUIRE(left.size() < static_cast<std::size_t>(kObjects) - 100);
  const auto check = [&] {
    REQUIRE(catalog.size() == left.size());
    for (int i = 0; i < kObjects; ++i) {
      const Object* found = catalog.find(table(i));
      REQUIRE((found != nullptr) == left.contains(i));
      if (found != nullptr) REQUIRE(found->id == table(i));
    }
  };
  check();
  catalog.sort();
  check();
}

TEST_CASE("ids that are changed in place are found once the catalog is sorted") {
  Catalog catalog;
  catalog.add(object(table(1)));
  catalog.objects().front().id = table(2);
  catalog.sort();
  CHECK(catalog.contains(table(2)));
  CHECK_FALSE(catalog.contains(table(1)));
}

TEST_CASE("children stand in their order, by parent") {
  const KindInfo& column = *find_kind("column");
  Catalog catalog;
  for (const char* name : {"b", "a", "c"})
    for (int number : {1, 2}) {
      Object made = object(ObjectId(column, {"s", "t" + std::to_string(number), name}));
      made.parent = table(number);
      made.position = *name == 'c' ? 0 : *name;
      catalog.add(made);
    }
  catalog.add(object(table(1)));
  const Children children(catalog);
  std::string names;
  for (const Object* child : children.of(table(2))) names += child->id.name();
  CHECK(names == "cab");
  CHECK(children.of(table(1)).size() == 3);
  CHECK(children.of(table(3)).empty());
}

TEST_CASE("equal values are held once") {
  SharedValues shared;
  const auto made = [](std::string text) {
    return Values(List{Value(), Value(SqlText{std::move(text), {}, 0}), Value(true)});
  };
  const Values one = shared.share(made("a > 0")), other = shared.share(made("a > 0"));
  CHECK(one.begin() == other.begin());
  CHECK(shared.share(made("a > 1")) == made("a > 1"));
  CHECK(shared.share({}) == Values());
  Values changed = other;
  changed.set(2, {});
  CHECK(one == made("a > 0"));
}

TEST_CASE("a path is all of its parts, however many") {
  std::vector<std::string_view> parts;
  for (const std::string_view part : {"a", "", "c", "d", "e", "f", "g", "h"}) {
    parts.push_back(part);
    const ObjectId id(*find_kind("table"), parts);
    const Path path = id.path();
    CHECK(std::vector<std::string_view>(path.begin(), path.end()) == parts);
    CHECK(path.front() == parts.front());
    CHECK(path.back() == parts.back());
    Path other = path;
    other[0] = "b";
    CHECK(path[0] == "a");
    CHECK(other[0] == "b");
  }
}
