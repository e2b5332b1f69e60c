#include <cstring>

#include "compiler/sqltext/tree.h"

namespace schemac::sqltext {
namespace {

// Built-in types and functions mean the same with and without their schema, since that is searched
// first: `x::int` and `x::int4` differ in the tree by it alone.
std::size_t first_part(std::size_t count, PgQuery__Node* const* names) {
  const auto* first = count == 2 ? as<PgQuery__String>(names[0]) : nullptr;
  return first != nullptr && std::strcmp(first->sval, "pg_catalog") == 0 ? 1 : 0;
}

bool same_names(std::size_t n_a, PgQuery__Node* const* a, std::size_t n_b,
                PgQuery__Node* const* b) {
  const std::size_t from_a = first_part(n_a, a);
  const std::size_t from_b = first_part(n_b, b);
  if (n_a - from_a != n_b - from_b) return false;
  for (std::size_t i = 0; i + from_a < n_a; ++i)
    if (!same_tree(held(a[from_a + i]), held(b[from_b + i]))) return false;
  return true;
}

bool is_place(const ProtobufCFieldDescriptor& field) {
  return std::string_view(field.name).ends_with("location") ||
         std::string_view(field.name) == "stmt_len";
}

bool same_scalar(const ProtobufCFieldDescriptor& field, const void* a, const void* b) {
  switch (field.type) {
    case PROTOBUF_C_TYPE_MESSAGE:
      return same_tree(held(*static_cast<Message* const*>(a)),
                       held(*static_cast<Message* const*>(b)));
    case PROTOBUF_C_TYPE_STRING:
      return std::strcmp(*static_cast<const char* const*>(a),
                         *static_cast<const char* const*>(b)) == 0;
    case PROTOBUF_C_TYPE_BOOL:
      return *static_cast<const protobuf_c_boolean*>(a) ==
             *static_cast<const protobuf_c_boolean*>(b);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_DOUBLE:
      return std::memcmp(a, b, 8) == 0;
    default:
      return std::memcmp(a, b, 4) == 0;
  }
}

bool same_field(const ProtobufCFieldDescriptor& field, const Message* a, const Message* b) {
  const auto* in_a = reinterpret_cast<const char*>(a);
  const auto* in_b = reinterpret_cast<const char*>(b);
  if (field.label != PROTOBUF_C_LABEL_REPEATED) {
    if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
      const auto case_a = *reinterpret_cast<const std::uint32_t*>(in_a + field.quantifier_offset);
      const auto case_b = *reinterpret_cast<const std::uint32_t*>(in_b + field.quantifier_offset);
      if (case_a != case_b) return false;
      if (case_a != field.id) return true;
    }
    return same_scalar(field, in_a + field.offset, in_b + field.offset);
  }
  const auto count = *reinterpret_cast<const std::size_t*>(in_a + field.quantifier_offset);
  if (count != *reinterpret_cast<const std::size_t*>(in_b + field.quantifier_offset)) return false;
  // Lists of the parse tree hold nodes alone.
  auto* const* items_a = *reinterpret_cast<Message* const* const*>(in_a + field.offset);
  auto* const* items_b = *reinterpret_cast<Message* const* const*>(in_b + field.offset);
  for (std::size_t i = 0; i < count; ++i)
    if (!same_tree(held(items_a[i]), held(items_b[i]))) return false;
  return true;
}

}  // namespace

bool same_tree(const Message* a, const Message* b) {
  if (a == nullptr || b == nullptr) return a == b;
  if (a->descriptor != b->descriptor) return false;
  const auto* type_a = as<PgQuery__TypeName>(a);
  const auto* call_a = as<PgQuery__FuncCall>(a);
  for (unsigned i = 0; i < a->descriptor->n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = a->descriptor->fields[i];
    if (is_place(field)) continue;
    const std::string_view name = field.name;
    if (type_a != nullptr && name == "names") {
      const auto* type_b = as<PgQuery__TypeName>(b);
      if (!same_names(type_a->n_names, type_a->names, type_b->n_names, type_b->names)) return false;
    } else if (call_a != nullptr && name == "funcname") {
      const auto* call_b = as<PgQuery__FuncCall>(b);
      if (!same_names(call_a->n_funcname, call_a->funcname, call_b->n_funcname, call_b->funcname))
        return false;
    } else if (!same_field(field, a, b)) {
      return false;
    }
  }
  return true;
}

}  // namespace schemac::sqltext

namespace schemac {

bool same_text(std::string_view a, std::string_view b, TextForm form) {
  if (a == b) return true;
  bool same = false;
  const auto error = sqltext::with_tree(a, form, [&](const sqltext::Tree& tree_a) {
    sqltext::with_tree(b, form, [&](const sqltext::Tree& tree_b) {
      same = sqltext::same_tree(tree_a.root, tree_b.root);
    });
  });
  return same || (error && error->maybe_newer && sqltext::same_tokens(a, b));
}

}  // namespace schemac
