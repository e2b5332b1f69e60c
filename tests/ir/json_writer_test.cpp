#include "compiler/ir/json_writer.h"

#include <catch2/catch.hpp>
#include <limits>
#include <nlohmann/json.hpp>

using namespace schemac;
using Json = nlohmann::ordered_json;

namespace {

template <class Write>
std::string written(Write write) {
  std::string out;
  JsonWriter json(out);
  write(json);
  return out;
}

}  // namespace

TEST_CASE("texts and numbers are written as the library of trees writes them") {
  std::string all;
  for (int c = 0; c < 128; ++c) {
    const std::string one(1, static_cast<char>(c));
    all += one;
    CHECK(written([&](JsonWriter& json) { json.text(one); }) == Json(one).dump());
  }
  for (const std::string& text : {std::string(), all, all + "ü", std::string("a\xf0\x9f\x90\x98z"),
                                  std::string("plain"), std::string("\u2028\ufeff\x7f")})
    CHECK(written([&](JsonWriter& json) { json.text(text); }) == Json(text).dump());
  using Limits = std::numeric_limits<std::int64_t>;
  for (const std::int64_t number :
       {Limits::min(), std::int64_t{-1}, std::int64_t{0}, Limits::max()})
    CHECK(written([&](JsonWriter& json) { json.number(number); }) == Json(number).dump());
}

TEST_CASE("what is no UTF-8 is refused") {
  for (const char* text : {"\xff", "a\xc3", "\xc0\xaf", "\xed\xa0\x80"})
    CHECK_THROWS_AS(written([&](JsonWriter& json) { json.text(text); }), std::runtime_error);
}

TEST_CASE("members and items are parted, and begin lines where that is asked for") {
  const std::string text = written([](JsonWriter& json) {
    json.begin_object();
    json.line(2);
    json.member("a", "x");
    json.line(2);
    json.key("b");
    json.begin_array();
    json.end_array();
    json.line(2);
    json.key("c");
    json.begin_array();
    json.line(4);
    json.begin_object();
    json.member("d", true);
    json.member("e", -1);
    json.end_object();
    json.line(4);
    json.texts(std::vector<std::string>{"y", "z"});
    json.line(2);
    json.end_array();
    json.key("f");
    json.null();
    json.line(0);
    json.end_object();
  });
  CHECK(text ==
        "{\n  \"a\": \"x\",\n  \"b\": [],\n  \"c\": [\n    {\"d\":true,\"e\":-1},\n"
        "    [\"y\",\"z\"]\n  ],\"f\":null\n}");
  CHECK(Json::accept(text));
}
