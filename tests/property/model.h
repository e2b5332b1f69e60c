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

// What a role may do with something, or no longer may.
struct Right {
  bool revoked = false;
  std::string role;
  bool option = false;
  std::vector<std::string> privileges;                 // on the whole
  std::vector<std::pair<std::string, Id>> on_columns;  // on a column each
};

struct Granted : Entity {
  std::vector<Right> rights;
};

struct Owned : Granted {
  std::string owner;  // empty: that of its file
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

struct Schema : Owned {
  std::string file_owner;  // of what its file declares
};

// Something that an extension brings, by its number in brought_things(), with rights other than
// those that the extension's script gave.
struct Brought : Granted {
  int which = 0;
};

struct Extension : Entity {
  Id schema = 0;
  std::vector<Brought> brought;
};

struct Label : Entity {};

struct Enum : Owned {
  Id schema = 0;
  std::vector<Label> labels;
};

struct DomainCheck : Entity {
  Expression condition;
};

struct Domain : Owned {
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

struct Composite : Owned {
  Id schema = 0;
  std::vector<Attribute> attributes;
};

struct Counting {
  std::optional<int> start, increment, minvalue, maxvalue, cache;
  bool cycle = false;
};

struct Sequence : Owned {
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
  step,   // of an aggregate: bigint, int → bigint
  order,  // of an operator class: int, int → int
  test,   // of an operator: int, int → boolean
  judge,  // of a cast: a type of the model → int
  event,  // returns event_trigger
};

enum class Language { sql_text, sql_atomic, sql_return, plpgsql };

struct Routine : Owned {
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

struct Column : Granted {  // rights are on its identity
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
  bool no_inherit = false, replica_identity = false, cluster = false;
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
  int statistics = 0;  // of an expression; 0: not given
  int siglen = 0;      // parameter of the operator class; 0: not given
};

struct Index : Entity {
  bool unique = false, nulls_not_distinct = false;
  bool replica_identity = false, cluster = false;
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

struct Rule : Entity {
  std::string event;
  bool instead = false;
  Id column = 0;  // of its condition; 0: none
  Id target = 0;  // what its command reads; 0: no command
  int k = 0;
  std::string enabled;
};

struct Statistics : Entity {
  std::vector<std::string> kinds;
  std::vector<Id> columns;
  std::optional<Expression> expression;
  int target = 0;  // 0: not given
};

struct Relation : Owned {
  Id schema = 0;
  std::vector<std::pair<std::string, std::string>> with;
  std::vector<Index> indexes;
  std::vector<Trigger> triggers;
  std::vector<Rule> rules;
  std::vector<Statistics> statistics;
};

struct Policy : Entity {
  bool restrictive = false;
  std::string command;             // empty: all
  std::vector<std::string> roles;  // none: everybody
  std::optional<Expression> rows, check;
  Id other = 0, other_column = 0;  // what a subquery of `rows` looks into
};

struct RowSecurity {
  bool disabled = false, forced = false;
};

struct PartitionKey {
  Id column = 0;
  bool expression = false;
  Expression value;
  std::string opclass, collation;
};

struct Partitioning {
  std::string strategy;
  std::vector<PartitionKey> keys;
};

// Which rows a partition has. Values are numbers of places on a line, written out by the types of
// the keys.
struct Bounds {
  static constexpr int kMin = -1, kMax = 1000;
  bool rest = false;
  int from = 0, to = 0;
  std::vector<int> values;
  bool null = false;
  int modulus = 0, remainder = 0;
};

// What a table says of its own about a column from above.
struct ColumnNote : Entity {
  Id column = 0;
  std::string presence;
  std::optional<int> initial;
  bool no_default = false;
  std::string storage, compression;
  std::optional<int> statistics, n_distinct;
};

// What a partition calls an index or a foreign key that it has from further up, or when a trigger
// from there fires for it.
struct Inherited : Entity {
  enum class What { index, constraint, trigger };
  What what = What::index;
  Id of = 0;
  std::string state;  // of a trigger
};

// Columns that a table has from above go by the numbers that they have there. One that it declares
// all the same, as tables that inherit may, has the same number.
struct Table : Relation {
  bool unlogged = false;
  std::vector<Column> columns;
  std::vector<Constraint> constraints;
  std::optional<RowSecurity> security;
  std::vector<Policy> policies;
  Id of = 0;                // a composite type
  std::vector<Id> parents;  // that it inherits from
  Id whole = 0;             // that it is a partition of
  Bounds bounds;
  std::vector<Id> order;  // of a partition's columns, where that is its own
  std::optional<Partitioning> partitioning;
  std::vector<ColumnNote> notes;
  std::vector<Inherited> inherited;
  std::string replica;  // `full`, `nothing`
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
  std::string compression;     // these are of a materialized view's column
  std::optional<int> statistics, n_distinct;
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

// Kinds that little refers to. What they are made of is chosen by number, see write_things.cpp.
enum class Sort {
  collation,
  shell_type,
  base_type,
  range_type,
  aggregate,
  sql_operator,
  operator_family,
  operator_class,
  cast,
  conversion,
  search_parser,
  search_template,
  dictionary,
  configuration,
  language,
  system_language,
  transform,
  access_method,
  wrapper,
  server,
  user_mapping,
  foreign_table,
  publication,
  subscription,
  event_trigger,
  system_table,
  system_function,
};

struct Thing : Owned {
  Sort sort = Sort::collation;
  Id schema = 0;         // 0: it stands in none
  int form = 0;          // what it is
  int k = 0;             // what of it may change
  std::vector<Id> uses;  // what it is made of, in an order that its sort has
};

// What roles may do with objects that are made later.
struct DefaultRight : Entity {
  std::string maker;  // empty: whoever runs this
  Id schema = 0;
  std::string objects;
  Right right;
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
  std::vector<Thing> things;
  std::vector<DefaultRight> default_rights;
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

// The columns of a table, those from above included, as they are there.
std::vector<Column> all_columns(const Model& model, const Table& table);
std::optional<Column> find_column(const Model& model, const Table& table, Id column);
// Those from above alone, in their order.
std::vector<Column> columns_above(const Model& model, const Table& table);
// Whether the table can have columns of its own.
bool has_own_columns(const Table& table);

// The columns of a table or view; empty where there is no such relation.
std::vector<Shown> columns_of(const Model& model, Id relation);
// The one with this id, if there.
std::optional<Shown> column_of(const Model& model, Id relation, Id column);

// Schema and name of what can be in FROM.
const Relation* find_relation(const Model& model, Id id);

}  // namespace schemac::property
