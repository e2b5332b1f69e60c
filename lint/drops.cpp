// DROP of whatever has a name.

#include <algorithm>

#include "lint/table_parts.h"

namespace schemac::lint {
namespace {

struct Drop {
  const PgQuery__DropStmt& statement;
  bool cascades;
  std::set<QName> names;  // of all that the statement drops
};

// What a drop takes along, or is refused for.
std::string needed_by(Context& context, const Drop& drop, const QName& name) {
  for (const Relation* view : context.known.views_of(name, ""))
    if (!drop.names.contains(view->name)) return "view " + shown(view->name);
  for (const Relation* other : context.known.referring_to(name))
    if (other->name != name && !drop.names.contains(other->name))
      for (const Constraint& key : other->constraints)
        if (key.other == name) return "foreign key " + key.name + " of " + shown(other->name);
  return "";
}

void forget_view(Context& context, const QName& name) {
  // With CASCADE the views on top go as well.
  for (const Relation* view : context.known.views_of(name, "")) {
    const QName above = view->name;
    context.lock(*view, Lock::access_exclusive);
    forget_view(context, above);
  }
  context.known.forget(name);
}

// What is made again in the same migration must be given again what it had of its own.
void expect_rights(Context& context, const std::string& event, const std::string& name,
                   bool described) {
  if (!described) return;
  const std::size_t at = context.statement;
  const auto settled = [&context, event, name, at] {
    return !context.happened_after("create " + event + " " + name, at) ||
           context.happened_after("grant " + name, at) ||
           context.happened_after("owner " + name, at);
  };
  context.report_unless("SEC106", name, nullptr, settled);
  context.report_unless("IR106", name, nullptr, [&context, event, name, at] {
    return !context.happened_after("create " + event + " " + name, at) ||
           context.happened_after("comment " + name, at);
  });
}

void lock_partners(Context& context, const Relation& table, bool cascades) {
  for (const Constraint& key : std::vector<Constraint>(table.constraints)) {
    if (key.kind != Constraint::Kind::foreign_key || key.other == table.name) continue;
    const Relation& other = context.known.relation(key.other);
    context.lock(other, Lock::access_exclusive);
    context.report("LK108", other, "by foreign key " + key.name + " of " + shown(table.name));
  }
  if (!cascades) return;
  for (const Relation* other : context.known.referring_to(table.name)) {
    if (other->name == table.name) continue;
    context.lock(*other, Lock::access_exclusive);
    context.report("LK108", *other);
  }
}

void drop_table(Context& context, const Drop& drop, const QName& name) {
  Relation& table = context.known.relation(name);
  if (context.conditional.contains(shown(name))) context.report("IR107", shown(name));
  context.report("DS102", table);
  const std::string by = needed_by(context, drop, name);
  if (!by.empty() && !drop.cascades) context.report("DD113", shown(name), nullptr, by);
  if (drop.cascades) context.report("DS106", shown(name), &table, by);
  if (table.parent && table.partition) {
    const Relation& parent = context.known.relation(*table.parent);
    context.lock(parent, Lock::access_exclusive);
    context.report("LK117", parent);
  }
  context.lock_all(table, Lock::access_exclusive);
  lock_partners(context, table, drop.cascades);
  for (const Function* function : context.known.bodies_with({name.name.text}))
    context.report("BC113", shown(name), &table, "function " + shown(function->name) + " names it");
  expect_rights(context, "table", shown(name), table.described || table.made_in == 0);
  for (const Relation* each : context.known.with_children(table))
    if (each != &table && each->partition) context.known.forget(QName(each->name));
  if (drop.cascades)
    forget_view(context, name);
  else
    context.known.forget(name);
}

void drop_view(Context& context, const Drop& drop, const QName& name) {
  Relation& view = context.known.relation(name);
  context.lock(view, Lock::access_exclusive);
  context.report("LK120", view);
  const std::string by = needed_by(context, drop, name);
  if (drop.cascades)
    context.report("DS106", shown(name), &view, by);
  else if (!by.empty())
    context.report("DD113", shown(name), nullptr, by);
  expect_rights(context, "view", shown(name), view.described || view.made_in == 0);
  if (drop.cascades)
    forget_view(context, name);
  else
    context.known.forget(name);
}

void drop_index(Context& context, const Drop& drop, const QName& name) {
  Relation* table = context.known.holder_of_index(name);
  const Index* index = table == nullptr ? nullptr : table->index(name.name.text);
  const std::string text = shown(name);
  const bool partitioned = table != nullptr && table->kind == Relation::Kind::partitioned_table;
  if (drop.statement.concurrent) {
    context.needs_no_transaction("DROP INDEX CONCURRENTLY");
    if (partitioned || drop.cascades || drop.statement.n_objects > 1 ||
        (index != nullptr && index->of_constraint))
      context.report("DD114", text);
    if (table != nullptr) context.lock(*table, Lock::share_update_exclusive);
    if (context.session.lock_timeout || context.session.statement_timeout)
      context.report("LK103", text, table);
  } else {
    if (table != nullptr) context.lock_all(*table, Lock::access_exclusive);
    context.report("LK111", text, table);
  }
  if (context.conditional.contains(text)) context.report("IR107", text);
  context.note("drop index " + text);
  if (index == nullptr) return;
  if (index->of_constraint && !drop.statement.concurrent)
    context.report("DD113", text, nullptr, "the constraint of that name");
  const Index gone = *index;
  for (Relation* each : context.known.with_children(*table))
    std::erase_if(each->indexes, [&](const Index& i) { return i.name == gone.name; });
  const bool replaced =
      std::any_of(table->indexes.begin(), table->indexes.end(), [&](const Index& other) {
        return other.unique && !other.partial && other.keys == gone.keys;
      });
  if (gone.unique && !gone.partial && !replaced) context.report("BC110", text, table);
}

void drop_sequence(Context& context, const Drop& drop, const QName& name) {
  Relation& sequence = context.known.relation(name);
  sequence.kind = Relation::Kind::sequence;
  context.lock(sequence, Lock::access_exclusive);
  context.report("DS113", sequence);
  if (drop.cascades) context.report("DS106", sequence);
  context.known.forget(name);
}

void drop_type(Context& context, const Drop& drop, const QName& name) {
  const auto users = context.known.columns_of_type(name);
  if (drop.cascades) {
    std::string lost;
    for (const auto& [table, column] : users) {
      context.lock(*table, Lock::access_exclusive);
      lost += (lost.empty() ? "" : ", ") + shown(table->name) + "." + column;
    }
    context.report("DS105", shown(name), nullptr, lost);
  } else if (!users.empty()) {
    context.report("DD113", shown(name), nullptr,
                   shown(users.front().first->name) + "." + users.front().second);
  }
  context.known.forget_type(name);
}

void drop_function(Context& context, const Drop& drop, const PgQuery__Node* object) {
  const auto* function = as<PgQuery__ObjectWithArgs>(object);
  const QName name = context.names.qualified(object);
  if (drop.cascades) context.report("DS106", shown(name));
  std::vector<Function>& overloads = context.known.functions(name);
  // What no file made may have had any.
  const bool described =
      overloads.empty() || std::any_of(overloads.begin(), overloads.end(),
                                       [](const Function& f) { return f.described; });
  if (function == nullptr || function->args_unspecified) {
    overloads.clear();
  } else {
    const std::string arguments =
        arguments_of(function->n_objargs, function->objargs, context.names, context.text);
    std::erase_if(overloads, [&](const Function& f) { return f.arguments == arguments; });
  }
  for (const Function* other : context.known.bodies_with({name.name.text}))
    context.report("BC113", shown(name), nullptr, "function " + shown(other->name) + " calls it");
  context.note("drop function " + shown(name));
  expect_rights(context, "function", shown(name), described);
}

// Triggers, rules and policies: the last part of their name is theirs.
void drop_part_of_table(Context& context, const Drop& drop, const PgQuery__Node* object) {
  const auto* list = as<PgQuery__List>(object);
  if (list == nullptr || list->n_items < 2) return;
  const std::vector<std::string> parts = names_of(list->n_items, list->items);
  const QName name = context.names.qualified(list->n_items - 1, list->items);
  Relation& table = context.known.relation(name);
  context.lock_all(table, Lock::access_exclusive);
  const std::string text = parts.back() + " on " + shown(name);
  if (drop.statement.remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY) {
    context.report("LK122", table);
    context.report("SEC103", text, &table);
    table.policies.erase(parts.back());
  } else {
    table.triggers.erase(parts.back());
    context.report("LK114", text, &table);
  }
}

void drop_schema(Context& context, const PgQuery__Node* object, bool cascades) {
  const std::string name = constant(object);
  context.report("DS101", name);
  if (!cascades) return;
  const std::vector<QName> gone = context.known.relations_in(name);
  for (const QName& each : gone) context.lock(*context.known.peek(each), Lock::access_exclusive);
  for (const QName& each : gone) context.known.forget(each);
}

void drop_one(Context& context, const Drop& drop, const PgQuery__Node* object) {
  const QName name = context.names.qualified(object);
  switch (drop.statement.remove_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
      return drop_table(context, drop, name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      return drop_view(context, drop, name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return drop_index(context, drop, name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return drop_sequence(context, drop, name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      return drop_type(context, drop, name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
      return drop_function(context, drop, object);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
      return drop_part_of_table(context, drop, object);
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
      return drop_schema(context, object, drop.cascades);
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
      if (drop.cascades) context.report("DS105", constant(object));
      return;
    case PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION:
      context.report("DS118", constant(object));
      return context.known.forget_publication(constant(object));
    default:
      if (drop.cascades) context.report("DS106", shown(name));
  }
}

}  // namespace

bool judge_drop(Context& context, const Message* statement) {
  const auto* drop = as<PgQuery__DropStmt>(statement);
  if (drop == nullptr) return false;
  Drop all{*drop, drop->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE, {}};
  for (std::size_t i = 0; i < drop->n_objects; ++i)
    all.names.insert(context.names.qualified(drop->objects[i]));
  for (std::size_t i = 0; i < drop->n_objects; ++i) drop_one(context, all, drop->objects[i]);
  return true;
}

}  // namespace schemac::lint
