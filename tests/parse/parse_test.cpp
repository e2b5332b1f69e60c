#include <catch2/catch.hpp>

#include "tests/parse/parsing.h"

using namespace schemac;

TEST_CASE("statements are items ended by a semicolon or a block") {
  const Parsed result = parsed("table A.\"B c\" { id int?; check (x > 'it''s'); } extension e;");
  REQUIRE(result.errors.empty());
  CHECK(meaning(result.file.statements) ==
        "w<table>w<a>y<.>q<B c>{w<id>w<int>y<?>;w<check>g<w<x>y<>>s<'it''s'>>;}"
        "w<extension>w<e>;");
}

TEST_CASE("the last statement of a block needs no semicolon") {
  const Parsed result = parsed("enum e { 'a', 'b' was 'c' } type t { a int; b int }");
  REQUIRE(result.errors.empty());
  CHECK(result.file.statements[0].block[0].items.size() == 5);
  CHECK(result.file.statements[1].block.size() == 2);
}

TEST_CASE("tokens are PostgreSQL's") {
  const auto tokens = [](std::string_view text) {
    const Parsed result = parsed(std::string(text) + ";");
    CAPTURE(text);
    REQUIRE(result.errors.empty());
    return meaning(result.file.statements[0].items);
  };
  CHECK(tokens("Ünï_1$ Été") == "w<Ünï_1$>w<Été>");
  CHECK(tokens("\"a\"\"b\"") == "q<a\"b>");
  CHECK(tokens("e'a\\'b' N'x' b'01' U&'\\0041' x'1F'") ==
        "s<e'a\\'b'>s<N'x'>s<b'01'>s<U&'\\0041'>s<x'1F'>");
  CHECK(tokens("'a\\' b") == "s<'a\\'>w<b>");
  CHECK(tokens("1 1.5 .5 1e-3 1_000 0x1f 12ab") == "n<1>n<1.5>n<.5>n<1e-3>n<1_000>n<0x1f>n<12ab>");
  CHECK(tokens("$$a;b$$ $x$ $$ ' $x$ $1") == "b<a;b>b< $$ ' >y<$1>");
  CHECK(tokens("as$$ a$b$c") == "w<as$$>w<a$b$c>");
  CHECK(tokens("a::b := c => d->>e @> f && g") ==
        "w<a>y<::>w<b>y<:=>w<c>y<=>>w<d>y<->>>w<e>y<@>>w<f>y<&&>w<g>");
  CHECK(tokens("=-1 @-1 <=-- c\n*+ -") == "y<=>y<->n<1>y<@->n<1>y<<=>y<*>y<+>y<->");
  CHECK(tokens("a[1:2] b.c") == "w<a>y<[>n<1>y<:>n<2>y<]>w<b>y<.>w<c>");
  CHECK(tokens("a /* x /* y; */ { */ b // c\n c -- d;\n d */*;*/ e") == "w<a>w<b>w<c>w<d>y<*>w<e>");
}

TEST_CASE("positions count code points and survive a byte order mark") {
  const Parsed result = parsed("\xEF\xBB\xBFtable \"é\" {\n  ä int )\n}\n");
  CHECK(result.errors == "2:9 stray-closer");
  const Parsed span = parsed("// ü\ntable t { \"ö\" int; }");
  const Statement& member = span.file.statements[0].block[0];
  CHECK(member.items[1].span.text() == "int");
  CHECK(member.span.text() == "\"ö\" int;");
  CHECK(span.file.file->position(member.items[1].span.begin).column == 15);
}

TEST_CASE("every broken statement is reported once and the others are kept") {
  const Parsed result = parsed(
      "table t {\n"
      "  id int;\n"
      "  check (a > (0;\n"
      "  ;\n"
      "  a ) b ) c;\n"
      "  d \\ e;\n"
      "  ok int;\n"
      "}\n"
      "extension e;\n"
      "{ a; }\n"
      "enum f { 'a' }\n");
  CHECK(result.errors ==
        "3:14 unclosed-group 4:3 missing-declaration 5:5 stray-closer 6:5 unexpected-character "
        "10:1 missing-declaration");
  REQUIRE(result.file.statements.size() == 3);
  CHECK(meaning(result.file.statements[0].block) == "w<id>w<int>;w<ok>w<int>;");
}

TEST_CASE("what is missing is named where it belongs") {
  CHECK(errors("extension a") == "1:12 missing-semicolon");
  CHECK(errors("extension a\n\n// end\n") == "1:12 missing-semicolon");
  CHECK(errors("table t {\n  id int;\n") == "1:9 unclosed-block");
  CHECK(errors("table t {\n  id int") == "1:9 unclosed-block");
  CHECK(errors("a (b") == "1:3 unclosed-group");
  CHECK(errors("a 'b\n;") == "1:3 unterminated-string");
  CHECK(errors("a e'b\\'\n;") == "1:3 unterminated-string");
  CHECK(errors("a \"b\n;") == "1:3 unterminated-identifier");
  CHECK(errors("a $x$ b $$ ;") == "1:3 unterminated-body");
  CHECK(errors("a; /* b /* c */ ;") == "1:4 unterminated-comment");
  CHECK(errors("a; }\nb;") == "1:4 stray-closer");
  CHECK(errors("table t { \"\" int; b int; }") == "1:11 empty-identifier");
}

TEST_CASE("a block that is never closed ends where the next declaration begins") {
  const Parsed result =
      parsed("table a {\n  id int;\n\n/// Doc.\ntable b {\n  id int;\n}\nextension e;\n");
  CHECK(result.errors == "1:9 unclosed-block");
  REQUIRE(result.file.statements.size() == 2);
  CHECK(result.file.statements[0].doc == "Doc.");
}

TEST_CASE("text that is none is refused before anything else") {
  CHECK(errors(std::string_view("a;\0b", 4)) == "1:3 nul-byte");
  CHECK(errors("a;\n'\xC3(") == "2:2 invalid-utf8");
  CHECK(errors("\xED\xA0\x80") == "1:1 invalid-utf8");
  CHECK(errors("\xF4\x90\x80\x80") == "1:1 invalid-utf8");
  CHECK(errors("ab \xE2\x82") == "1:4 invalid-utf8");
  CHECK(errors("") == "");
  CHECK(errors("\xEF\xBB\xBF") == "");
}

TEST_CASE("documentation stands above a declaration") {
  const Parsed result =
      parsed("/// One.\n///\n///   Two \n//// no\ntable t {\n  /// Three\n  id int;\n}\n");
  REQUIRE(result.errors.empty());
  CHECK(result.file.statements[0].doc == "One.\n\n  Two ");
  CHECK(result.file.statements[0].doc_span.begin == 0);
  CHECK(result.file.statements[0].block[0].doc == "Three");
  CHECK(errors("a; /// b\nc;") == "1:4 misplaced-doc");
  CHECK(errors("a /// b\n;") == "1:3 misplaced-doc");
  CHECK(errors("t { a; /// b\n}") == "1:8 misplaced-doc");
  CHECK(errors("/// b\n") == "1:1 misplaced-doc");
  CHECK(errors("a (b /// c\n);") == "");
}
