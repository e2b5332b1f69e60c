#include "compiler/print/layout.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "compiler/parse/words.h"
#include "tests/parse/parsing.h"

using namespace schemac;

namespace {

std::string formatted(std::string_view text) {
  const Parsed once = parsed(text);
  REQUIRE(once.errors == "");
  const Formatted result = formatted(once);
  CHECK(result.wrong == "");
  return result.text;
}

Statement made(std::vector<Item> items) {
  Statement statement;
  statement.items = std::move(items);
  return statement;
}

}  // namespace

TEST_CASE("the canonical form has one statement a line and aligned types") {
  CHECK(formatted("TABLE  Customer{ID bigint IDENTITY PRIMARY KEY;full_name text ?\n collate \"C\";"
                  "Unique(id , full_name);}") ==
        "table customer {\n"
        "  id        bigint identity primary key;\n"
        "  full_name text?\n"
        "    collate \"C\";\n"
        "  unique (id, full_name);\n"
        "}\n");
}

TEST_CASE("blanks follow the tokens") {
  CHECK(formatted("a b :: c . d [ ] ? , e;") == "a b::c.d[]?, e;\n");
  CHECK(formatted("a numeric ( 12 , 2 );") == "a numeric (12, 2);\n");
  CHECK(formatted("a numeric( 12 , 2 ) default now( );") == "a numeric(12,2) default now();\n");
  CHECK(formatted("f(a int,b text);") == "f(a int, b text);\n");
  CHECK(formatted("a start=-1 x - 1 y-1;") == "a start = -1 x - 1 y - 1;\n");
  CHECK(formatted("with(fillfactor=80,b='c');") == "with (fillfactor = 80, b = 'c');\n");
  CHECK(formatted("a 'b' 'c' $$d$$ ;") == "a 'b' 'c' $$d$$;\n");
  CHECK(formatted("a ? ? . 1 .b;") == "a? ? . 1 .b;\n");
}

TEST_CASE("SQL in parentheses and bodies stays as written") {
  CHECK(formatted("a check(  x  >  Now( )  );") == "a check (x  >  Now( ));\n");
  CHECK(formatted("a as $x$\n  B $$ \n$x$ ;") == "a as $x$\n  B $$ \n$x$;\n");
  CHECK(formatted("t {\n check (\n    a -- one\n    or b\n  ) ;}") ==
        "t {\n  check (\n    a -- one\n    or b\n  );\n}\n");
}

TEST_CASE("quotes stay where a bare word would be something else") {
  CHECK(formatted("t {\n\"index\" int; \"Name\" int; \"plain\" int; \"order\" int; \"text\" int;"
                  " a \"char\"; b \"text\"; } ") ==
        "t {\n"
        "  \"index\" int;\n"
        "  \"Name\"  int;\n"
        "  plain   int;\n"
        "  \"order\" int;\n"
        "  text    int;\n"
        "  a       \"char\";\n"
        "  b       \"text\";\n"
        "}\n");
  CHECK(needs_quotes("select"));
  CHECK(needs_quotes("using"));
  CHECK_FALSE(needs_quotes("name"));
  CHECK_FALSE(needs_quotes("language"));
}

TEST_CASE("comments stay where they stand") {
  const std::string text =
      "// file\n"
      "\n"
      "// about a\n"
      "/// Doc\n"
      "///\n"
      "///   more\n"
      "table a {  // opens\n"
      "  // first\n"
      "  x int;  // behind x\n"
      "\n"
      "  /* two\n"
      "     lines */\n"
      "  y int /* in y */ default 0;  /* 1 */ // 2\n"
      "  // last\n"
      "}  // closed\n"
      "enum b {\n"
      "  'a', // for a\n"
      "  // for b\n"
      "  'b'  // end\n"
      "  // at the end\n"
      "}\n"
      "\n"
      "// at the very end\n";
  CHECK(formatted(text) == text);
}

