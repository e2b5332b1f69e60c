#pragma once
// SQL assembled from typed parts. A part is a keyword written in our source, an identifier, a
// qualified name, a literal, a number, or a fragment that its author wrote as SQL; a plain string
// does not compile into it, so nothing reaches a server unquoted by accident. How parts are quoted
// is known only to the Dialect that renders them.

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
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
  using Part = std::variant<std::string_view, Ident, QName, Literal, Fragment, Word, std::int64_t>;

  Sql() = default;

  // Text that stands in this program's source: an array, so neither a std::string nor a pointer
  // into one fits.
  template <std::size_t N>
  void add(const char (&keywords)[N]) {
    parts_.emplace_back(std::string_view(keywords, N - 1));
  }
  void add(Ident name) { parts_.emplace_back(std::move(name)); }
  void add(QName name) { parts_.emplace_back(std::move(name)); }
  void add(Literal literal) { parts_.emplace_back(std::move(literal)); }
  void add(Fragment fragment) { parts_.emplace_back(std::move(fragment)); }
  void add(Word word) { parts_.emplace_back(std::move(word)); }
  template <std::integral I>
  requires(!std::same_as<I, bool>) void add(I number) {
    parts_.emplace_back(static_cast<std::int64_t>(number));
  }
  void add(const Sql& other) {
    parts_.insert(parts_.end(), other.parts_.begin(), other.parts_.end());
  }

  bool empty() const { return parts_.empty(); }
  const std::vector<Part>& parts() const { return parts_; }

 private:
  std::vector<Part> parts_;
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
