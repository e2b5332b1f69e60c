#pragma once
// Parse trees of SQL text, for the files of this folder alone.

#include <functional>
#include <memory>
#include <span>

#include "compiler/sqltext/node_types.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac::sqltext {

using Message = ProtobufCMessage;

// A parsed text. Valid while the function that got it runs.
struct Tree {
  const Message* root = nullptr;  // the expression, the query or the list of statements
  std::size_t shift = 0;          // bytes that stand before the text in what the parser saw
};

// Parses `text` and calls `use` with its tree; returns what is wrong instead where it does not
// parse. Text that nests very deeply is parsed and used on a thread with a stack of its own.
std::optional<TextError> with_tree(std::string_view text, TextForm form,
                                   const std::function<void(const Tree&)>& use);

// A statement of a file that was parsed ahead of its use, on whatever thread.
struct Ahead;
// nullptr where it nests so deeply that with_tree() alone can parse it.
std::shared_ptr<const Ahead> parse_ahead(std::string_view statement);
std::optional<TextError> with_tree(const Ahead& statement,
                                   const std::function<void(const Tree&)>& use);

// Calls `use` with the tokens of `text`, unless they cannot be told apart.
void with_tokens(const std::string& text,
                 const std::function<void(std::span<PgQuery__ScanToken* const>)>& use);

// What a Node holds, or the message itself where it is none; nullptr for an empty one.
const Message* held(const Message* message);
inline const Message* held(const PgQuery__Node* node) {
  return node == nullptr ? nullptr : held(&node->base);
}

// The message as the node type T, seen through Node; nullptr where it is another.
template <class T, class M>
const T* as(const M* message) {
  const Message* node = held(message);
  return node != nullptr && node->descriptor == DescriptorOf<T>::value
             ? reinterpret_cast<const T*>(node)
             : nullptr;
}

// Calls `visit(field, child)` for each message that `message` holds directly, in field order.
template <class Visit>
void for_each_child(const Message* message, Visit visit) {
  const ProtobufCMessageDescriptor& type = *message->descriptor;
  const auto* bytes = reinterpret_cast<const char*>(message);
  for (unsigned i = 0; i < type.n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = type.fields[i];
    if (field.type != PROTOBUF_C_TYPE_MESSAGE) continue;
    if (field.label == PROTOBUF_C_LABEL_REPEATED) {
      const auto count = *reinterpret_cast<const std::size_t*>(bytes + field.quantifier_offset);
      auto* const* items = *reinterpret_cast<Message* const* const*>(bytes + field.offset);
      for (std::size_t n = 0; n < count; ++n)
        if (const Message* child = held(items[n])) visit(field, child);
    } else {
      if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
          *reinterpret_cast<const std::uint32_t*>(bytes + field.quantifier_offset) != field.id)
        continue;
      if (const Message* child =
              held(*reinterpret_cast<const Message* const*>(bytes + field.offset)))
        visit(field, child);
    }
  }
}

// The strings of a list of String nodes: a qualified name's parts.
std::vector<std::string> strings(std::size_t count, PgQuery__Node* const* nodes);

// The last two parts as a qualified name; a database's name before them is dropped.
QName qualified(const std::vector<std::string>& parts);

// The name that the server derives from an expression, or "".
std::string derived_name(const Message* expression);

// Whether two trees are the same, places aside.
bool same_tree(const Message* a, const Message* b);

// Adds to the uses and columns of `facts` what the tokens of a text without a tree may name.
void add_possible_names(std::string_view text, TextFacts& facts);

// Whether two texts are the same tokens: blanks, comments and the case of bare words aside.
bool same_tokens(std::string_view a, std::string_view b);

// A name as text inside a literal: `shop.order_id_seq`, `"Order"`, folded as the server does;
// std::nullopt where it is no name.
std::optional<QName> parse_qualified(std::string_view text);

}  // namespace schemac::sqltext
