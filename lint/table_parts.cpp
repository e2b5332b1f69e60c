#include "lint/table_parts.h"

#include <algorithm>

#include "compiler/ir/type.h"
#include "compiler/names/auto_name.h"

namespace schemac::lint {
namespace {

constexpr std::string_view kSerials[] = {"serial",  "bigserial", "smallserial",
                                         "serial4", "serial8",   "serial2"};

std::string_view label_of(Constraint::Kind kind) {
  switch (kind) {
    case Constraint::Kind::check:
      return "check";
    case Constraint::Kind::foreign_key:
      return "fkey";
    case Constraint::Kind::unique:
      return "key";
    case Constraint::Kind::primary_key:
      return "pkey";
    case Constraint::Kind::exclusion:
      return "excl";
    case Constraint::Kind::not_null:
      return "not_null";
  }
  __builtin_unreachable();
}

std::string joined(const std::vector<std::string>& columns) {
  std::string text;
  for (const std::string& column : columns) text += (text.empty() ? "" : "_") + column;
  return text;
}

std::string name_of(const Relation& table, const Constraint& constraint) {
  const bool by_columns =
      constraint.kind != Constraint::Kind::primary_key &&
      (constraint.kind != Constraint::Kind::check || constraint.columns.size() == 1);
  const NameParts parts{table.name.name.text, by_columns ? joined(constraint.columns) : "",
                        label_of(constraint.kind)};
  return choose_name(parts, [&](const std::string& name) {
    return std::any_of(table.constraints.begin(), table.constraints.end(),
                       [&](const Constraint& other) { return other.name == name; });
  });
}

Constraint::Kind kind_of(PgQuery__ConstrType type) {
  switch (type) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      return Constraint::Kind::foreign_key;
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      return Constraint::Kind::unique;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
      return Constraint::Kind::primary_key;
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      return Constraint::Kind::exclusion;
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
      return Constraint::Kind::not_null;
    default:
      return Constraint::Kind::check;
  }
}

bool has_index(Constraint::Kind kind) {
  return kind == Constraint::Kind::unique || kind == Constraint::Kind::primary_key ||
         kind == Constraint::Kind::exclusion;
}

// What a column's own constraint says; false where it is one of the table.
bool read_own(Context& context, ColumnParts& parts, const PgQuery__Constraint& own) {
  Column& column = parts.column;
  switch (own.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
      column.required = true;
      return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
      parts.default_value = is_null(own.raw_expr) ? nullptr : own.raw_expr;
      column.has_default = parts.default_value != nullptr;
      return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
      column.required = column.has_default = column.identity = true;
      return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
      column.generated = context.newer != Newer::virtual_column;
      column.uses = named_in(own.raw_expr, context.names).columns;
      return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      parts.checks = true;
      return false;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
      column.required = true;
      parts.is_unique = true;
      return false;
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      parts.is_unique = true;
      return false;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      return false;
    default:
      return true;
  }
}

}  // namespace

ColumnParts read_column(Context& context, const Relation& table, const PgQuery__ColumnDef& node) {
  ColumnParts parts;
  Column& column = parts.column;
  column.name = node.colname;
  column.type = context.names.type(node.type_name, context.text);
  column.required = node.is_not_null;
  column.made_in = context.migration;
  if (column.type && column.type->dimensions == 0) {
    const std::string& name = column.type->name.name.text;
    if (std::find(std::begin(kSerials), std::end(kSerials), name) != std::end(kSerials)) {
      column.serial = make_name({table.name.name.text, column.name, "seq"}, 0);
      column.required = column.has_default = true;
      column.type->name = {Ident(),
                           Ident(name.starts_with("big") || name == "serial8"     ? "bigint"
                                 : name.starts_with("small") || name == "serial2" ? "smallint"
                                                                                  : "integer")};
    }
  }
  for (std::size_t i = 0; i < node.n_constraints; ++i) {
    const auto* own = as<PgQuery__Constraint>(node.constraints[i]);
    if (own == nullptr) continue;
    // An attribute of the constraint before it.
    if (own->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED && !parts.constraints.empty())
      parts.constraints.back().deferred = true;
    if (read_own(context, parts, *own)) continue;
    parts.constraints.push_back(read_constraint(context, table, *own, column.name));
  }
  return parts;
}

