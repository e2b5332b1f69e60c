#include "base/sql.h"

#include <catch2/catch.hpp>

using namespace schemac;

namespace {

std::string quoted(std::string_view text, char quote) {
  std::string out(1, quote);
  for (char c : text) out += c == quote ? std::string(2, quote) : std::string(1, c);
  return out + quote;
}
constexpr Dialect kTest{"test", [](std::string_view name) { return quoted(name, '"'); },
                        [](std::string_view value) { return quoted(value, '\''); }};

template <class T>
concept FitsIntoSql = requires(Sql target, T part) {
  target.add(part);
};

}  // namespace

TEST_CASE("parts are quoted by their type") {
  const Sql statement = sql("COMMENT ON ", QName{Ident("s"), Ident("a\"b")}, " IS ",
                            Literal{"it's"}, " ", 42, Fragment{" x > 'y'"});
  CHECK(render(statement, kTest) == "COMMENT ON \"s\".\"a\"\"b\" IS 'it''s' 42 x > 'y'");
}

TEST_CASE("a name without a schema is not qualified") {
  CHECK(render(sql(QName{{}, Ident("a")}, ".", Ident("b")), kTest) == "\"a\".\"b\"");
}

TEST_CASE("lists are joined by their separator") {
  CHECK(render(join({sql("a"), sql(Ident("b")), sql(1)}, ", "), kTest) == "a, \"b\", 1");
  CHECK(join({}, ", ").empty());
}

TEST_CASE("a plain string is no part of SQL") {
  STATIC_REQUIRE_FALSE(FitsIntoSql<std::string>);
  STATIC_REQUIRE_FALSE(FitsIntoSql<const char*>);
  STATIC_REQUIRE_FALSE(FitsIntoSql<bool>);
  STATIC_REQUIRE(FitsIntoSql<Ident>);
}
