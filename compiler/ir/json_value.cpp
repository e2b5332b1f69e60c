#include "compiler/ir/json_value.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace schemac {
namespace {

std::string escaped(std::string_view key) {
  std::string out;
  for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

// Where `text` stops being JSON; the fast reader does not tell.
std::size_t error_offset(std::string_view text) {
  try {
    [[maybe_unused]] const auto parsed = nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    return error.byte == 0 ? 0 : error.byte - 1;
  }
  return 0;
}

}  // namespace

std::string JsonValue::where() const {
  if (outer_ == nullptr) return "";
  return outer_->where() + "/" +
         (outer_->json_.is_array() ? std::to_string(index_) : escaped(key_));
}

void JsonValue::fail(std::string reason) const {
  throw JsonError{outer_ == nullptr ? "/" : where(), std::move(reason)};
}

simdjson::dom::object JsonValue::object() const {
  if (!json_.is_object()) fail("an object is expected");
  return json_.get_object();
}

simdjson::dom::array JsonValue::array() const {
  if (!json_.is_array()) fail("an array is expected");
  return json_.get_array();
}

std::string JsonValue::text() const {
  if (!json_.is_string()) fail("a string is expected");
  return std::string(json_.get_string().value());
}

std::string JsonValue::name() const {
  std::string result = text();
  if (result.find('\0') != std::string::npos) fail("a name holds no NUL");
  return result;
}

bool JsonValue::boolean() const {
  if (!json_.is_bool()) fail("true or false is expected");
  return json_.get_bool();
}

std::int64_t JsonValue::integer() const {
  if (!json_.is_int64()) fail("an integer is expected");
  return json_.get_int64();
}

int JsonValue::small() const {
  const std::int64_t value = integer();
  if (value < 0 || value > INT32_MAX) fail("a small number is expected");
  return static_cast<int>(value);
}

JsonValue JsonValue::member(std::string_view name) const {
  auto found = object().at_key(name);
  if (found.error() != 0) fail("`" + std::string(name) + "` is missing");
  return {found.value(), *this, name, 0};
}

void JsonValue::only(std::initializer_list<std::string_view> known) const {
  each_member([&](std::string_view name, const JsonValue& value) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      value.fail("this member is not known");
  });
}

JsonValue JsonValue::item(std::size_t index) const {
  return {array().at(index).value(), *this, {}, index};
}

JsonValue JsonReader::read(std::string_view text) {
  simdjson::dom::element json;
  if (parser_.parse(text.data(), text.size()).get(json) != simdjson::SUCCESS)
    throw JsonError{"", "not JSON", error_offset(text)};
  return JsonValue(json);
}

}  // namespace schemac
