#include "compiler/diff/likely_renames.h"

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

std::string pairs(const std::string& from, const std::string& to) {
  std::string text;
  for (const Rename& rename : likely_renames(compiled(from), compiled(to)))
    text += (text.empty() ? "" : ", ") + to_string(rename.from) + " -> " + to_string(rename.to);
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
  CHECK(likely_renames(renamed.catalog, to).empty());
}
