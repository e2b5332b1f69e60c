#pragma once
// Names as the catalog holds them: already folded, never quoted. Quoting is the dialect's job
// when SQL is rendered, and the printer's when the schema language is.

#include <compare>
#include <string>
#include <utility>

namespace schemac {

// One identifier. An empty one means "no name" and never reaches SQL.
struct Ident {
  std::string text;

  Ident() = default;
  explicit Ident(std::string name) : text(std::move(name)) {}

  bool empty() const { return text.empty(); }
  auto operator<=>(const Ident&) const = default;
};

// A name inside a schema. The schema is empty for what the server itself brings (built-in types,
// collations and functions), which is never written qualified.
struct QName {
  Ident schema;
  Ident name;

  bool empty() const { return name.empty(); }
  auto operator<=>(const QName&) const = default;
};

}  // namespace schemac
