#pragma once
// What the generator knows of a schema: entities that name one another by number, so that renaming
// one renames it everywhere, and expressions as intentions that are written out only when the types
// of what they speak of are settled. It shares no code with the catalog on purpose: both sides of a
// test must not have the same error.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace schemac::property {

using Id = int;  // of an entity, unique in a pair of models and rising in order of creation

struct Entity {
  Id id = 0;
  std::string name;     // empty: left to be made automatically, where that is possible
  std::string was;      // former name, in a model that was edited
  std::string comment;  // empty: none
};

// A type as something uses it.
struct Type {
  int base = 0;    // index in base_types(), unless `user`
  Id user = 0;     // an enum, a domain, a composite type
  int first = -1;  // modifiers; -1: not given
  int second = -1;
  bool array = false;
  bool operator==(const Type&) const = default;
};

// A condition, key or value that is written out by the types of its columns.
struct Expression {
  std::vector<Id> columns;
  Id function = 0;  // a mapper to call on it
  int form = 0;     // which of the forms that suit
  int k = 0;        // the constant in it
};

struct Schema : Entity {};

struct Extension : Entity {
  Id schema = 0;
};

struct Label : Entity {};

struct Enum : Entity {
  Id schema = 0;
  std::vector<Label> labels;
};

struct DomainCheck : Entity {
  Expression condition;
};

struct Domain : Entity {
  Id schema = 0;
  Type type;
  std::string collation;
  std::optional<int> initial;
  bool not_null = false;
  std::vector<DomainCheck> checks;
};

struct Attribute : Entity {
  Type type;
  std::string collation;
};

struct Composite : Entity {
  Id schema = 0;
  std::vector<Attribute> attributes;
};

struct Counting {
  std::optional<int> start, increment, minvalue, maxvalue, cache;
  bool cycle = false;
};

struct Sequence : Entity {
  Id schema = 0;
  bool unlogged = false;
  int width = 0;  // bytes of its type other than bigint's; 0: bigint
  Counting counting;
  Id owner_table = 0, owner_column = 0;
};

struct Argument {
  std::string name;  // empty: none
  std::string mode;  // empty: in
  Type type;
  bool has_default = false;
};

// What a routine is good for in the rest of the model.
enum class Use {
  mapper,   // immutable, one argument, a value of the same type
  source,   // no argument, a value: for defaults
  trigger,  // returns trigger
  reader,   // reads a relation
  shaped,   // has an unusual signature
  procedure,
};

enum class Language { sql_text, sql_atomic, sql_return, plpgsql };

struct Routine : Entity {
  Id schema = 0;
  Use use = Use::mapper;
  Language language = Language::sql_text;
  std::vector<Argument> arguments;
  enum class Result { value, set, table, out } result = Result::value;
  Type type;
  std::vector<Argument> table;  // of Result::table
  Id relation = 0, column = 0;  // what a reader reads
  std::string volatility;       // empty: volatile
  std::string parallel;
  bool strict = false, security_definer = false, leakproof = false;
  int cost = 0, rows = 0;
  std::vector<std::pair<std::string, std::string>> settings;
  int k = 0;  // the constant in its body
};

struct Default {
  enum class Form { literal, function, sequence, clock } form = Form::literal;
  Id target = 0;  // function or sequence
  int k = 0;
};

struct Column : Entity {
  Type type;
  bool nullable = false;
  std::string collation;
  std::optional<Default> initial;
  bool identity = false, by_default = false;
  Counting counting;
  std::optional<Expression> generated;
  std::string storage, compression;
  std::optional<int> statistics, n_distinct;
  bool backfill = false;  // intents of an edit
  bool convert = false;
};

enum class ConstraintKind { primary_key, unique, foreign_key, check, exclusion };

struct Constraint : Entity {
  ConstraintKind kind = ConstraintKind::check;
  std::vector<Id> columns, include;
  bool nulls_not_distinct = false, deferrable = false, deferred = false, not_valid = false;
  bool no_inherit = false;
  int fillfactor = 0;
  Id target_table = 0, target_key = 0;  // of a foreign key
  std::string match, on_delete, on_update;
  bool set_columns = false;  // `on delete set null (…)`
  Expression condition;      // of a check; of an exclusion's WHERE
  bool partial = false;
  std::string method;  // of an exclusion
};

struct IndexKey {
  Id column = 0;
  bool expression = false;
  Expression value;
  std::string opclass;  // one that suits the type, or empty
  std::string collation;
  bool descending = false;
  std::string nulls;
};

struct Index : Entity {
  bool unique = false, nulls_not_distinct = false;
  std::string method;  // empty: btree
  std::vector<IndexKey> keys;
  std::vector<Id> include;
  bool partial = false;
  Expression condition;
  std::vector<std::pair<std::string, std::string>> with;
};

struct Trigger : Entity {
  bool constraint = false, deferrable = false, deferred = false;
  std::string timing;
  std::vector<std::string> events;
  std::vector<Id> columns;  // of `update of`
  bool row = false;
  bool old_table = false, new_table = false;
  bool has_when = false;
  Id when_column = 0;
  Id function = 0;
  std::vector<std::string> arguments;
  std::string enabled;
};

struct Relation : Entity {
  Id schema = 0;
  std::vector<std::pair<std::string, std::string>> with;
  std::vector<Index> indexes;
  std::vector<Trigger> triggers;
};

struct Table : Relation {
  bool unlogged = false;
  std::vector<Column> columns;
  std::vector<Constraint> constraints;
};

enum class Shape { plain, star, join, group, distinct, combined, with, nested, exists };

// One column that a query shows. Without a name of its own it has that of the column it shows.
struct Output : Entity {
  enum class Form { plain, text, isnull, maximum, count, number, literal, choice, mapped };
  Form form = Form::plain;
  int source = 0;
  Id column = 0;
  Id other = 0;  // the column of the second part of a combined query
  Id function = 0;
  int k = 0;
  std::optional<int> initial;  // default of the view's column
};

struct View : Relation {
  bool materialized = false;
  Shape shape = Shape::plain;
  std::vector<Id> sources;
  std::vector<Output> outputs;
  bool names_in_list = false;
  bool aliased = false;
  bool restricted = false;
  Expression condition;
  int k = 0;
};

struct Model {
  std::vector<Schema> schemas;  // the first one is public
  std::vector<Extension> extensions;
  std::vector<Enum> enums;
  std::vector<Domain> domains;
  std::vector<Composite> composites;
  std::vector<Sequence> sequences;
  std::vector<Routine> routines;
  std::vector<Table> tables;
  std::vector<View> views;
};

// The entity with this id in a list, or nullptr.
template <class T>
const T* find(const std::vector<T>& list, Id id) {
  for (const T& entity : list)
    if (entity.id == id) return &entity;
  return nullptr;
}
template <class T>
T* find(std::vector<T>& list, Id id) {
  for (T& entity : list)
    if (entity.id == id) return &entity;
  return nullptr;
}

// A column as whoever reads a relation sees it.
struct Shown {
  Id id;
  std::string name;
  Type type;
};

// The columns of a table or view; empty where there is no such relation.
std::vector<Shown> columns_of(const Model& model, Id relation);
// The one with this id, if there.
std::optional<Shown> column_of(const Model& model, Id relation, Id column);

// Schema and name of what can be in FROM.
const Relation* find_relation(const Model& model, Id id);

}  // namespace schemac::property
