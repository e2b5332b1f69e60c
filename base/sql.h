#pragma once
// SQL assembled from typed parts. A part is a keyword written in our source, an identifier, a
// qualified name, a literal, a number, or a fragment that its author wrote as SQL; a plain string
// does not compile into it, so nothing reaches a server unquoted by accident. How parts are quoted
// is known only to the Dialect that renders them.

#include <concepts>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/ident.h"

namespace schemac {

// A string value, rendered as a quoted literal.
struct Literal {
  std::string value;
};

// SQL that the schema's author (or the server) wrote: passes through untouched.
struct Fragment {
  std::string text;
};

// A word from a closed vocabulary of the field tables (`restrict`, `btree`): rendered upper case
// where it is a keyword of SQL. Construct it from table data only.
struct Word {
  std::string text;
};

class Sql {
 public:
  // What a part is, and so how it is quoted.
  enum class Form : char { keywords, identifier, literal, fragment, word };

  Sql() = default;

  // Text that stands in this program's source: an array, so neither a std::string nor a pointer
  // into one fits.
  template <std::size_t N>
  void add(const char (&keywords)[N]) {
    append(Form::keywords, {keywords, N - 1});
  }
  void add(const Ident& name) { append(Form::identifier, name.text); }
  void add(const QName& name) {
    if (!name.schema.empty()) {
      add(name.schema);
      add(".");
    }
    add(name.name);
  }
  void add(const Literal& literal) { append(Form::literal, literal.value); }
  void add(const Fragment& fragment) { append(Form::fragment, fragment.text); }
  void add(const Word& word) { append(Form::word, word.text); }
  template <std::integral I>
  requires(!std::same_as<I, bool>) void add(I number) {
    append(Form::keywords, std::to_string(number));
  }
  void add(const Sql& other) { parts_.append(other.parts_.view()); }

  // The room that a part takes, at most.
  template <std::size_t N>
  static std::size_t room(const char (&)[N]) {
    return kHead + N - 1;
  }
  static std::size_t room(const Ident& name) { return kHead + name.text.size(); }
  static std::size_t room(const QName& name) {
    const std::size_t qualifier = name.schema.empty() ? 0 : room(name.schema) + room(".");
    return qualifier + room(name.name);
  }
  static std::size_t room(const Literal& literal) { return kHead + literal.value.size(); }
  static std::size_t room(const Fragment& fragment) { return kHead + fragment.text.size(); }
  static std::size_t room(const Word& word) { return kHead + word.text.size(); }
  template <std::integral I>
  static std::size_t room(I) {
    return kHead + std::numeric_limits<I>::digits10 + 2;
  }
  static std::size_t room(const Sql& other) { return other.parts_.size(); }
  // Makes room for so much in all.
  void reserve(std::size_t room) { parts_.reserve(room); }

  bool empty() const { return parts_.empty(); }
  // Calls `visit(form, text)` for each part, in order.
  template <class Visit>
  void each_part(Visit visit) const {
    const std::string_view parts = parts_.view();
    for (std::size_t at = 0; at < parts.size();) {
      const auto form = static_cast<Form>(parts[at]);
      std::uint32_t length = 0;
      std::memcpy(&length, parts.data() + at + 1, sizeof length);
      at += kHead;
      visit(form, parts.substr(at, length));
      at += length;
    }
  }

 private:
  void append(Form form, std::string_view text) {
    const auto length = static_cast<std::uint32_t>(text.size());
    char head[kHead] = {static_cast<char>(form)};
    std::memcpy(head + 1, &length, sizeof length);
    parts_.append({head, kHead});
    parts_.append(text);
  }

  // A large plan has millions of parts: each is its form, its length and its text, one behind the
  // other.
  static constexpr std::size_t kHead = 1 + sizeof(std::uint32_t);
  Bytes parts_;
};

// Concatenates parts: sql("DROP TABLE ", name).
template <class... Parts>
Sql sql(const Parts&... parts) {
  Sql result;
  result.reserve((std::size_t{0} + ... + Sql::room(parts)));
  (result.add(parts), ...);
  return result;
}

// `parts` with `separator` between them.
template <std::size_t N>
Sql join(const std::vector<Sql>& parts, const char (&separator)[N]) {
  Sql result;
  for (const Sql& part : parts) {
    if (!result.empty()) result.add(separator);
    result.add(part);
  }
  return result;
}

// How one database system quotes. Stateless.
struct Dialect {
  std::string_view name;
  std::string (*quote_ident)(std::string_view);
  std::string (*quote_literal)(std::string_view);
};

// The text of `sql` in `dialect`.
std::string render(const Sql& sql, const Dialect& dialect);

}  // namespace schemac
