#include "compiler/diff/likely_renames.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "compiler/bind/bind.h"
#include "compiler/parse/statement.h"

using namespace schemac;

namespace {

Catalog compiled(const std::string& text) {
  Sink sink;
  const auto file = std::make_shared<const SourceFile>("a.schema", text);
  Catalog catalog = schemac::bind({parse_file(file, sink)}, sink);
  for (const Diagnostic& diagnostic : sink.diagnostics()) UNSCOPED_INFO(diagnostic.message);
  REQUIRE_FALSE(sink.has_errors());
  return catalog;
}

bool nobody(const LikelyRename&) {
  return false;
}

std::string pairs(const std::string& from, const std::string& to,
                  const RuledOut& ruled_out = nobody) {
  std::string text;
  for (const LikelyRename& pair : likely_renames(compiled(from), compiled(to), ruled_out))
    text += (text.empty() ? "" : ", ") +
            (pair.value ? pair.value->from + " -> " + pair.value->to
                        : to_string(pair.objects.from) + " -> " + to_string(pair.objects.to));
  return text;
}

}  // namespace

TEST_CASE("a column that goes and one of the same type that comes") {
  CHECK(pairs("table t { id int; name text; }", "table t { id int; full_name text; }") ==
        "column public.t.name -> column public.t.full_name");
  CHECK(pairs("table t { id int; name text; }", "table t { id int; born date; }") == "");
  CHECK(pairs("table t { name text; }", "table t { name text; more text; }") == "");
  CHECK(pairs("table t { name text; }", "table t { name text?; }") == "");
}

TEST_CASE("of several columns of one type, those at the same place belong together") {
  CHECK(pairs("table t { a text; b text; }", "table t { x text; y text; }") ==
        "column public.t.a -> column public.t.x, column public.t.b -> column public.t.y");
}

TEST_CASE("a table with most of its columns under another name") {
  const std::string members = "{ id int primary key; name text; born date?; }";
  CHECK(pairs("table person " + members, "table customer " + members) ==
        "table public.person -> table public.customer");
  const std::string others = "{ id int primary key; total numeric; paid bool; }";
  CHECK(pairs("table person " + members, "table customer " + others) == "");
}

TEST_CASE("what stands in a table that goes, goes with it") {
  const std::string kept = " table k { id int; }";
  CHECK(pairs("table a { x text; }" + kept, "table b { y int; }" + kept) == "");
}

TEST_CASE("an applied `was` leaves nothing to guess") {
  const Catalog from = compiled("table t { name text; }");
  const Catalog to = compiled("table t { full_name text was name; }");
  const Renamed renamed = apply_renames(from, to, find_renames(from, to));
  CHECK(likely_renames(renamed.catalog, to, nobody).empty());
}

TEST_CASE("where the names are near, the types are enough") {
  CHECK(pairs("table t { id int; name text; }", "table t { id int; full_name text?; }") ==
        "column public.t.name -> column public.t.full_name");
  CHECK(pairs("table t { id int; name text; }", "table t { id int; website text?; }") == "");
}

TEST_CASE("a label that goes and one that comes between the same others") {
  const std::string was = "enum e { 'a', 'b', 'c' }";
  CHECK(pairs(was, "enum e { 'a', 'x', 'c' }") == "b -> x");
  CHECK(pairs(was, "enum e { 'a', 'x' was 'b', 'c' }") == "");
  CHECK(pairs(was, "enum e { 'a', 'c', 'x' }") == "");
  CHECK(pairs(was, "enum e { 'a', 'b', 'x', 'c' }") == "");
  CHECK(pairs(was, "enum e { 'x', 'y', 'c' }") == "a -> x, b -> y");
}

TEST_CASE("objects of two schemas are no candidates, and schemas with the same in them are") {
  const std::string table = "table t { x int; y int; }";
  CHECK(pairs("schema a; " + table, "schema b; " + table) == "schema a -> schema b");
  CHECK(pairs("schema a; table t { x int; }", "schema b; table u { x int; }") == "");
}

TEST_CASE("what was ruled out leaves room for another") {
  const std::string from = "table t { id int; a text; }";
  const std::string to = "table t { id int; b text; c text; }";
  CHECK(pairs(from, to) == "column public.t.a -> column public.t.b");
  const auto not_b = [](const LikelyRename& pair) { return pair.objects.to.name() == "b"; };
  CHECK(pairs(from, to, not_b) == "column public.t.a -> column public.t.c");
}

TEST_CASE("of very many tables, each finds its own") {
  std::string from, to;
  constexpr int kTables = 300;
  for (int i = 0; i < kTables; ++i) {
    const std::string name = "t" + std::to_string(i);
    const std::string members = " { id int; " + name + "_a int; " + name + "_b text; }\n";
    from += "table " + name + members;
    to += "table app_" + name + members;
  }
  const std::string found = pairs(from, to);
  CHECK(std::count(found.begin(), found.end(), '>') == kTables);
  CHECK(found.find("table public.t217 -> table public.app_t217") != std::string::npos);
}
