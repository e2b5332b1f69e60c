#include "compiler/ir/json.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "compiler/ir/json_writer.h"
#include "compiler/kinds/column.h"
#include "compiler/kinds/enum.h"
#include "compiler/kinds/exclusion.h"
#include "compiler/kinds/function.h"
#include "compiler/kinds/index.h"
#include "compiler/kinds/sequence.h"
#include "compiler/kinds/table.h"
#include "compiler/kinds/trigger.h"

using namespace schemac;
using Json = nlohmann::ordered_json;

namespace {

template <class T>
Object object(const KindInfo& kind, std::vector<std::string_view> path, const T& fields) {
  Object result;
  result.id = ObjectId(kind, path);
  result.values = write_fields(fields);
  return result;
}

// One value of each shape, so that every field of every kind is exercised by its table.
Value sample(const FieldInfo& field);
Value sample_one(const FieldInfo& field) {
  switch (field.shape) {
    case Shape::flag:
      return true;
    case Shape::integer:
      return std::int64_t{-7};
    case Shape::word:
      return std::string(field.words.back());
    case Shape::number:
      return std::string("0.25");
    case Shape::text:
    case Shape::body:
      return std::string("it's \n\"ü\"");
    case Shape::ident:
      return Ident("Na me");
    case Shape::qname:
    case Shape::operation:
      return QName{Ident("s"), Ident("n")};
    case Shape::type:
      return TypeRef{{{}, Ident("numeric")}, {"12", "2"}, 1};
    case Shape::expr:
    case Shape::value:
    case Shape::key:
    case Shape::query:
    case Shape::statements:
      return SqlText{"a  > 1", "(a > 1)", 15};
    case Shape::path:
      return List{Ident("s"), Ident("t"), Ident("c")};
    case Shape::setting:
    case Shape::record: {
      List values;
      for (const FieldInfo& inner : field.record)
        values.push_back(inner.role == Role::fact ? sample(inner) : Value{});
      return values;
    }
  }
  return {};
}
Value sample(const FieldInfo& field) {
  if (field.listing == Listing::one || field.listing == Listing::group) return sample_one(field);
  return List{sample_one(field), sample_one(field)};
}

// An id of as many parts as the kind's have, the last of which is `name`.
ObjectId an_id(const KindInfo& kind, std::string_view name) {
  const auto length = [](const KindInfo& of) {
    std::size_t parts = 0;
    const KindInfo* at = &of;
    for (; at->scope == Scope::parent || at->scope == Scope::single; at = find_kind(at->parents[0]))
      parts += at->scope == Scope::parent ? 1 : 0;
    return parts + (at->scope == Scope::database ? 1 : at->scope == Scope::schema ? 2 : 3);
  };
  if (kind.scope == Scope::target) return ObjectId(kind, {"table", "s", name});
  if (kind.scope == Scope::attached) return ObjectId(kind, {"table", "s", "a.b", name});
  std::vector<std::string_view> path(length(kind) - 1, "a.b");
  path.push_back(name);
  return ObjectId(kind, path);
}

Catalog every_kind() {
  Catalog catalog;
  catalog.server_version = 15;
  for (const KindInfo* kind : all_kinds()) {
    Object full;
    full.id = an_id(*kind, kind->name);
    for (std::size_t i = 0; i < kind->fields.size(); ++i)
      if (kind->fields[i].role == Role::fact) full.values.set(i, sample(kind->fields[i]));
    full.position = kind->recorded_order ? 3 : 0;
    full.parent = ObjectId(table_kind, {"s", "a.b"});
    full.depends = {{ObjectId(table_kind, {"s", "x"}), EdgeKind::hard},
                    {ObjectId(table_kind, {"s", "y"}), EdgeKind::weak}};
    catalog.add(full);
    Object empty;
    empty.id = an_id(*kind, "empty");
    catalog.add(empty);
  }
  catalog.sort();
  return catalog;
}

bool equal(const Object& a, const Object& b) {
  return a.id == b.id && a.parent == b.parent && a.values == b.values && a.depends == b.depends &&
         a.position == b.position;
}

std::string error_of(const char* text) {
  try {
    catalog_from_json(text);
  } catch (const JsonError& error) {
    return error.where + ": " + error.reason;
  }
  return "none";
}

}  // namespace

TEST_CASE("every field of every kind survives JSON") {
  const Catalog catalog = every_kind();
  std::string text;
  JsonWriter writer(text);
  write_json(writer, catalog);
  const Json json = to_json(catalog);
  CHECK(json.dump() == text);
  const Catalog back = catalog_from_json(json.dump());
  CHECK(back.server_version == 15);
  REQUIRE(back.size() == catalog.size());
  for (std::size_t i = 0; i < catalog.size(); ++i) {
    INFO(to_string(catalog.objects()[i].id));
    CHECK(equal(back.objects()[i], catalog.objects()[i]));
  }
  CHECK(to_json(back).dump() == json.dump());
  CHECK(fingerprint(back) == fingerprint(catalog));
}

