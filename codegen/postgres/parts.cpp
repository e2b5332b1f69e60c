#include "codegen/postgres/parts.h"

#include <algorithm>

#include "codegen/postgres/inheritance.h"
#include "compiler/ir/type.h"
#include "compiler/kinds/table.h"

namespace schemac::postgres {
namespace {

constexpr std::size_t kNameBytes = 63;  // NAMEDATALEN - 1

// The first `bytes` of `name`, no character of UTF-8 cut in two.
std::string_view clipped(std::string_view name, std::size_t bytes) {
  if (name.size() <= bytes) return name;
  while (bytes > 0 && (static_cast<unsigned char>(name[bytes]) & 0xC0) == 0x80) --bytes;
  return name.substr(0, bytes);
}

bool is_number(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos &&
         std::count(text.begin(), text.end(), '.') <= 1 && text != ".";
}

// Words that the grammar takes as a value without quotes, wherever a value may stand.
bool is_bare_value(std::string_view text) {
  constexpr std::string_view kWords[] = {"auto", "cascaded", "false", "local", "off", "on", "true"};
  return is_number(text) || std::binary_search(std::begin(kWords), std::end(kWords), text);
}

// Built-in types are words of SQL, blanks included, but for the two that other words shadow.
Sql builtin_type(const TypeRef& type) {
  if (type.name.name.text == "any") return sql(Fragment{"\"any\""});
  TypeRef element = type;
  element.dimensions = 0;
  return sql(Fragment{to_string(element)});
}

}  // namespace

// -- Names ---------------------------------------------------------------------------------------

Sql operator_name(const QName& name) {
  if (name.schema.empty()) return sql(Fragment{name.name.text});
  return sql("OPERATOR(", name.schema, ".", Fragment{name.name.text}, ")");
}

QName qname(const ObjectId& id) {
  const auto path = id.path();
  return {Ident(std::string(path[0])), Ident(std::string(path[1]))};
}

ObjectId relation_id(const KindInfo& kind, const QName& name) {
  return {kind, {name.schema.text, name.name.text}};
}

Sql names(const std::vector<Ident>& idents) {
  std::vector<Sql> parts;
  for (const Ident& ident : idents) parts.push_back(sql(ident));
  return join(parts, ", ");
}

Sql include_clause(const std::vector<Ident>& columns) {
  return columns.empty() ? Sql() : sql(" INCLUDE (", names(columns), ")");
}

std::string made_name(std::string_view table, std::string_view column, std::string_view suffix) {
  // The longer of the two gives way, as in the server's makeObjectName.
  const std::size_t room = kNameBytes - suffix.size() - 2;
  std::size_t first = table.size();
  std::size_t second = column.size();
  while (first + second > room) --(first > second ? first : second);
  return std::string(clipped(table, first)) + "_" + std::string(clipped(column, second)) + "_" +
         std::string(suffix);
}

Ident suffixed(const Ident& name, std::string_view suffix) {
  return Ident(std::string(clipped(name.text, kNameBytes - suffix.size())) + std::string(suffix));
}

// -- Types and values ----------------------------------------------------------------------------

Sql type_name(const TypeRef& type) {
  Sql result;
  if (type.name.schema.empty()) {
    result = builtin_type(type);
  } else {
    result = sql(strict_name(type.name.schema), ".", type.name.name);
    std::string modifiers;
    for (const std::string& modifier : type.modifiers)
      modifiers += (modifiers.empty() ? "" : ",") + modifier;
    if (!modifiers.empty()) result.add(sql("(", Fragment{modifiers}, ")"));
  }
  if (type.dimensions > 0) result.add("[]");
  return result;
}

Sql collate_clause(const std::optional<QName>& collation) {
  return collation ? sql(" COLLATE ", *collation) : Sql();
}

Sql setting_name(const std::string& name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return sql(Ident(name));
  return sql(QName{Ident(name.substr(0, dot)), Ident(name.substr(dot + 1))});
}

Sql options_clause(const std::vector<Setting>& options) {
  std::vector<Sql> parts;
  for (const Setting& option : options)
    parts.push_back(sql(Ident(option.name), " ", Literal{option.value}));
  return parts.empty() ? Sql() : sql(" OPTIONS (", join(parts, ", "), ")");
}

// The server adds at the end: what stands in another place is dropped and added again.
Sql changed_options_clause(const std::vector<Setting>& was, const std::vector<Setting>& now) {
  std::vector<Sql> parts;
  std::size_t kept = 0;  // options of `now` that stay where they are
  for (const Setting& option : was) {
    if (kept < now.size() && now[kept].name == option.name) {
      if (now[kept].value != option.value)
        parts.push_back(sql("SET ", Ident(option.name), " ", Literal{now[kept].value}));
      ++kept;
    } else {
      parts.push_back(sql("DROP ", Ident(option.name)));
    }
  }
  for (std::size_t i = kept; i < now.size(); ++i)
    parts.push_back(sql("ADD ", Ident(now[i].name), " ", Literal{now[i].value}));
  return sql(" OPTIONS (", join(parts, ", "), ")");
}

Sql routine_name(const RoutineRef& routine) {
  std::vector<Sql> types;
  for (const TypeRef& type : routine.arguments) types.push_back(type_name(type));
  return sql(routine.function, "(", join(types, ", "), ")");
}

Sql parameter(const Setting& setting) {
  Sql result = sql(setting_name(setting.name));
  result.add(" = ");
  if (is_bare_value(setting.value))
    result.add(Fragment{setting.value});
  else
    result.add(Literal{setting.value});
  return result;
}

Sql with_clause(const std::vector<Setting>& settings) {
  if (settings.empty()) return {};
  std::vector<Sql> parts;
  for (const Setting& setting : settings) parts.push_back(parameter(setting));
  return sql(" WITH (", join(parts, ", "), ")");
}

Actions set_parameters(const Sql& alter, const std::vector<Setting>& was,
                       const std::vector<Setting>& now, const std::vector<Touch>& touches) {
  std::vector<Sql> set;
  std::vector<Sql> reset;
  for (const Setting& setting : now)
    if (std::find(was.begin(), was.end(), setting) == was.end()) set.push_back(parameter(setting));
  for (const Setting& setting : was) {
    const bool stays = std::any_of(now.begin(), now.end(),
                                   [&](const Setting& s) { return s.name == setting.name; });
    if (!stays) reset.push_back(setting_name(setting.name));
  }
  Actions actions;
  if (!set.empty())
    actions.push_back(statement(sql(alter, " SET (", join(set, ", "), ")"), touches));
  if (!reset.empty())
    actions.push_back(statement(sql(alter, " RESET (", join(reset, ", "), ")"), touches));
  return actions;
}

// -- Columns' and constraints' parts -------------------------------------------------------------

Sql index_key(const IndexKey& key, const Object& object) {
  Sql result = key.column ? sql(*key.column) : sql(index_expression(*key.expression, object));
  result.add(collate_clause(key.collation));
  if (key.opclass) result.add(sql(" ", *key.opclass));
  if (!key.opclass_options.empty()) {
    std::vector<Sql> options;
    for (const Setting& option : key.opclass_options) options.push_back(parameter(option));
    result.add(sql(" (", join(options, ", "), ")"));
  }
  if (key.descending) result.add(" DESC");
  if (!key.nulls.empty()) result.add(sql(" ", Word{key.nulls}));
  return result;
}

Actions set_key_statistics(const Sql& alter, const ObjectId& index,
                           const std::vector<IndexKey>& was, const std::vector<IndexKey>& now,
                           const Context& plan) {
  Actions actions;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const auto before = i < was.size() ? was[i].statistics : std::nullopt;
    if (before == now[i].statistics) continue;
    actions.push_back(statement(sql(alter, " ALTER COLUMN ", static_cast<std::int64_t>(i + 1),
                                    " SET STATISTICS ", now[i].statistics.value_or(-1)),
                                touch_only(plan, index, Lock::share_update_exclusive)));
  }
  return actions;
}

