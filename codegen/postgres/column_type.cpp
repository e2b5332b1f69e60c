// Types of existing columns, and what changes with them.

#include <algorithm>

#include "codegen/postgres/column.h"
#include "codegen/postgres/inherited_column.h"
#include "codegen/postgres/not_null.h"
#include "codegen/postgres/parts.h"
#include "codegen/postgres/statistics.h"
#include "codegen/postgres/type_change.h"
#include "compiler/kinds/attribute.h"
#include "compiler/kinds/base_type.h"
#include "compiler/kinds/check.h"
#include "compiler/kinds/collation.h"
#include "compiler/kinds/composite_type.h"
#include "compiler/kinds/enum.h"
#include "compiler/kinds/exclusion.h"
#include "compiler/kinds/foreign_key.h"
#include "compiler/kinds/index.h"
#include "compiler/kinds/primary_key.h"
#include "compiler/kinds/range_type.h"
#include "compiler/kinds/table.h"
#include "compiler/kinds/unique.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac::postgres {
namespace {

// How values of a type are kept unless told otherwise; before 16, no statement asks the server.
std::string default_storage(const TypeRef& type, const Context& plan) {
  constexpr std::string_view kMain[] = {"numeric", "inet", "cidr"};
  constexpr std::string_view kPlain[] = {"smallint",
                                         "integer",
                                         "bigint",
                                         "real",
                                         "double precision",
                                         "money",
                                         "boolean",
                                         "char",
                                         "name",
                                         "date",
                                         "uuid",
                                         "interval",
                                         "time without time zone",
                                         "time with time zone",
                                         "timestamp without time zone",
                                         "timestamp with time zone",
                                         "macaddr",
                                         "macaddr8",
                                         "point",
                                         "lseg",
                                         "line",
                                         "box",
                                         "circle",
                                         "tsquery",
                                         "oid",
                                         "regclass",
                                         "regproc",
                                         "regprocedure",
                                         "regtype",
                                         "regrole",
                                         "regnamespace",
                                         "xid",
                                         "xid8",
                                         "pg_lsn"};
  const std::string_view name = type.name.name.text;
  const auto is_one_of = [&](const auto& list) {
    return type.name.schema.empty() &&
           std::find(std::begin(list), std::end(list), name) != std::end(list);
  };
  if (type.dimensions > 0) return "extended";
  if (is_one_of(kMain)) return "main";
  const auto declared = [&](const KindInfo& kind) {
    return plan.after(ObjectId(kind, {type.name.schema.text, type.name.name.text}));
  };
  if (const Object* base = declared(base_type_kind)) return typed<BaseType>(*base).storage;
  const bool is_enum = declared(enum_kind) != nullptr;
  return is_enum || is_one_of(kPlain) ? "plain" : "extended";
}

bool names_column(const Ident& column, const std::vector<Ident>& columns) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

bool has_key(const Ident& column, const IndexKey& key) {
  return key.column == column;
}

// Whether an index has the column as a key, a constraint's index included.
bool is_indexed(const Typed<Column>& column, const Context& plan) {
  const Ident name = column.name();
  for (const Object* child : plan.children_before(column.object->parent)) {
    const KindInfo* kind = &child->kind();
    if (kind == &primary_key_kind && names_column(name, typed<PrimaryKey>(*child).columns))
      return true;
    if (kind == &unique_kind && names_column(name, typed<Unique>(*child).columns)) return true;
    if (kind == &index_kind)
      for (const IndexKey& key : typed<Index>(*child).keys)
        if (has_key(name, key)) return true;
    if (kind == &exclusion_kind)
      for (const ExclusionElement& element : typed<Exclusion>(*child).elements)
        if (has_key(name, element.key)) return true;
  }
  return false;
}

// The table, and those that its foreign keys on the column refer to: their rows are looked up again
// where values are written anew.
std::vector<Touch> touch_of_change(const Typed<Column>& column, const TypeChange& change,
                                   const Context& plan) {
  const bool scans = change.rewrites || (change.rebuilds_indexes && is_indexed(column, plan));
  std::vector<Touch> touches =
      touch(plan, column.object->parent, Lock::access_exclusive, change.rewrites, scans);
  for (const Object* child : plan.children_before(column.object->parent)) {
    if (&child->kind() != &foreign_key_kind) continue;
    const auto key = typed<ForeignKey>(*child);
    const ObjectId other = relation_id(table_kind, key.references);
    if (!names_column(column.name(), key.columns) || other == column.object->parent) continue;
    append(touches, touch_referred(plan, other, Lock::access_exclusive, change.rewrites));
  }
  return touches;
}

// The server forgets these when the type changes.
void restore_storage(const Typed<Column>& was, const Typed<Column>& now, const Context& plan,
                     Actions& actions) {
  if (now.storage && was.storage == now.storage) actions.push_back(set_storage_to(now, plan));
  if (now.compression && was.compression == now.compression)
    actions.push_back(set_compression_to(now, plan));
  append(actions, restore_storage_below(plan, *was.object));
  append(actions, restore_targets(was.object->id, plan));
}

// What the former type allowed and the new one may not.
Actions before_type(const Typed<Column>& was, const Typed<Column>& now, const Context& plan) {
  Actions actions;
  if (was.identity && !now.identity) actions = drop_identity(now, plan);
  if (was.generated && !now.generated) actions.push_back(drop_expression(now, plan));
  return actions;
}

// The text of a value, element by element where both types are arrays.
Sql by_text(const Sql& value, const TypeRef& was, const TypeRef& now) {
  const bool by_element = was.dimensions > 0 && now.dimensions > 0;
  return sql(value, by_element ? sql("::text[]") : sql("::text"));
}

Sql using_clause(const Typed<Column>& was, const Typed<Column>& now, const TypeChange& change) {
  if (now.generated) return {};  // computed again, never converted
  if (now.conversion) return sql(" USING ", parenthesised(*now.conversion, *now.object));
  if (!change.explicit_cast) return {};
  const Sql name = sql(strict_name(now.name()));
  return sql(" USING ", change.by_text ? by_text(name, was.type, now.type) : name,
             "::", type_name(now.type));
}

bool is_catalogued(const KindInfo& kind, const TypeRef& type, const Context& plan) {
  return plan.before(ObjectId(kind, {type.name.schema.text, type.name.name.text})) != nullptr;
}

// Whether two forms of one type have only the text of their values in common.
bool meets_in_text(const TypeRef& type, const Context& plan) {
  const TypeRef element{type.name, type.modifiers, 0};
  const TypeRef base = base_type_after(element, plan).type;
  return is_catalogued(enum_kind, base, plan) || is_catalogued(composite_type_kind, base, plan) ||
         type_change(base_type_before(element, plan).type, base, plan).by_text;
}

Sql carried_value(const Sql& value, const TypeRef& type, const Context& plan) {
  if (!meets_in_text(type, plan)) return value;
  return sql(value, type.dimensions > 0 ? sql("::text[]") : sql("::text"));
}

// The attributes by name, each as the new form has it.
Sql carried_row(const Typed<Column>& now, const ObjectId& replaced, const Context& plan) {
  const Fragment column = strict_name(now.name());
  std::vector<Sql> values;
  for (const Object* child : plan.children_after(replaced)) {
    if (&child->kind() != &attribute_kind) continue;
    if (plan.before(child->id) == nullptr) {
      values.push_back(sql("NULL"));
      continue;
    }
    const auto attribute = typed<Attribute>(*child);
    const TypeRef was = typed<Attribute>(*plan.before(child->id)).type;
    const Sql value = sql("(", column, ").", attribute.name());
    if (type_change(was, attribute.type, plan).by_text)
      values.push_back(by_text(value, was, attribute.type));
    else
      values.push_back(carried_value(value, attribute.type, plan));
  }
  return sql("CASE WHEN ", column, " IS DISTINCT FROM NULL THEN ROW(", join(values, ", "),
             ")::", type_name(now.type), " END");
}

// Whether the new form of a type that only functions understand reads what the former wrote, and
// writes the same.
bool keeps_text(const ObjectId& type, const Context& plan) {
  const auto same = [&](std::initializer_list<std::string_view> fields) {
    const Object &was = *plan.before(type), &now = *plan.after(type);
    return std::all_of(fields.begin(), fields.end(), [&](std::string_view field) {
      return was.value(field) == now.value(field);
    });
  };
  return &type.kind() == &range_type_kind ? same({"canonical"}) : same({"input", "output"});
}

Sql carrying_clause(const Typed<Column>& now, const ObjectId& replaced, const Context& plan) {
  if (&replaced.kind() == &composite_type_kind && now.type.dimensions == 0)
    return sql(" USING ", carried_row(now, replaced, plan));
  const Sql column = sql(strict_name(now.name()));
  // A range may stand for its multirange, and a base type has no other way.
  const bool as_text = &replaced.kind() == &range_type_kind || &replaced.kind() == &base_type_kind;
  return sql(" USING ",
             as_text ? sql(column, now.type.dimensions > 0 ? sql("::text[]") : sql("::text"))
                     : carried_value(column, now.type, plan),
             "::", type_name(now.type));
}

}  // namespace

