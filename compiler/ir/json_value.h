#pragma once
// Reading JSON: values that know where they stand, so that an error can say it.

#include <simdjson.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "compiler/ir/json.h"

namespace schemac {

// A place in a document: what stands there, and how it is reached from a place that outlives this
// one. The pointer is put together only when there is something to complain about. Everything that
// is not as expected throws JsonError.
class JsonValue {
 public:
  // The whole of a document.
  explicit JsonValue(simdjson::dom::element json) : json_(json) {}

  [[noreturn]] void fail(std::string reason) const;

  bool is_text() const { return json_.is_string(); }
  bool is_null() const { return json_.is_null(); }
  std::string text() const;
  // A name; NUL separates the parts of ids and so is no part of one.
  std::string name() const;
  bool boolean() const;
  std::int64_t integer() const;
  int small() const;  // from 0, fits an int

  // -- Of an object; a member must not outlive it ------------------------------------------------
  bool has(std::string_view member) const { return object().at_key(member).error() == 0; }
  JsonValue member(std::string_view name) const;
  // Refuses members that nobody reads: a misspelled one must not pass unseen.
  void only(std::initializer_list<std::string_view> known) const;
  // visit(name, value)
  template <class Visit>
  void each_member(Visit visit) const {
    for (const simdjson::dom::key_value_pair member : object())
      visit(member.key, JsonValue(member.value, *this, member.key, 0));
  }

  // -- Of an array; an item must not outlive it --------------------------------------------------
  std::size_t size() const { return array().size(); }
  JsonValue item(std::size_t index) const;
  template <class Visit>
  void each_item(Visit visit) const {
    std::size_t index = 0;
    for (const simdjson::dom::element item : array()) visit(JsonValue(item, *this, {}, index++));
  }

 private:
  JsonValue(simdjson::dom::element json, const JsonValue& outer, std::string_view key,
            std::size_t index)
      : json_(json), outer_(&outer), key_(key), index_(index) {}

  simdjson::dom::object object() const;
  simdjson::dom::array array() const;
  std::string where() const;

  simdjson::dom::element json_;
  const JsonValue* outer_ = nullptr;
  std::string_view key_;   // in an object
  std::size_t index_ = 0;  // in an array
};

// Reads documents one after the other; the value of one is good until the next is read.
class JsonReader {
 public:
  // Throws JsonError with the offset of what is no JSON.
  JsonValue read(std::string_view text);

 private:
  simdjson::dom::parser parser_;
};

ObjectId id_from_json(const JsonValue& json);
Object object_from_json(const JsonValue& json);

}  // namespace schemac