bool same_but_statistics(std::vector<IndexKey> was, std::vector<IndexKey> now) {
  for (IndexKey& key : was) key.statistics.reset();
  for (IndexKey& key : now) key.statistics.reset();
  return was == now;
}

Sql deferrable_clause(bool deferrable, bool initially_deferred) {
  Sql result;
  if (deferrable || initially_deferred) result.add(" DEFERRABLE");
  if (initially_deferred) result.add(" INITIALLY DEFERRED");
  return result;
}

Sql index_tablespace(const std::optional<Ident>& tablespace) {
  return tablespace ? sql(" USING INDEX TABLESPACE ", *tablespace) : Sql();
}

// -- Routines ------------------------------------------------------------------------------------

namespace {

Sql argument_types(const Object& routine) {
  std::vector<Sql> types;
  const Value& arguments = routine.value("arguments");
  if (arguments.list() != nullptr)
    for (const auto& argument : from_value<std::vector<Argument>>(arguments)) {
      if (argument.mode == "out") continue;
      types.push_back(argument.mode == "variadic" ? sql("VARIADIC ", type_name(argument.type))
                                                  : type_name(argument.type));
    }
  return sql("(", join(types, ", "), ")");
}

}  // namespace

Sql routine_address(const Object& routine) {
  return sql(qname(routine.id), argument_types(routine));
}

