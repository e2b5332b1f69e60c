#include "compiler/sqltext/concurrent_index.h"

#include "compiler/sqltext/tree.h"

namespace schemac {
namespace {

using namespace sqltext;

std::optional<ConcurrentIndex> built(const PgQuery__IndexStmt& create) {
  if (!create.concurrent || create.idxname[0] == '\0' || create.relation == nullptr) return {};
  return ConcurrentIndex{true, {Ident(create.relation->schemaname), Ident(create.idxname)}};
}

std::optional<ConcurrentIndex> dropped(const PgQuery__DropStmt& drop) {
  if (!drop.concurrent || drop.remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_INDEX) return {};
  const auto* name = drop.n_objects == 1 ? as<PgQuery__List>(drop.objects[0]) : nullptr;
  if (name == nullptr) return {};
  return ConcurrentIndex{false, qualified(strings(name->n_items, name->items))};
}

std::optional<ConcurrentIndex> find_in(const Message* message) {
  if (const auto* create = as<PgQuery__IndexStmt>(message)) return built(*create);
  if (const auto* drop = as<PgQuery__DropStmt>(message)) return dropped(*drop);
  std::optional<ConcurrentIndex> found;
  for_each_child(message, [&](const ProtobufCFieldDescriptor&, const Message* child) {
    if (!found) found = find_in(child);
  });
  return found;
}

}  // namespace

std::optional<ConcurrentIndex> concurrent_index(std::string_view statement) {
  std::optional<ConcurrentIndex> found;
  with_tree(statement, TextForm::statements, [&](const Tree& tree) { found = find_in(tree.root); });
  return found;
}

}  // namespace schemac
