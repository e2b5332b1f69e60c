// Columns that come, go and change their type.

#include <algorithm>

#include "codegen/postgres/type_change.h"
#include "compiler/ir/type.h"
#include "lint/table_parts.h"

namespace schemac::lint {
namespace {

std::string shown(const Relation& table, const std::string& column) {
  return lint::shown(table.name) + "." + column;
}

bool names(const std::vector<std::string>& columns, const std::string& column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

bool named(const TypeRef& type, std::string_view name) {
  return type.dimensions == 0 && type.name.name.text == name;
}

// The event that a column of that type went.
std::string dropping(const Relation& table, const TypeRef& type) {
  return "drop column of " + lint::shown(table.name) + " " + to_string(type);
}

// What ADD COLUMN costs, with the hazard that says so.
Work cost_of(Context& context, const Relation& table, const ColumnParts& parts) {
  const Column& column = parts.column;
  const std::string name = shown(table, column.name);
  Work work;
  const auto rewrites = [&](std::string_view code) {
    context.report(code, name, &table);
    work.rewrites = true;
  };
  if (!column.serial.empty() || column.identity) {
    rewrites("RW102");
  } else if (column.generated) {
    rewrites("RW103");
  } else if (parts.default_value != nullptr) {
    if (is_volatile(parts.default_value, context.known, context.names) || !context.has_version(11))
      rewrites("RW101");
    else if (is_of_moment(parts.default_value))
      context.report("PF114", name, &table);
  }
  if (column.type && context.known.below(*column.type).constrained) rewrites("RW104");
  if (parts.checks) {
    context.report("SC103", name, &table);
    work.scans = true;
  }
  if (parts.is_unique) {
    context.report("SC106", name, &table);
    work.builds = true;
  }
  return work;
}

void judge_new_column(Context& context, const Relation& table, const ColumnParts& parts) {
  const Column& column = parts.column;
  const std::string name = shown(table, column.name);
  if (column.required && !column.has_default && !column.generated && table.is_table()) {
    context.report("DD101", name, &table);
    context.report("BC105", name, &table);
  }
  if (column.type && named(*column.type, "json")) context.report("BC116", name, &table);
  if (column.generated || column.identity) context.report("BC117", name, &table);
  context.report("BC107", lint::shown(table.name), &table);
  if (context.known.published(table.name)) context.report("BC119", table);
}

// Everything that goes with a column, silently.
std::string casualties(const Relation& table, const std::string& column) {
  std::string list;
  const auto add = [&](std::string_view what, const std::string& name) {
    list += (list.empty() ? "" : ", ") + std::string(what) + (name.empty() ? "" : " " + name);
  };
  for (const Index& index : table.indexes)
    if (index.columns.size() > 1 && index.columns.contains(column) && !index.of_constraint)
      add("index", index.name);
  for (const Constraint& constraint : table.constraints)
    if (constraint.columns.size() > 1 && names(constraint.columns, column))
      add("constraint", constraint.name);
  if (table.statistics_columns.contains(column)) add("extended statistics", "");
  return list;
}

// Whether something that the server protects needs the column.
std::string dependant(Context& context, const Relation& table, const std::string& column) {
  for (const Relation* view : context.known.views_of(table.name, column))
    return "view " + lint::shown(view->name);
  for (const Relation* other : context.known.referring_to(table.name))
    for (const Constraint& key : other->constraints)
      if (key.other == table.name && names(key.other_columns, column))
        return "foreign key " + key.name + " of " + lint::shown(other->name);
  for (const auto& [policy, columns] : table.policies)
    if (columns.contains(column)) return "policy " + policy;
  for (const Column& each : table.columns)
    if (each.uses.contains(column)) return "generated column " + each.name;
  for (const auto& [trigger, columns] : table.triggers)
    if (columns.contains(column)) return "trigger " + trigger;
  return "";
}

void judge_bodies(Context& context, const Relation& table, const std::string& column) {
  for (const Function* function : context.known.bodies_with({table.name.name.text, column}))
    context.report_unless(
        "BC113", shown(table, column), &table,
        [&context, name = lint::shown(function->name), at = context.statement] {
          return context.happened_after("create function " + name, at) ||
                 context.happened_after("drop function " + name, 0);
        },
        "function " + lint::shown(function->name) + " names it");
}

// Keys that a column is part of, on either side.
bool locks_partners(Context& context, Relation& table, const std::string& column, bool rewrites) {
  bool any = false;
  for (const Constraint& key : std::vector<Constraint>(table.constraints)) {
    if (key.kind != Constraint::Kind::foreign_key || !names(key.columns, column)) continue;
    // Without a rewrite the key is made again as it was, and not tried.
    context.lock(context.known.relation(key.other), Lock::access_exclusive, {.scans = rewrites});
    any = true;
  }
  for (Relation* other : context.known.referring_to(table.name))
    for (const Constraint& key : other->constraints)
      if (key.other == table.name && names(key.other_columns, column)) {
        context.lock(*other, Lock::access_exclusive, {.scans = rewrites});
        any = true;
      }
  return any;
}

// An expression that can take something from a value: an explicit cast, or a function that cuts.
bool is_lossy(Context& context, const PgQuery__Node* expression) {
  if (const auto* cast = as<PgQuery__TypeCast>(expression)) {
    const std::optional<TypeRef> type = context.names.type(cast->type_name, context.text);
    return type && !type->modifiers.empty();
  }
  static constexpr std::string_view kCutting[] = {"left",  "right", "substr", "substring",
                                                  "round", "trunc", "floor",  "ceil"};
  const Named named = named_in(expression, context.names);
  return std::any_of(named.functions.begin(), named.functions.end(), [&](const QName& function) {
    return std::find(std::begin(kCutting), std::end(kCutting), function.name.text) !=
           std::end(kCutting);
  });
}

// Whether USING leaves the value as the server itself would convert it.
bool is_plain(Context& context, const PgQuery__Node* expression, const TypeRef& to) {
  if (const auto* cast = as<PgQuery__TypeCast>(expression)) {
    const std::optional<TypeRef> type = context.names.type(cast->type_name, context.text);
    return type && *type == to && as<PgQuery__ColumnRef>(cast->arg) != nullptr;
  }
  return as<PgQuery__ColumnRef>(expression) != nullptr;
}

struct TypeWork {
  bool rewrites = true;
  bool rebuilds_indexes = true;
  bool loses = false;
  bool to_domain = false;  // only the domain's conditions make it so dear
  bool changes = true;     // more than the collation
};

bool between_zones(const TypeRef& from, const TypeRef& to) {
  return (named(from, "timestamp without time zone") && named(to, "timestamp with time zone")) ||
         (named(from, "timestamp with time zone") && named(to, "timestamp without time zone"));
}

bool is_utc(std::string zone) {
  std::transform(zone.begin(), zone.end(), zone.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return zone == "UTC" || zone == "GMT" || zone == "ETC/UTC" || zone == "0";
}

TypeWork work_of(Context& context, const Column* column, const TypeRef& to,
                 const PgQuery__Node* expression, bool collated) {
  const Known::Below target = context.known.below(to);
  TypeWork work;
  if (column == nullptr || !column->type) {
    work.loses = false;
    return work;
  }
  const TypeRef from = context.known.below(*column->type).type;
  postgres::TypeChange change = postgres::base_type_change(from, target.type);
  if (between_zones(from, target.type) && context.has_version(12) &&
      is_utc(context.session.time_zone) && from.modifiers == target.type.modifiers)
    change.rewrites = false;
  work = {change.rewrites, change.rebuilds_indexes || collated, change.loses, false,
          *column->type != to};
  if (target.constrained && column->type->name != to.name) {
    work.to_domain = !work.rewrites;
    work.rewrites = work.rebuilds_indexes = true;
  }
  if (expression != nullptr && !is_plain(context, expression, to)) {
    work.rewrites = work.rebuilds_indexes = true;
    work.loses = false;  // the expression answers for it
  }
  return work;
}

// What is checked or built again although the rows stay as they are.
Work aftermath(const Relation& table, const std::string& column, const TypeWork& change,
               const std::set<std::string>& dropped, std::string& what) {
  Work work;
  for (const Constraint& check : table.constraints)
    if (check.kind == Constraint::Kind::check && names(check.columns, column) &&
        !dropped.contains(check.name) && change.changes) {
      work.scans = true;
      what = "check " + check.name;
    }
  for (const Index& index : table.indexes) {
    if (!index.columns.contains(column) || dropped.contains(index.name)) continue;
    const bool plain =
        std::find(index.keys.begin(), index.keys.end(), column) != index.keys.end() &&
        !index.partial && !index.has_expression();
    if (plain && !change.rebuilds_indexes) continue;
    work.builds = true;
    what = "index " + index.name;
  }
  return work;
}

void judge_serial(Context& context, const Relation& table, const Column& column,
                  const TypeRef& to) {
  if (column.serial.empty() || !named(to, "bigint")) return;
  const QName sequence{table.name.schema, Ident(column.serial)};
  context.report_unless("DD117", lint::shown(sequence), &table, [&context, sequence] {
    return context.happened("alter sequence type " + lint::shown(sequence));
  });
}

}  // namespace

void judge_add_column(Context& context, Relation& table, const PgQuery__AlterTableCmd& action) {
  const auto* node = as<PgQuery__ColumnDef>(action.def);
  if (node == nullptr) return;
  const std::string name = shown(table, node->colname);
  if (action.missing_ok) {
    context.report("LK124", name, &table);
    context.report("DD116", name, &table);
    context.conditional.insert(name);
    if (table.column(node->colname) != nullptr) {
      context.lock_all(table, Lock::access_exclusive);
      return;
    }
  }
  ColumnParts parts = read_column(context, table, *node);
  if (parts.column.type && context.happened(dropping(table, *parts.column.type)))
    context.report("DS115", name, &table);
  const Work work = cost_of(context, table, parts);
  context.lock_all(table, Lock::access_exclusive, work);
  judge_new_column(context, table, parts);
  for (Relation* each : context.known.with_children(table))
    if (each->column(parts.column.name) == nullptr) each->columns.push_back(parts.column);
  std::size_t place = 0;
  for (Constraint& constraint : parts.constraints) {
    if (constraint.kind == Constraint::Kind::foreign_key) {
      Relation& other = context.known.relation(constraint.other);
      const bool scans = parts.default_value != nullptr && !context.is_new(table);
      context.lock(other, Lock::share_row_exclusive, {.scans = scans});
      context.report("LK107", other);
      if (scans) {
        context.lock(table, Lock::access_exclusive, {.scans = true});
        context.report("SC105", name, &table);
      }
      for (; place < node->n_constraints; ++place)
        if (const auto* own = as<PgQuery__Constraint>(node->constraints[place]);
            own != nullptr && own->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN) {
          judge_foreign_key(context, table, constraint, *own);
          break;
        }
    }
    for (Relation* each : context.known.with_children(table))
      add_constraint(context.known, *each, constraint);
  }
}

void judge_drop_column(Context& context, Relation& table, const PgQuery__AlterTableCmd& action) {
  const std::string column = action.name;
  const std::string name = shown(table, column);
  context.lock_all(table, Lock::access_exclusive);
  const Column* known = table.column(column);
  if (action.missing_ok) context.report("DD116", name, &table);
  const bool ours = known != nullptr && known->made_in == context.migration;
  if (context.conditional.contains(name)) context.report("IR107", name);
  if (!ours) context.report("DS103", name, &table);
  if (const std::string lost = casualties(table, column); !lost.empty())
    context.report("DS104", name, &table, lost);
  const bool cascades = action.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  if (const std::string by = dependant(context, table, column); !by.empty())
    context.report(cascades ? "DS106" : "DD113", name, nullptr, by);
  else if (cascades)
    context.report("DS106", name, &table);
  judge_bodies(context, table, column);
  if (!ours && known != nullptr && known->type) context.note(dropping(table, *known->type));
  for (const Constraint& key : std::vector<Constraint>(table.constraints))
    if (key.kind == Constraint::Kind::foreign_key && names(key.columns, column)) {
      const Relation& other = context.known.relation(key.other);
      context.lock(other, Lock::access_exclusive);
      context.report("LK108", other);
    }
  if (cascades) {
    for (const Relation* other : context.known.referring_to(table.name))
      context.lock(*other, Lock::access_exclusive);
    for (const Relation* view : context.known.views_of(table.name, column))
      context.lock(*view, Lock::access_exclusive);
  }
  for (Relation* each : context.known.with_children(table)) {
    std::erase_if(each->columns, [&](const Column& c) { return c.name == column; });
    std::erase_if(each->constraints, [&](const Constraint& c) { return names(c.columns, column); });
    std::erase_if(each->indexes, [&](const Index& i) { return i.columns.contains(column); });
  }
}

void judge_column_type(Context& context, Relation& table, const PgQuery__AlterTableCmd& action,
                       const std::set<std::string>& dropped) {
  const auto* node = as<PgQuery__ColumnDef>(action.def);
  const std::optional<TypeRef> to = context.names.type(node->type_name, context.text);
  const std::string name = shown(table, action.name);
  const PgQuery__Node* expression = node->raw_default;
  Column* column = table.column(action.name);
  if (const std::string by = dependant(context, table, action.name);
      !by.empty() && !by.starts_with("foreign key"))
    context.report("DD111", name, nullptr, by);
  if (!to) return;
  const TypeWork change = work_of(context, column, *to, expression, node->coll_clause != nullptr);
  std::string again;
  Work work = aftermath(table, action.name, change, dropped, again);
  const std::string detail = column != nullptr && column->type
                                 ? to_string(*column->type) + " to " + to_string(*to)
                                 : "to " + to_string(*to) + "; what it was is not known";
  if (change.rewrites)
    context.report(change.to_domain ? "RW106" : "RW105", name, &table, detail);
  else if (work.scans || work.builds)
    context.report("SC108", name, &table, again);
  if (change.loses && change.changes) context.report("DS110", name, &table, detail);
  if (expression != nullptr && is_lossy(context, expression)) context.report("DS111", name, &table);
  const bool zones = column != nullptr && column->type && between_zones(*column->type, *to);
  if (zones && expression == nullptr && context.session.time_zone.empty())
    context.report("RW112", name, &table);
  if (change.changes) {
    context.report("BC104", name, &table, detail);
    if (context.known.published(table.name)) context.report("BC119", table);
  }
  context.report_unless("PF103", name, &table, [&context, table_name = lint::shown(table.name)] {
    return context.happened("analyze " + table_name) || context.happened("analyze");
  });
  work.rewrites = change.rewrites;
  context.lock_all(table, Lock::access_exclusive, work);
  if (work.rewrites || work.scans) {
    if (context.happened("rewrites " + lint::shown(table.name)) &&
        !context.happened_after("rewrites " + lint::shown(table.name), context.statement))
      context.report("RW113", table);
    context.note("rewrites " + lint::shown(table.name));
  }
  if (locks_partners(context, table, action.name, change.rewrites))
    context.report("LK109", name, &table);
  if (column != nullptr) {
    judge_serial(context, table, *column, *to);
    for (Relation* each : context.known.with_children(table))
      if (Column* below = each->column(action.name)) below->type = to;
  }
}

}  // namespace schemac::lint