TEST_CASE("comments that stand oddly are kept") {
  CHECK(formatted("a // c\n;b /* d */ { }") == "a;  // c\nb {  /* d */\n}\n");
  CHECK(formatted("a;/* b's */b;") == "a;\n/* b's */\nb;\n");
  CHECK(formatted("a { b /* c */ }") == "a {\n  b;  /* c */\n}\n");
  CHECK(formatted("a { /* c */ }") == "a {  /* c */\n}\n");
  CHECK(formatted("a // b\r c;") == "a // b\n  c;\n");
}

TEST_CASE("at most one empty line stands between statements") {
  CHECK(formatted("\n\n\na;\n\n\n\nb;c;\n\n// d\n\n\ne {\n\n\nf;\n\n}\n\n") ==
        "a;\n\nb;\nc;\n\n// d\n\ne {\n  f;\n}\n");
}

TEST_CASE("a block stays on one line where it was and fits") {
  CHECK(formatted("type t { a int; b char(3); }") == "type t { a int; b char(3); }\n");
  CHECK(formatted("type t { a int\n}") == "type t {\n  a int;\n}\n");
  CHECK(formatted("enum e {\n'a','b' }") == "enum e {\n  'a', 'b'\n}\n");
  CHECK(formatted("schema s {}") == "schema s {}\n");
}

TEST_CASE("a list too wide for a line has one element a line") {
  const std::string word(30, 'x');
  const std::string label = "'" + word + "'";
  CHECK(formatted("enum e { " + label + " , " + label + ", " + label + " }") ==
        "enum e {\n  " + label + ",\n  " + label + ",\n  " + label + "\n}\n");
}

TEST_CASE("trees without a source are laid out as parsed ones") {
  Statement table = made({word_item("table")});
  add_qname(table.items, "shop", "order");
  table.has_block = true;
  table.has_doc = true;
  table.doc = "One.\n\nTwo.";
  table.block.push_back(made({name_item("index"), word_item("varchar(3)[]"), symbol_item("?")}));
  table.block.push_back(
      made({name_item("price"), word_item("int"), word_item("default"), symbol_item("-"),
            tight(number_item("1")), word_item("check"), sql_item("price > 0 or (a)")}));
  table.block.push_back(
      made({word_item("unique"), group_item({name_item("a"), symbol_item(","), name_item("B")})}));
  Statement list = made({string_item("it's"), symbol_item(","), string_item("b")});
  Statement labels = made({word_item("enum"), name_item("e")});
  labels.has_block = true;
  labels.blank_before = true;
  labels.block.push_back(list);
  Statement function = made({word_item("function"), name_item("f"), tight(group_item({})),
                             word_item("as"), body_item("select $$a$$")});
  const std::string text = layout({table, labels, function});
  CHECK(text ==
        "/// One.\n"
        "///\n"
        "/// Two.\n"
        "table shop.\"order\" {\n"
        "  \"index\" varchar(3)[]?;\n"
        "  price   int default -1 check (price > 0 or (a));\n"
        "  unique (a, \"B\");\n"
        "}\n"
        "\n"
        "enum e { 'it''s', 'b' }\n"
        "function f() as $body$select $$a$$$body$;\n");
  CHECK(formatted(text) == text);
}

TEST_CASE("the example of the language is formatted to itself but for its comments' places") {
  std::ifstream in(SCHEMAC_SOURCE_DIR "/tests/parse/inputs/language.schema");
  std::stringstream text;
  text << in.rdbuf();
  REQUIRE_FALSE(text.str().empty());
  const std::string once = formatted(text.str());
  CHECK(once.find("type money_amount { amount numeric(12,2); currency char(3); }  // composite") !=
        std::string::npos);
  CHECK(once.find("table \"order\" {\n  id          bigint identity;\n  placed_at   timestamptz "
                  "default now();\n") != std::string::npos);
}
