#pragma once
// SQL assembled from typed parts. A part is a keyword written in our source, an identifier, a
// qualified name, a literal, a number, or a fragment that its author wrote as SQL; a plain string
// does not compile into it, so nothing reaches a server unquoted by accident. How parts are quoted
// is known only to the Dialect that renders them.

#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

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
  void add(const Sql& other) { parts_ += other.parts_; }

  bool empty() const { return parts_.empty(); }
  // Calls `visit(form, text)` for each part, in order.
  template <class Visit>
  void each_part(Visit visit) const {
    for (std::size_t at = 0; at < parts_.size();) {
      const auto form = static_cast<Form>(parts_[at++]);
      std::uint32_t length = 0;
      std::memcpy(&length, parts_.data() + at, sizeof length);
      at += sizeof length;
      visit(form, std::string_view(parts_).substr(at, length));
      at += length;
    }
  }

 private:
  void append(Form form, std::string_view text) {
    const auto length = static_cast<std::uint32_t>(text.size());
    char bytes[sizeof length];
    std::memcpy(bytes, &length, sizeof length);
    parts_ += static_cast<char>(form);
    parts_.append(bytes, sizeof bytes);
    parts_ += text;
  }

  // A large plan has millions of parts: each is its form, its length and its text, one behind the
  // other.
  std::string parts_;
};

// Concatenates parts: sql("DROP TABLE ", name).
template <class... Parts>
Sql sql(const Parts&... parts) {
  Sql result;
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