Sql alter_column(const Typed<Column>& column) {
  return sql(alter_table(column.id()), "ALTER COLUMN ", column.name());
}

Action set_storage_to(const Typed<Column>& column, const Context& plan) {
  const std::string word(column.storage
                             ? *column.storage
                             : default_storage(base_type_after(column.type, plan).type, plan));
  return statement(sql(alter_column(column), " SET STORAGE ", Word{word}),
                   touch(plan, column.object->parent, Lock::access_exclusive));
}

Action set_compression_to(const Typed<Column>& column, const Context& plan) {
  const Sql method = column.compression ? sql(*column.compression) : sql("DEFAULT");
  return statement(sql(alter_column(column), " SET COMPRESSION ", method),
                   touch(plan, column.object->parent, Lock::access_exclusive));
}

Action set_statistics_to(const Typed<Column>& column, const Context& plan) {
  // Tables below have targets of their own.
  const bool alone = tables_below(plan, column.object->parent).empty();
  return statement(
      sql(alone ? sql("ALTER TABLE ") : sql("ALTER TABLE ONLY "), column.qname(), " ALTER COLUMN ",
          column.name(), " SET STATISTICS ", column.statistics.value_or(-1)),
      touch_only(plan, column.object->parent, Lock::share_update_exclusive));
}