TEST_CASE("intents and absent values are no part of a record") {
  Column column;
  column.type = {{{}, Ident("text")}, {}, 0};
  column.backfill = SqlText{"'x'", "", 0};
  Object with = object(column_kind, {"s", "t", "c"}, column);
  with.was = Ident("old");
  CHECK(to_json(with).dump() ==
        R"({"id":["column","s","t","c"],"position":0,"fields":{"type":{"name":"text"}}})");
  column.backfill.reset();
  Catalog a, b;
  a.add(with);
  b.add(object(column_kind, {"s", "t", "c"}, column));
  CHECK(fingerprint(a) == fingerprint(b));
}

TEST_CASE("JSON reads as the model does") {
  Index index;
  index.unique = true;
  index.keys.resize(1);
  index.keys[0].column = Ident("a");
  index.keys[0].descending = true;
  index.with = {{"fillfactor", "80"}};
  CHECK(
      to_json(object(index_kind, {"s", "i"}, index)).dump() ==
      R"({"id":["index","s","i"],"fields":{"unique":true,"keys":[{"column":"a","descending":true}],"with":[{"name":"fillfactor","value":"80"}]}})");
}

TEST_CASE("a fingerprint changes with every field") {
  const std::string whole = fingerprint(every_kind());
  CHECK(whole.size() == 32);
  std::set<std::string> seen{whole};
  Catalog catalog = every_kind();
  for (Object& object : catalog.objects()) {
    for (std::size_t i = 0; i < object.kind().fields.size(); ++i) {
      if (object.values[i].absent()) continue;
      const Value kept = object.values[i];
      object.values.set(i, {});
      INFO(to_string(object.id) << " " << object.kind().fields[i].name);
      CHECK(seen.insert(fingerprint(catalog)).second);
      object.values.set(i, kept);
    }
    const auto kept = std::exchange(object.depends, {});
    if (!kept.empty()) CHECK(seen.insert(fingerprint(catalog)).second);
    object.depends = kept;
  }
  CHECK(fingerprint(catalog) == whole);
  Catalog reordered;
  reordered.server_version = catalog.server_version;
  for (auto at = catalog.objects().rbegin(); at != catalog.objects().rend(); ++at)
    reordered.add(*at);
  CHECK(fingerprint(reordered) == whole);
}

TEST_CASE("what is wrong with a document is said with its place") {
  CHECK(error_of("[]") == "/: an object is expected");
  CHECK(error_of("{}") == "/: `server` is missing");
  CHECK(error_of(R"({"server": 1e3, "objects": []})") == "/server: an integer is expected");
  CHECK(error_of(R"({"server": 15, "objects": {}})") == "/objects: an array is expected");
  CHECK(error_of(R"({"server": 15, "objects": [], "more": 1})") ==
        "/more: this member is not known");
  CHECK(error_of(R"({"server": 15, "objects": [{"id": ["tabel", "s", "t"]}]})") ==
        "/objects/0/id/0: kind `tabel` is not known to this version");
  CHECK(error_of(R"({"server": 15, "objects": [{"id": ["table"]}]})") ==
        "/objects/0/id: a kind and a path are expected");
  CHECK(error_of(R"({"server": 15, "objects": [{"id": ["table", "t"]}]})") ==
        "/objects/0/id: the path of kind `table` has 2 parts");
  CHECK(error_of(R"({"server": 15, "objects": [{"id": ["column", "s", "t", "c", "d"]}]})") ==
        "/objects/0/id: the path of kind `column` has 3 parts");
  CHECK(error_of(R"({"server": 15, "objects": [{"id": ["comment", "tabel", "s", "t"]}]})") ==
        "/objects/0/id/1: a kind is expected here");
  CHECK(error_of(R"({"server": 15, "objects": [{"id": ["comment", "table", "t"]}]})") ==
        "/objects/0/id: the path of kind `comment` has 3 parts");
  CHECK(error_of(
            R"({"server": 15, "objects": [{"id": ["table", "s", "t"], "fields": {"x/y": 1}}]})") ==
        "/objects/0/fields/x~1y: this member is not known");
  CHECK(
      error_of(
          R"({"server": 15, "objects": [{"id": ["table", "s", "t"], "fields": {"unlogged": 1}}]})") ==
      "/objects/0/fields/unlogged: true or false is expected");
  CHECK(
      error_of(
          R"({"server": 15, "objects": [{"id": ["trigger", "s", "t", "x"], "fields": {"timing": "later"}}]})") ==
      "/objects/0/fields/timing: `later` is none of the words of this field");
  CHECK(
      error_of(
          R"({"server": 15, "objects": [{"id": ["table", "s", "t"]}, {"id": ["table", "s", "t"]}]})") ==
      "/objects/1: table s.t appears twice");
  CHECK(
      error_of(
          R"({"server": 15, "objects": [{"id": ["table", "s", "t"], "depends": [{"on": ["table", "s", "u"], "weak": 0}]}]})") ==
      "/objects/0/depends/0/weak: true or false is expected");
}
