#pragma once
// What the rules read from parse trees.

#include <set>
#include <string>
#include <vector>

#include "compiler/ir/value.h"
#include "compiler/sqltext/tree.h"
#include "lint/known.h"

namespace schemac::lint {

using sqltext::as;
using sqltext::Message;

// Where names without a schema are looked up: the first schema of the search path.
struct Names {
  std::string schema = "public";

  QName qualified(const PgQuery__RangeVar* relation) const;
  // Of a list of String nodes: a qualified name.
  QName qualified(std::size_t count, PgQuery__Node* const* parts) const;
  // Of a node that is such a list, a single String, a type or a function with its arguments.
  QName qualified(const PgQuery__Node* node) const;
  // A type as `text`, the statement, writes it; std::nullopt where it cannot be read.
  std::optional<TypeRef> type(const PgQuery__TypeName* type, std::string_view text) const;
};

// Whether the name that a node holds has no schema.
bool is_unqualified(const PgQuery__Node* node);

// Strings of a list: names of columns.
std::vector<std::string> names_of(std::size_t count, PgQuery__Node* const* nodes);

// An identifier that the server would cut, "" where there is none.
std::string too_long_name(std::string_view text);

// Whether `test` holds for a message or one below it.
template <class Test>
bool any_node(const Message* message, const Test& test) {
  if (message == nullptr) return false;
  if (test(message)) return true;
  bool found = false;
  sqltext::for_each_child(message, [&](const ProtobufCFieldDescriptor&, const Message* child) {
    found = found || any_node(child, test);
  });
  return found;
}

// All that a tree names.
struct Named {
  std::set<std::string> columns;  // "*" for a star
  // The same with the relation that each is of; an empty one where the text alone does not tell.
  std::set<std::pair<QName, std::string>> columns_of;
  std::set<QName> relations;
  std::vector<QName> functions;
};
Named named_in(const PgQuery__Node* node, const Names& names);

// Columns that `condition` requires to be no NULL: of `a IS NOT NULL AND …`.
std::vector<std::string> proven_by(const PgQuery__Node* condition);

// Whether each row may get another value of the expression.
bool is_volatile(const PgQuery__Node* expression, Known& known, const Names& names);
// Whether it is a value of the moment: now(), current_user.
bool is_of_moment(const PgQuery__Node* expression);
// Whether it is NULL, or a cast of it.
bool is_null(const PgQuery__Node* expression);
// The text of a constant, "" where it is none.
std::string constant(const PgQuery__Node* node);
// All constants of an expression, as text.
std::set<std::string> constants_in(const PgQuery__Node* expression);
// The value of an option: a word, a number or a string.
std::string option_value(const PgQuery__DefElem& option);
// An option of a list, or nullptr.
const PgQuery__DefElem* option_of(std::size_t count, PgQuery__Node* const* options,
                                  std::string_view name);

// What a query shows, by name, where its text tells.
std::vector<std::string> output_of(const PgQuery__Node* query, Known& known, const Names& names);

// Types of a function's input arguments, as one text.
std::string arguments_of(std::size_t count, PgQuery__Node* const* parameters, const Names& names,
                         std::string_view text);

}  // namespace schemac::lint
