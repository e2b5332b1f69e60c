#pragma once
// The values that fields of objects hold. Immutable once built; copying shares what is large.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/ident.h"

namespace schemac {

// An immutable value on the heap, shared by its copies and compared by content. It keeps Value at
// the size of a string although a few alternatives are large.
template <class T>
class Shared {
 public:
  explicit Shared(T value) : value_(std::make_shared<const T>(std::move(value))) {}
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }
  bool operator==(const Shared& other) const {
    return value_ == other.value_ || *value_ == *other.value_;
  }

 private:
  std::shared_ptr<const T> value_;
};

// A type as a column or an argument names it. Built-in types have no schema and the standard's
// long name (`character varying`, `timestamp with time zone`), as PostgreSQL's format_type gives
// it, so that one type has one spelling.
struct TypeRef {
  QName name;
  std::vector<std::string> modifiers;  // `12`, `2`; for interval its fields come first
  int dimensions = 0;                  // of the array; the server keeps only whether it is one

  bool operator==(const TypeRef&) const = default;
};

// SQL text: an expression or a query. `written` is what the author wrote or the server printed;
// `canonical` is the server's own form, known once a server of major version `server` has seen it.
struct SqlText {
  std::string written;
  std::string canonical;
  int server = 0;

  bool operator==(const SqlText&) const = default;
};

struct Value;
using List = std::vector<Value>;

// What a field holds. `std::monostate` is "absent": the field has its default meaning; a value
// equal to the field's default is always stored as absent, so that there is one spelling of it.
// Words of a closed vocabulary, string literals and bodies are std::string; a record is a List in
// the order of its field table.
struct Value : std::variant<std::monostate, bool, std::int64_t, std::string, Ident, Shared<QName>,
                            Shared<TypeRef>, Shared<SqlText>, Shared<List>> {
  using variant::variant;

  Value(QName name) : variant(Shared<QName>(std::move(name))) {}
  Value(TypeRef type) : variant(Shared<TypeRef>(std::move(type))) {}
  Value(SqlText text) : variant(Shared<SqlText>(std::move(text))) {}
  Value(List list) : variant(Shared<List>(std::move(list))) {}

  bool absent() const { return std::holds_alternative<std::monostate>(*this); }
  // The alternative, or nullptr where the value holds another.
  const QName* qname() const { return shared<QName>(); }
  const TypeRef* type() const { return shared<TypeRef>(); }
  const SqlText* sql() const { return shared<SqlText>(); }
  const List* list() const { return shared<List>(); }
  const Ident* ident() const { return std::get_if<Ident>(this); }
  const std::string* text() const { return std::get_if<std::string>(this); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(this); }

 private:
  template <class T>
  const T* shared() const {
    const auto* held = std::get_if<Shared<T>>(this);
    return held == nullptr ? nullptr : &**held;
  }
};

// Whether one of the SQL texts in the value, those in its lists and records included, is such.
template <class Predicate>
bool any_text(const Value& value, const Predicate& is_such) {
  if (const SqlText* text = value.sql()) return is_such(*text);
  const List* list = value.list();
  return list != nullptr && std::any_of(list->begin(), list->end(),
                                        [&](const Value& item) { return any_text(item, is_such); });
}

}  // namespace schemac
