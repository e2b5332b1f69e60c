// RENAME, SET SCHEMA and OWNER TO.

#include <algorithm>

#include "lint/context.h"

namespace schemac::lint {
namespace {

bool is_view(const Relation& relation) {
  return relation.kind == Relation::Kind::view ||
         relation.kind == Relation::Kind::materialized_view;
}

// A view under the old name, made in the same part, lets programs go on.
std::function<bool()> left_behind(Context& context, const QName& name) {
  return [&context, event = "create view " + shown(name), at = context.statement] {
    return context.happened_after(event, at);
  };
}

void name_bodies(Context& context, const std::string& object, const Relation* on,
                 const std::vector<std::string>& words) {
  for (const Function* function : context.known.bodies_with(words))
    context.report_unless(
        "BC113", object, on,
        [&context, event = "create function " + shown(function->name), at = context.statement] {
          return context.happened_after(event, at);
        },
        "function " + shown(function->name) + " names it");
}

void rename_relation(Context& context, const PgQuery__RenameStmt& rename) {
  const QName name = context.names.qualified(rename.relation);
  if (rename.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX) {
    Relation* table = context.known.holder_of_index(name);
    context.report("BC109", shown(name), table);
    if (table != nullptr)
      if (Index* index = table->index(name.name.text)) {
        index->name = rename.newname;
        context.known.note_index(table->name, index->name);
      }
    return;
  }
  Relation& relation = context.known.relation(name);
  if (rename.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW)
    relation.kind = Relation::Kind::view;
  if (rename.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE)
    relation.kind = Relation::Kind::sequence;
  context.lock(relation, Lock::access_exclusive);
  if (is_view(relation)) context.report("LK120", relation);
  // A prepared replacement comes under the old name, or a view does.
  context.report_unless(
      "BC101", shown(name), &relation,
      [view = left_behind(context, name), &context, name, at = context.statement] {
        return view() || context.happened_after("create table " + shown(name), at) ||
               context.happened_after("renamed to " + shown(name), at);
      });
  name_bodies(context, shown(name), &relation, {name.name.text});
  const QName to{name.schema, Ident(rename.newname)};
  context.note("renamed to " + shown(to));
  context.known.rename(name, to);
}

void rename_column(Context& context, const PgQuery__RenameStmt& rename) {
  const QName name = context.names.qualified(rename.relation);
  Relation& table = context.known.relation(name);
  const std::string column = shown(name) + "." + rename.subname;
  context.lock_all(table, Lock::access_exclusive);
  context.report("BC102", column, &table);
  context.report("BC107", table);
  name_bodies(context, column, &table, {name.name.text, rename.subname});
  const std::string from = rename.subname;
  for (Relation* each : context.known.with_children(table)) {
    if (Column* known = each->column(from)) known->name = rename.newname;
    for (Constraint& constraint : each->constraints)
      std::replace(constraint.columns.begin(), constraint.columns.end(), from,
                   std::string(rename.newname));
    for (Index& index : each->indexes) {
      std::replace(index.keys.begin(), index.keys.end(), from, std::string(rename.newname));
      if (index.columns.erase(from) > 0) index.columns.insert(rename.newname);
    }
  }
}

void rename_constraint(Context& context, const PgQuery__RenameStmt& rename) {
  Relation& table = context.known.relation(context.names.qualified(rename.relation));
  context.lock(table, Lock::access_exclusive);
  context.report("BC109", std::string(rename.subname) + " on " + shown(table.name), &table);
  if (Constraint* constraint = table.constraint(rename.subname)) constraint->name = rename.newname;
  if (Index* index = table.index(rename.subname)) {
    index->name = rename.newname;
    context.known.note_index(table.name, index->name);
  }
}

void rename_type(Context& context, const PgQuery__RenameStmt& rename) {
  const QName name = context.names.qualified(rename.object);
  Type* type = context.known.type(name);
  if (type == nullptr || type->made_in != context.migration) context.report("BC108", shown(name));
  if (type == nullptr) return;
  Type moved = *type;
  moved.name.name = Ident(rename.newname);
  context.note("set aside " + shown(name));
  for (const auto& [table, column] : context.known.columns_of_type(name))
    table->column(column)->type->name = moved.name;
  context.known.forget_type(name);
  context.known.make_type(std::move(moved));
}

void rename(Context& context, const PgQuery__RenameStmt& rename) {
  switch (rename.rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return rename_relation(context, rename);
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
      return rename_column(context, rename);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
      return rename_constraint(context, rename);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      return rename_type(context, rename);
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
      return context.report("BC108",
                            shown(context.names.qualified(rename.relation)) + "." + rename.subname);
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
      return context.report("BC111", rename.subname);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY: {
      const Relation& table = context.known.relation(context.names.qualified(rename.relation));
      context.lock(table, Lock::access_exclusive);
      return context.report("LK114", std::string(rename.subname) + " on " + shown(table.name),
                            &table);
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
      return name_bodies(context, shown(context.names.qualified(rename.object)), nullptr,
                         {context.names.qualified(rename.object).name.text});
    default:
      return;
  }
}

void set_schema(Context& context, const PgQuery__AlterObjectSchemaStmt& move) {
  if (move.relation == nullptr) {
    context.report("BC111", shown(context.names.qualified(move.object)));
    return;
  }
  const QName name = context.names.qualified(move.relation);
  Relation& relation = context.known.relation(name);
  context.lock(relation, Lock::access_exclusive);
  context.report_unless("BC111", shown(name), &relation, left_behind(context, name));
  context.known.rename(name, {Ident(move.newschema), name.name});
}

}  // namespace

bool judge_rename(Context& context, const Message* statement) {
  if (const auto* renaming = as<PgQuery__RenameStmt>(statement)) {
    rename(context, *renaming);
  } else if (const auto* move = as<PgQuery__AlterObjectSchemaStmt>(statement)) {
    set_schema(context, *move);
  } else if (const auto* owner = as<PgQuery__AlterOwnerStmt>(statement)) {
    const std::string name = shown(context.names.qualified(owner->object));
    context.report("SEC109", name);
    context.note("owner " + name);
  } else {
    return false;
  }
  return true;
}

}  // namespace schemac::lint
