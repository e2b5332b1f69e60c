#pragma once
#include "compiler/print/print_statement.h"

namespace schemac {

// The items of one field's value, its clause's words left to the caller.
void print_value(const FieldInfo& field, const Value& value, const Object& object,
                 std::string_view home, const PrintContext& context, std::vector<Item>& items);

// The clauses of a list of fields, in the table's order; positional, mixed and repeated ones
// included. Intents, leads and what stands in the block are left out, and the field named
// `implied`.
void print_clauses(std::span<const FieldInfo> fields, const FieldValues& values,
                   std::string_view implied, const Object& object, std::string_view home,
                   const PrintContext& context, std::vector<Item>& items);

// The words of a clause or keyword.
void print_words(std::string_view words, std::vector<Item>& items);

}  // namespace schemac