Sql renamed_address(const Object& was, const Object& now) {
  return sql(QName{qname(now.id).schema, qname(was.id).name}, argument_types(now));
}

// -- Actions -------------------------------------------------------------------------------------

Action statement(Sql head, std::vector<Touch> touches, Loss loss) {
  Action action;
  action.head = std::move(head);
  action.touches = std::move(touches);
  action.loss = loss;
  return action;
}

std::vector<Touch> touch_only(const Context& plan, const ObjectId& relation, Lock lock,
                              bool rewrites, bool scans) {
  if (plan.is_new(relation)) return {};
  return {{relation, lock, rewrites, scans}};
}

namespace {

// A partitioned table has no rows but those of its partitions, a foreign one those of its server.
bool has_rows(const Context& plan, const ObjectId& relation) {
  if (&relation.kind() != &table_kind) return true;
  const Object* table = plan.before(relation);
  return !is_partitioned(plan, relation) && (table == nullptr || !typed<Table>(*table).foreign);
}

}  // namespace

std::vector<Touch> touch(const Context& plan, const ObjectId& relation, Lock lock, bool rewrites,
                         bool scans) {
  if (plan.is_new(relation)) return {};
  const bool rows = has_rows(plan, relation);
  std::vector<Touch> touches{{relation, lock, rewrites && rows, scans && rows}};
  for (const ObjectId& below : tables_below(plan, relation))
    if (!plan.is_new(below)) {
      const bool own_rows = has_rows(plan, below);
      touches.push_back({below, lock, rewrites && own_rows, scans && own_rows});
    }
  return touches;
}

ObjectId table_of(const ObjectId& id) {
  return relation_id(table_kind, qname(id));
}

Sql alter_table(const ObjectId& part) {
  return sql("ALTER TABLE ", qname(part), " ");
}

Sql alter_table_alone(const ObjectId& part) {
  return sql("ALTER TABLE ONLY ", qname(part), " ");
}

Action add_constraint(const Object& constraint, const Sql& alter, const Sql& definition, bool folds,
                      std::vector<Touch> touches) {
  const Ident name{std::string(constraint.id.name())};
  Action action =
      statement(sql(alter, "ADD CONSTRAINT ", name, " ", definition), std::move(touches));
  if (folds) action.folded = sql("CONSTRAINT ", name, " ", definition);
  return action;
}

Actions drop_constraint(const Object& constraint, std::vector<Touch> touches, Loss loss) {
  const Ident name{std::string(constraint.id.name())};
  return {statement(sql(alter_table(constraint.id), "DROP CONSTRAINT ", name), std::move(touches),
                    loss)};
}

Actions rename_constraint(const Object& was, const Object& now, const Context& plan) {
  const Ident from{std::string(was.id.name())};
  const Ident to{std::string(now.id.name())};
  Action rename = statement(sql(alter_table(now.id), "RENAME CONSTRAINT ", from, " TO ", to),
                            touch(plan, now.parent, Lock::access_exclusive));
  const Object* table = plan.before(now.parent);
  if (table == nullptr || &table->kind() != &table_kind || !typed<Table>(*table).of)
    return {rename};
  // The server renames nothing in a table while that has its columns from a type.
  const Sql type = type_name(*typed<Table>(*table).of);
  return {statement(sql(alter_table(now.id), "NOT OF"), rename.touches), rename,
          statement(sql(alter_table(now.id), "OF ", type), rename.touches)};
}

Sql constraint_address(const Object& constraint) {
  return sql("CONSTRAINT ", Ident(std::string(constraint.id.name())), " ON ", qname(constraint.id));
}

Sql alter_own_index(const Object& constraint) {
  return sql("ALTER INDEX ",
             QName{qname(constraint.id).schema, Ident(std::string(constraint.id.name()))});
}

Actions set_index_tablespace(const Sql& alter, const ObjectId& index,
                             const std::optional<Ident>& tablespace, const Context& plan) {
  return {statement(sql(alter, " SET TABLESPACE ", tablespace.value_or(Ident("pg_default"))),
                    touch(plan, index, Lock::access_exclusive, true))};
}

}  // namespace schemac::postgres