bool is_proven_not_null(const Typed<Column>& column, const Context& plan) {
  const std::string proof = std::string(strict_name(column.name()).text) + " IS NOT NULL";
  const auto& checks = plan.children_before(column.object->parent);
  return std::any_of(checks.begin(), checks.end(), [&](const Object* child) {
    if (&child->kind() != &check_kind || plan.after(child->id) == nullptr) return false;
    const auto check = typed<Check>(*child);
    return !check.not_valid && same_text(check.expression.written, proof, TextForm::expression);
  });
}

bool keeps_type(const Typed<Column>& was, const Typed<Column>& now) {
  return was.type == now.type && was.collation == now.collation;
}

Action drop_expression(const Typed<Column>& column, const Context& plan) {
  Action action = statement(sql(alter_column(column), " DROP EXPRESSION"),
                            touch(plan, column.object->parent, Lock::access_exclusive));
  action.lets_go = true;
  return action;
}

// Whether long values of the type can go into the side table of whatever table has them.
bool may_need_toast(const TypeRef& type, const Context& plan) {
  return default_storage(base_type_after(type, plan).type, plan) != "plain";
}

// A limit, as of `varchar(20)`, may keep all values short.
bool needs_toast(const TypeRef& type, const Context& plan) {
  return may_need_toast(type, plan) && base_type_after(type, plan).type.modifiers.empty();
}

bool is_toast_option(const Setting& setting) {
  return setting.name.starts_with("toast.");
}

// Rows are written anew without a side table where no column needs one at that moment, and what is
// set for that table is lost. Columns that come to need one do so first; where one must wait for
// this very column, it is set again behind.
void keep_toast_options(const Typed<Column>& column, const Context& plan, Actions& actions) {
  const Object* table = plan.after(column.object->parent);
  if (table == nullptr || &table->kind() != &table_kind || needs_toast(column.type, plan)) return;
  std::vector<Setting> settings = typed<Table>(*table).with;
  std::erase_if(settings, [](const Setting& setting) { return !is_toast_option(setting); });
  if (settings.empty()) return;
  std::vector<ObjectId> first, later;
  for (const Object* sibling : plan.children_after(table->id)) {
    if (&sibling->kind() != &column_kind || sibling == column.object) continue;
    const Object* was = plan.before(sibling->id);
    const TypeRef type = typed<Column>(*sibling).type;
    if (!may_need_toast(type, plan)) continue;
    const bool waits =
        std::any_of(sibling->depends.begin(), sibling->depends.end(),
                    [&](const Edge& edge) { return edge.target == column.object->id; });
    if (waits)
      later.push_back(sibling->id);
    else if (was == nullptr || typed<Column>(*was).type != type)
      first.push_back(sibling->id);
  }
  if (first.empty() && !later.empty())
    for (Action& action : set_parameters(sql("ALTER TABLE ", qname(column.id())), {}, settings,
                                         touch(plan, table->id, Lock::share_update_exclusive))) {
      for (const ObjectId& id : later) action.after.push_back(id);
      action.late = true;
      actions.push_back(std::move(action));
    }
  else
    for (const ObjectId& id : first) actions.back().rather_after.push_back(id);
}

// Whether the table of the column leaves a table above it or joins one.
static bool moves(const Object& column, const Context& plan) {
  const Object *was = plan.before(column.parent), *now = plan.after(column.parent);
  return was != nullptr && now != nullptr && &now->kind() == &table_kind &&
         above(*was) != above(*now);
}

