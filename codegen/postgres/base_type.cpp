#include "compiler/kinds/base_type.h"

#include "codegen/postgres/column.h"
#include "codegen/postgres/parts.h"
#include "codegen/postgres/shells.h"
#include "compiler/kinds/column.h"
#include "compiler/kinds/domain.h"

namespace schemac::postgres {
namespace {

using Options = std::vector<Sql>;

constexpr int kSubscripts = 14;

Sql name_of(const QName& name) {
  return type_name({name, {}, 0});
}

Sql alter_type(const QName& name) {
  return sql("ALTER TYPE ", name_of(name), " ");
}

void add_function(Options& options, const char* word, const std::optional<QName>& function) {
  if (function) options.push_back(sql(Word{word}, " = ", *function));
}

Options functions(const Typed<BaseType>& type, const Context& plan) {
  Options options{sql("INPUT = ", type.input), sql("OUTPUT = ", type.output)};
  add_function(options, "RECEIVE", type.receive);
  add_function(options, "SEND", type.send);
  add_function(options, "TYPMOD_IN", type.typmod_in);
  add_function(options, "TYPMOD_OUT", type.typmod_out);
  add_function(options, "ANALYZE", type.analyze);
  if (plan.server_version() >= kSubscripts) add_function(options, "SUBSCRIPT", type.subscript);
  return options;
}

Options options_of(const Typed<BaseType>& type, const Context& plan) {
  Options options = functions(type, plan);
  if (type.internallength) options.push_back(sql("INTERNALLENGTH = ", *type.internallength));
  if (type.passedbyvalue) options.push_back(sql("PASSEDBYVALUE"));
  if (type.alignment != "int4") options.push_back(sql("ALIGNMENT = ", Word{type.alignment}));
  if (type.storage != "plain") options.push_back(sql("STORAGE = ", Word{type.storage}));
  if (type.category != "U") options.push_back(sql("CATEGORY = ", Literal{type.category}));
  if (type.preferred) options.push_back(sql("PREFERRED = true"));
  if (type.initial) options.push_back(sql("DEFAULT = ", Literal{*type.initial}));
  if (type.element) options.push_back(sql("ELEMENT = ", type_name(*type.element)));
  if (type.delimiter != ",") options.push_back(sql("DELIMITER = ", Literal{type.delimiter}));
  if (type.collatable) options.push_back(sql("COLLATABLE = true"));
  return options;
}

Actions create(const Typed<BaseType>& type, const Context& plan) {
  return {create_shell(*type.object),
          statement(sql("CREATE TYPE ", name_of(type.qname()), " (\n    ",
                        join(options_of(type, plan), ",\n    "), "\n)"))};
}

Actions drop(const Typed<BaseType>& type, const Context& plan) {
  return drop_type(*type.object, type.name(), plan);
}

Actions rename(const Typed<BaseType>& was, const Typed<BaseType>& now, const Context&) {
  return {statement(sql(alter_type({now.qname().schema, was.name()}), "RENAME TO ", now.name()))};
}

Ident retired(const Ident& name) {
  return suffixed(name, "__retired");
}

Actions retire(const Typed<BaseType>& was, const Context& plan) {
  Actions actions = retire_functions(*was.object, plan);
  actions.push_back(statement(sql(alter_type(was.qname()), "RENAME TO ", retired(was.name()))));
  return actions;
}

Actions drop_retired(const Typed<BaseType>& was, const Context& plan) {
  return drop_type(*was.object, retired(was.name()), plan);
}

// Those that differ, as ALTER TYPE … SET takes them.
std::optional<Actions> set_functions(const Typed<BaseType>& was, const Typed<BaseType>& now,
                                     const Context&) {
  // The server chooses a handler when it makes the type, never later.
  if (now.element && was.subscript && !now.subscript) return std::nullopt;
  Options options;
  const auto compare = [&](const char* word, const std::optional<QName>& before,
                           const std::optional<QName>& after) {
    if (before != after)
      options.push_back(sql(Word{word}, " = ", after ? sql(*after) : sql("NONE")));
  };
  compare("RECEIVE", was.receive, now.receive);
  compare("SEND", was.send, now.send);
  compare("TYPMOD_IN", was.typmod_in, now.typmod_in);
  compare("TYPMOD_OUT", was.typmod_out, now.typmod_out);
  compare("ANALYZE", was.analyze, now.analyze);
  compare("SUBSCRIPT", was.subscript, now.subscript);
  return Actions{
      statement(sql(alter_type(now.qname()), "SET (", join(std::move(options), ", "), ")"))};
}

// Columns of the type, or of a domain over it, that stay of it.
void find_columns(const ObjectId& type, const Context& plan, std::vector<const Object*>& columns) {
  for (const Object* user : plan.dependents_before(type)) {
    const Object* now = plan.after(user->id);
    if (now == nullptr) continue;
    if (&user->kind() == &domain_kind) find_columns(user->id, plan, columns);
    if (&user->kind() == &column_kind && typed<Column>(*user).type == typed<Column>(*now).type)
      columns.push_back(now);
  }
}

// The server knows no way back to short values, and leaves columns that are there as they are;
// those of materialized views come out right as these are built anew.
std::optional<Actions> set_storage(const Typed<BaseType>&, const Typed<BaseType>& now,
                                   const Context& plan) {
  if (now.storage == "plain") return std::nullopt;
  Actions actions{
      statement(sql(alter_type(now.qname()), "SET (STORAGE = ", Word{now.storage}, ")"))};
  std::vector<const Object*> columns;
  find_columns(now.id(), plan, columns);
  for (const Object* object : columns)
    if (const auto column = typed<Column>(*object); column.type.dimensions == 0 && !column.storage)
      actions.push_back(set_storage_to(column, plan));
  return actions;
}

Sql address(const Object& type) {
  return sql("TYPE ", name_of(qname(type.id)));
}

constexpr FieldRule kFields[] = {
    replaces("input"),
    replaces("output"),
    alters<set_functions>("receive"),
    alters<set_functions>("send"),
    alters<set_functions>("typmod_in"),
    alters<set_functions>("typmod_out"),
    alters<set_functions>("analyze"),
    alters<set_functions>("subscript"),
    replaces("internallength"),
    replaces("passedbyvalue"),
    replaces("alignment"),
    alters_under_texts<set_storage>("storage"),
    replaces("category"),
    replaces("preferred"),
    replaces("default"),
    replaces("element"),
    replaces("delimiter"),
    replaces("collatable"),
};
static_assert(covers(base_type_kind, kFields),
              "every field of a base type needs a rule, in their order");

}  // namespace

extern constexpr KindRules base_type_rules{.create = on<create>,
                                           .drop = on<drop>,
                                           .rename = on_both<rename>,
                                           .retire = on<retire>,
                                           .drop_retired = on<drop_retired>,
                                           .address = address,
                                           .fields = kFields};

}  // namespace schemac::postgres
