#pragma once
// Pieces of statements that the rules of several kinds share.

#include "codegen/postgres/rules.h"
#include "codegen/postgres/text.h"
#include "compiler/kinds/parts.h"

namespace schemac::postgres {

// -- Names ---------------------------------------------------------------------------------------

// A name that is safe even where the grammar takes fewer words: of arguments, in front of types,
// inside expressions.
Fragment strict_name(std::string_view name);
inline Fragment strict_name(const Ident& name) {
  return strict_name(name.text);
}

// `=`, or `OPERATOR(shop.=)` where it stands in a schema.
Sql operator_name(const QName& name);
// The first two parts of an id's path: schema and name.
QName qname(const ObjectId& id);
// The table, view or materialized view called `name`, as `kind`.
ObjectId relation_id(const KindInfo& kind, const QName& name);
// `a, b`
Sql names(const std::vector<Ident>& idents);
// ` INCLUDE (a, b)`, or nothing.
Sql include_clause(const std::vector<Ident>& columns);
// The name that the server makes of table, column and suffix, 63 bytes at most.
std::string made_name(std::string_view table, std::string_view column, std::string_view suffix);
// `name` with `suffix`, cut to 63 bytes.
Ident suffixed(const Ident& name, std::string_view suffix);

// -- Types and values ----------------------------------------------------------------------------

Sql type_name(const TypeRef& type);
// ` COLLATE name`, or nothing.
Sql collate_clause(const std::optional<QName>& collation);

// The name of a parameter or setting, which may have a prefix: `toast.fillfactor`.
Sql setting_name(const std::string& name);
// ` OPTIONS (host 'db', port '5432')`, or nothing: what a foreign data wrapper reads.
Sql options_clause(const std::vector<Setting>& options);
// ` OPTIONS (SET host 'db', DROP port)`: what differs.
Sql changed_options_clause(const std::vector<Setting>& was, const std::vector<Setting>& now);
// `length(text)`
Sql routine_name(const RoutineRef& routine);
// A storage parameter: `fillfactor = 80`.
Sql parameter(const Setting& setting);
// ` WITH (fillfactor = 80)`, or nothing.
Sql with_clause(const std::vector<Setting>& settings);
// `ALTER … SET (…)` and `ALTER … RESET (…)`, as far as each is needed, both with the touches.
Actions set_parameters(const Sql& alter, const std::vector<Setting>& was,
                       const std::vector<Setting>& now, const std::vector<Touch>& touches);

// -- Columns' and constraints' parts -------------------------------------------------------------

// A key of an index: `lower(name) COLLATE "C" text_pattern_ops DESC NULLS LAST`.
Sql index_key(const IndexKey& key, const Object& object);
// Statistics targets of an index's keys, as far as they change.
Actions set_key_statistics(const Sql& alter, const ObjectId& index,
                           const std::vector<IndexKey>& was, const std::vector<IndexKey>& now,
                           const Context& plan);
bool same_but_statistics(std::vector<IndexKey> was, std::vector<IndexKey> now);
// ` DEFERRABLE INITIALLY DEFERRED`, or nothing.
Sql deferrable_clause(bool deferrable, bool initially_deferred);
// ` USING INDEX TABLESPACE name`, or nothing.
Sql index_tablespace(const std::optional<Ident>& tablespace);

// -- Routines ------------------------------------------------------------------------------------

// `shop.total(integer, VARIADIC text[])`
Sql routine_address(const Object& routine);
// The same with the former name in the present schema, as RENAME wants it.
Sql renamed_address(const Object& was, const Object& now);

// -- Actions -------------------------------------------------------------------------------------

Action statement(Sql head, std::vector<Touch> touches = {}, Loss loss = Loss::nothing);

// What a statement does to a relation and to the tables below it; nothing to one that the plan
// itself creates.
std::vector<Touch> touch(const Context& plan, const ObjectId& relation, Lock lock,
                         bool rewrites = false, bool scans = false);

// The same of a statement that leaves the tables below alone.
std::vector<Touch> touch_only(const Context& plan, const ObjectId& relation, Lock lock,
                              bool rewrites = false, bool scans = false);

// The table that a constraint, column, trigger … stands in.
ObjectId table_of(const ObjectId& id);

// `ALTER TABLE schema.table `
Sql alter_table(const ObjectId& part);
// `ALTER TABLE ONLY schema.table `
Sql alter_table_alone(const ObjectId& part);

// ADD CONSTRAINT behind `alter`, folding into CREATE TABLE where `folds`.
Action add_constraint(const Object& constraint, const Sql& alter, const Sql& definition, bool folds,
                      std::vector<Touch> touches);
Actions drop_constraint(const Object& constraint, std::vector<Touch> touches, Loss loss);
Actions rename_constraint(const Object& was, const Object& now, const Context& plan);
Sql constraint_address(const Object& constraint);

// For KindRules::rebuilt_as_text.
inline bool always(const Object&, const Context&) {
  return true;
}

// `ALTER INDEX` of the index that backs a constraint, which has its name.
Sql alter_own_index(const Object& constraint);
// The server copies the index's file under an ACCESS EXCLUSIVE lock of the index.
Actions set_index_tablespace(const Sql& alter, const ObjectId& index,
                             const std::optional<Ident>& tablespace, const Context& plan);

}  // namespace schemac::postgres