// Whether a column that its table declares again gets the type with the one further up. A table
// that moves does not see that change.
static bool changes_above(const Typed<Column>& was, const Typed<Column>& now, const Context& plan) {
  const Object* from = inherited(plan, Side::before, was.id());
  const Object* to = inherited(plan, Side::after, now.id());
  return from != nullptr && to != nullptr && from->id == to->id && &to->kind() == &column_kind &&
         keeps_type(typed<Column>(*from), was) && keeps_type(typed<Column>(*to), now) &&
         !moves(*now.object, plan);
}

// PostgreSQL 18.4 refuses to change a type where a table below declares the column again and calls
// its NOT NULL otherwise: it makes the constraint anew under the name from above. One that stands
// in that table alone it leaves as it is.
static bool is_refused_for_names(const Typed<Column>& was, const Typed<Column>& now,
                                 const Context& plan) {
  if (plan.server_version() < 18 || was.nullable || now.nullable) return false;
  const auto tables = tables_below(plan, now.object->parent);
  return std::any_of(tables.begin(), tables.end(), [&](const ObjectId& table) {
    const ObjectId own =
        ObjectId::from_key(column_kind, table.key() + '\0' + std::string(now.id().name()));
    return plan.before(own) != nullptr && plan.after(own) != nullptr;
  });
}

std::optional<Actions> set_column_type(const Typed<Column>& was, const Typed<Column>& now,
                                       const Context& plan) {
  if (changes_above(was, now, plan)) return Actions{};
  if (is_in_partition_key(*was.object, plan)) return std::nullopt;
  TypeChange change = type_change(was.type, now.type, plan);
  const bool converts = was.type != now.type;
  if (was.collation != now.collation) change.rebuilds_indexes = true;
  if (converts && now.conversion) change.rewrites = change.rebuilds_indexes = true;
  if (now.generated) change.loses = false;
  Actions actions = before_type(was, now, plan);
  const bool apart = is_refused_for_names(was, now, plan);
  if (apart)
    actions.push_back(statement(sql(alter_column(now), " DROP NOT NULL"),
                                touch(plan, now.object->parent, Lock::access_exclusive)));
  Action to_type =
      statement(sql(alter_column(now), " TYPE ", type_name(now.type), collate_clause(now.collation),
                    converts ? using_clause(was, now, change) : Sql()),
                touch_of_change(now, change, plan), change.loses ? Loss::rows : Loss::nothing);
  if (converts) clear_defaults_below(plan, *was.object, actions, to_type);
  actions.push_back(std::move(to_type));
  if (apart) append(actions, set_not_null(plan, now.object->parent, now.name(), true));
  keep_toast_options(now, plan, actions);
  restore_storage(was, now, plan, actions);
  if (converts) append(actions, restore_cleared_below(plan, *now.object));
  // As long as it is one from further up as well, it cannot change here.
  if (inherited(plan, Side::before, was.id()) != nullptr && moves(*now.object, plan) &&
      plan.before(now.id()) != nullptr)
    actions.front().after.push_back(now.object->parent);
  return actions;
}

Actions carry_column(const Object& was_object, const Object& now_object, const ObjectId& replaced,
                     const Context& plan) {
  const auto was = typed<Column>(was_object);
  const auto now = typed<Column>(now_object);
  if (changes_above(was, now, plan)) return {};
  const bool converts = was.type != now.type;
  TypeChange change = type_change(was.type, now.type, plan);
  change.rewrites = change.rebuilds_indexes = true;  // whatever the types are called
  const KindInfo* kind = &replaced.kind();
  if (!converts && (kind == &enum_kind || kind == &composite_type_kind || kind == &collation_kind))
    change.loses = false;
  if (!converts && (kind == &range_type_kind || kind == &base_type_kind))
    change.loses = !keeps_text(replaced, plan);
  if (!converts && kind == &collation_kind) change.rewrites = false;
  const Sql conversion = change.by_text || (converts && now.conversion)
                             ? using_clause(was, now, change)
                             : carrying_clause(now, replaced, plan);
  Actions actions = before_type(was, now, plan);
  Action to_type =
      statement(sql(alter_column(now), " TYPE ", type_name(now.type), collate_clause(now.collation),
                    conversion),
                touch_of_change(now, change, plan), change.loses ? Loss::rows : Loss::nothing);
  clear_defaults_below(plan, *was.object, actions, to_type);
  actions.push_back(std::move(to_type));
  restore_storage(was, now, plan, actions);
  append(actions, restore_cleared_below(plan, *now.object));
  return actions;
}

}  // namespace schemac::postgres
