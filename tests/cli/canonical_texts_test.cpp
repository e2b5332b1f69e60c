#include "cli/canonical_texts.h"

#include <catch2/catch.hpp>

#include "compiler/bind/bind.h"
#include "compiler/parse/statement.h"

using namespace schemac;

namespace {

Catalog compiled(const std::string& text) {
  Sink sink;
  const auto file = std::make_shared<const SourceFile>("a.schema", text);
  Catalog catalog = schemac::bind({parse_file(file, sink)}, sink);
  REQUIRE_FALSE(sink.has_errors());
  return catalog;
}

Value seen(const Value& value) {
  if (const SqlText* text = value.sql())
    return SqlText{text->written, "<" + text->written + ">", 15};
  if (const List* list = value.list()) {
    List result;
    for (const Value& item : *list) result.push_back(seen(item));
    return result;
  }
  return value;
}

// The catalog as a server would have recorded it.
Catalog recorded(const std::string& text) {
  Catalog catalog = compiled(text);
  for (Object& object : catalog.objects())
    for (std::size_t i = 0; i < object.kind().fields.size(); ++i)
      object.values.set(i, seen(object.values[i]));
  return catalog;
}

// What is asked after an edit, tables and views alone.
std::string asked(const std::string& before, const std::string& after) {
  Catalog declared = compiled(after);
  std::string text;
  const Catalog asked = carry_canonical_texts(declared, recorded(before));
  for (const Object& object : asked.objects())
    if (object.kind().spaces.relation)
      text += (text.empty() ? "" : " ") + std::string(object.id.name());
  return text;
}

const std::string kChecked = "table a { id int; n int; check (n > 0); }\n";
const std::string kView = "view v as $$ select * from a $$;\n";
const std::string kOther = "table b { id int; m int; check (m > 0); }\n";

}  // namespace

TEST_CASE("what has not changed asks nothing and knows its canonical texts") {
  Catalog declared = compiled(kChecked + kView);
  CHECK(carry_canonical_texts(declared, recorded(kChecked + kView)).empty());
  std::size_t texts = 0;
  for (const Object& object : declared.objects())
    for (const Value& value : object.values)
      if (const SqlText* text = value.sql()) {
        CHECK(text->canonical == "<" + text->written + ">");
        ++texts;
      }
  CHECK(texts == 2);
}

TEST_CASE("a change asks about itself, what needs it and what it needs, not about the rest") {
  const std::string wider = "table a { id int; n bigint; check (n > 0); }\n";
  CHECK(asked(kChecked + kView + kOther, wider + kView + kOther) == "a v");
  CHECK(asked(kChecked + kView + kOther,
              kChecked + kOther + "view v as $$ select id from a $$;\n") == "a v");
  const std::string more = "table a { id int; n int; x int; check (n > 0); }\n";
  CHECK(asked(kChecked + kView + kOther, more + kView + kOther) == "a v");
  CHECK(asked(kChecked + kView, kChecked + kView + kOther) == "b");
}

TEST_CASE("a table's texts stand as long as only what its keys refer to has changed") {
  const auto tables = [](const std::string& more) {
    return "table a { id int primary key; " + more +
           "}\ntable r { n int references a; check (n > 0); }\n"
           "view w as $$ select n from r $$;\n";
  };
  CHECK(asked(tables(""), tables("x int; ")) == "a a_pkey");
}

TEST_CASE("the order of columns counts, and so does a function that goes") {
  const std::string turned = "table a { n int; id int; check (n > 0); }\n";
  CHECK(asked(kChecked + kView, turned + kView) == "a v");
  const std::string function =
      "function lower(t int) returns int language sql as $$ select t $$;\n";
  const std::string uses = "table c { t int; check (lower(t) > 0); }\n";
  CHECK(asked(function + uses + kOther, uses + kOther) == "c");
}

TEST_CASE("what no server has seen is asked") {
  Catalog declared = compiled(kChecked);
  CHECK_FALSE(carry_canonical_texts(declared, compiled(kChecked)).empty());
}
