#pragma once
// Writing JSON as it comes, without a tree of it: members in the order of the calls, all on one
// line but where a new one is asked for.

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/ir/json.h"

namespace schemac {

// Appends to a string, which may be taken away and emptied between any two calls. Objects and
// arrays are closed by who opened them.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  // Before the value of each member of an object. A key is a word of ours.
  void key(std::string_view name);

  // Throws std::runtime_error where the text is no UTF-8.
  void text(std::string_view value);
  void number(std::int64_t value);
  // A bool and nothing that merely converts to one.
  void flag(std::same_as<bool> auto value) { word(value ? "true" : "false"); }
  void null() { word("null"); }

  // What comes next, be it a bracket that closes, begins a line behind so many blanks. A key that
  // does has a blank behind its colon.
  void line(std::size_t indent) { indent_ = indent; }

  // -- Members and arrays in one word ------------------------------------------------------------
  void member(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  void member(std::string_view name, const ObjectId& id) {
    key(name);
    write_json(*this, id);
  }
  void member(std::string_view name, std::same_as<bool> auto value) {
    key(name);
    flag(value);
  }
  void member(std::string_view name, std::signed_integral auto value) {
    key(name);
    number(value);
  }
  // write(item) writes one value.
  template <class Items, class Write>
  void array(const Items& items, Write write) {
    begin_array();
    for (const auto& item : items) write(item);
    end_array();
  }
  template <class Items>
  void texts(const Items& items) {
    array(items, [&](std::string_view item) { text(item); });
  }

 private:
  void open(char bracket) {
    separate();
    out_ += bracket;
    first_ = true;
  }
  void close(char bracket) {
    break_line();
    out_ += bracket;
    first_ = false;
  }
  void word(std::string_view value) {
    separate();
    out_ += value;
  }
  // A comma before all values of an array, and all keys of an object, but the first.
  void separate() {
    if (!first_) out_ += ',';
    first_ = false;
    break_line();
  }
  void break_line() {
    if (!indent_) return;
    out_ += '\n';
    out_.append(*indent_, ' ');
    indent_.reset();
  }

  std::string& out_;
  bool first_ = true;
  std::optional<std::size_t> indent_;  // of the line that comes next
};

}  // namespace schemac