Constraint read_constraint(Context& context, const Relation& table, const PgQuery__Constraint& node,
                           const std::string& column) {
  Constraint constraint;
  constraint.kind = kind_of(node.contype);
  constraint.valid = !node.skip_validation;
  constraint.deferred = node.initdeferred;
  if (constraint.kind == Constraint::Kind::check) {
    const std::set<std::string> columns = named_in(node.raw_expr, context.names).columns;
    constraint.columns.assign(columns.begin(), columns.end());
    constraint.proves = proven_by(node.raw_expr);
    constraint.constants = constants_in(node.raw_expr);
  } else if (constraint.kind == Constraint::Kind::foreign_key) {
    constraint.columns = names_of(node.n_fk_attrs, node.fk_attrs);
    constraint.other = context.names.qualified(node.pktable);
    constraint.other_columns = names_of(node.n_pk_attrs, node.pk_attrs);
    // Another primary key, later on, is not what it refers to.
    const Relation* other = context.known.peek(constraint.other);
    const Constraint* primary = other == nullptr ? nullptr : other->key();
    if (constraint.other_columns.empty() && primary != nullptr)
      constraint.other_columns = primary->columns;
  } else {
    constraint.columns = names_of(node.n_keys, node.keys);
    for (std::size_t i = 0; i < node.n_exclusions; ++i)
      if (const auto* pair = as<PgQuery__List>(node.exclusions[i]))
        if (const auto* key = as<PgQuery__IndexElem>(pair->items[0]))
          constraint.columns.emplace_back(key->name);
  }
  if (constraint.columns.empty() && !column.empty()) constraint.columns.push_back(column);
  constraint.name = node.conname[0] != '\0' ? node.conname : name_of(table, constraint);
  return constraint;
}

void add_constraint(Known& known, Relation& table, Constraint constraint) {
  if (!constraint.other.empty()) known.note_reference(table.name, constraint.other);
  if (has_index(constraint.kind) && table.index(constraint.name) == nullptr) {
    Index index;
    index.name = constraint.name;
    index.keys = constraint.columns;
    index.columns = {constraint.columns.begin(), constraint.columns.end()};
    index.unique = constraint.kind != Constraint::Kind::exclusion;
    index.of_constraint = true;
    known.note_index(table.name, index.name);
    table.indexes.push_back(std::move(index));
  }
  if (constraint.kind == Constraint::Kind::primary_key)
    for (const std::string& name : constraint.columns)
      if (Column* column = table.column(name)) column->required = true;
  table.constraints.push_back(std::move(constraint));
}

void drop_constraint(Relation& table, const std::string& name) {
  std::erase_if(table.constraints, [&](const Constraint& c) { return c.name == name; });
  std::erase_if(table.indexes, [&](const Index& i) { return i.name == name && i.of_constraint; });
}

void judge_foreign_key(Context& context, Relation& table, const Constraint& key,
                       const PgQuery__Constraint& node) {
  const std::string name = key.name + " on " + shown(table.name);
  if (node.fk_del_action[0] == 'c' || node.fk_del_action[0] == 'n' || node.fk_del_action[0] == 'd')
    context.report("DS117", name, &table);
  const std::vector<std::string>& referred = key.other_columns;
  const Relation* other = context.known.peek(key.other);
  for (std::size_t i = 0; other != nullptr && i < std::min(referred.size(), key.columns.size());
       ++i) {
    const Column* here = table.column(key.columns[i]);
    const Column* there = other->column(referred[i]);
    if (here != nullptr && there != nullptr && here->type && there->type &&
        here->type->name != there->type->name)
      context.report("PF113", name, nullptr,
                     to_string(*here->type) + " here, " + to_string(*there->type) + " there");
  }
  const auto indexed = [&context, table_name = table.name, columns = key.columns] {
    const Relation* now = context.known.peek(table_name);
    return now == nullptr ||
           std::any_of(now->indexes.begin(), now->indexes.end(), [&](const Index& index) {
             return !index.partial && index.keys.size() >= columns.size() &&
                    std::is_permutation(columns.begin(), columns.end(), index.keys.begin());
           });
  };
  context.report_unless("PF101", name, nullptr, indexed);
}

bool implies_bounds(const Relation& table, const std::vector<std::string>& keys,
                    const PgQuery__PartitionBoundSpec* bounds, bool excludes) {
  if (bounds == nullptr || keys.empty() || bounds->strategy[0] == 'h') return false;
  std::set<std::string> wanted;
  const auto add = [&](std::size_t count, PgQuery__Node* const* data) {
    for (std::size_t i = 0; i < count; ++i)
      for (const std::string& value : constants_in(data[i])) wanted.insert(value);
  };
  add(bounds->n_listdatums, bounds->listdatums);
  add(bounds->n_lowerdatums, bounds->lowerdatums);
  add(bounds->n_upperdatums, bounds->upperdatums);
  const auto proven = [&](const std::string& key) {
    const Column* column = table.column(key);
    return excludes || (column != nullptr && column->required) ||
           std::any_of(table.constraints.begin(), table.constraints.end(),
                       [&](const Constraint& c) {
                         return c.valid &&
                                std::find(c.proves.begin(), c.proves.end(), key) != c.proves.end();
                       });
  };
  return std::all_of(keys.begin(), keys.end(), proven) &&
         std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const Constraint& check) {
                       return check.kind == Constraint::Kind::check && check.valid &&
                              std::includes(check.constants.begin(), check.constants.end(),
                                            wanted.begin(), wanted.end()) &&
                              std::all_of(keys.begin(), keys.end(), [&](const std::string& key) {
                                return std::find(check.columns.begin(), check.columns.end(), key) !=
                                       check.columns.end();
                              });
                     });
}

}  // namespace schemac::lint
