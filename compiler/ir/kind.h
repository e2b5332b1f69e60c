#pragma once
// How a kind of object describes itself: a table of its fields and a few facts on where it stands
// and how it is named. Parsing, binding, decoding, diffing, hashing, printing and JSON are plain
// functions over these tables; engines know fields, never kinds.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace schemac {

class FieldValues;

// What a field holds, and so how it is written in the schema language.
enum class Shape : std::uint8_t {
  flag,        // bool                 its clause's words alone
  integer,     // int64                clause NUMBER
  number,      // string of a decimal  clause NUMBER
  word,        // string, one of `words`
  text,        // string               clause 'literal'
  ident,       // Ident                clause name
  qname,       // QName                clause [schema.]name
  type,        // TypeRef              clause type
  expr,        // SqlText              clause (expression)
  value,       // SqlText              clause literal, name, call or (expression)
  key,         // SqlText or Ident     name, call or (expression): a key of an index
  path,        // List of Ident        clause a.b.c, always complete once bound
  setting,     // List of two strings  name = value: name may be dotted, value a literal, name or
               // number
  operation,   // QName                operator, maybe `operator(schema.op)`
  query,       // SqlText              clause $$ query $$
  statements,  // SqlText             clause $$ statements in SQL $$
  body,        // string               clause $$ text $$, not SQL to us
  record,      // List                 fields of `record`, one after the other; with an empty clause
               //                      and Listing::one they mix with the statement's own clauses
};

// How several values of one field are written.
enum class Listing : std::uint8_t {
  one,     // not a list
  parens,  // (a, b)
  commas,  // a, b
  ors,     // a or b
  repeat,  // its clause again for each: set a = 1 set b = 2
  group,   // not a list: one record whose fields stand in parentheses
  block,   // { a, b }
};

// Where a field is written in its statement.
enum class Place : std::uint8_t {
  clause,     // behind the name, in any order; printed in the table's order
  lead,       // before the keyword: `unique index`
  signature,  // straight behind what precedes it, in parentheses even where empty: arguments
  member,     // a statement of its own inside the block: `with (fillfactor = 80);`
  hidden,     // nowhere: known from the object's place, or only the server can set it
};

// What a value names. Makes dependency edges, "not found" errors and the spread of renames.
enum class Refers : std::uint8_t {
  nothing,
  schema,
  relation,      // table, view, materialized view, sequence (QName)
  column,        // of the parent (Ident)
  ref_column,    // of the relation in the same object's relation-valued field (Ident)
  type,          // (TypeRef)
  function,      // (QName)
  collation,     // (QName)
  operation,     // an operator (QName)
  owner_column,  // a column by its complete path (Shape::path); the object stands under it
  role,          // (Ident) roles belong to the whole server: named here, never made
  privilege,     // (Shape::word) one of what can be granted on the object that it stands on
  granted_on,    // (Shape::word) all objects of the kinds that go by it where rights are given
  above,    // (Ident) a member of a table that the object's one has its columns from: what has a
            // name among relations, or, by `FieldInfo::object`, of a kind, or any other constraint
  brought,  // (QName) what the extension brings that the object stands in: nobody knows it all
  object,   // an object of the kind that `FieldInfo::object` names: by an Ident where that kind
            // stands in the database, by a QName where it stands in a schema
};

enum class Role : std::uint8_t {
  fact,    // part of what the database is: compared, hashed, recorded
  intent,  // how to get there (`backfill`, `using`, `was`): read from the declaration only
};

// A word, or the name of a setting, that came later than the field that it stands in.
struct Newer {
  std::string_view word;
  int since = 0;  // first server version (major) that has it
};

struct FieldInfo {
  std::string_view name;  // JSON key and column of the catalog query
  std::string_view doc;   // one sentence for the reference
  Shape shape = Shape::flag;
  Listing listing = Listing::one;
  Place place = Place::clause;
  Role role = Role::fact;
  Refers refers = Refers::nothing;
  std::string_view
      object;  // of Refers::object and above: a kind's name, or "constraint"; of Refers::type: one
               // without names, whose object for the type and the language is needed as well
  std::string_view clause;  // words that introduce it in the schema language; empty: by position
  std::string_view absent;  // the value meant when nothing is written, as text (`btree`, `1`)
  std::span<const std::string_view> words;  // of Shape::word
  std::span<const Newer> newer;             // of Shape::word, setting
  std::span<const FieldInfo> record;        // of Shape::record
  bool unmodified = false;                  // of Shape::type: the server ignores modifiers here
  bool brings_type = false;  // of Shape::ident: the name of KindInfo::further_type, where written
  bool no_secrets = false;   // of Shape::setting, text: what looks like a password is refused
  int since = 0;             // first server version (major) that has it; 0: all supported ones
  bool required = false;     // a declaration must give it
  bool optional = false;     // a record that may be missing: written without any field, it is there
  bool unordered = false;    // a list of names whose order means nothing: kept sorted, each once;
                             // empty where one of them is `absent`
  bool brings_columns = false;  // of a relation or type: its columns are the object's as well
  bool holds_parts = false;     // a member whose block holds the object's parts
  bool spread = false;          // a statement may list several, by comma: each makes an object
};

// Where the path of an object's id comes from.
enum class Scope : std::uint8_t {
  database,   // [name]
  schema,     // [schema, name]
  signature,  // [schema, name, argument types]
  parent,     // [parent's path, name]
  single,     // [parent's path]: at most one for each parent
  target,     // [parent's kind, parent's path]: a comment on anything
  attached,   // [parent's kind, parent's path, signature]: a grant on anything
};

enum class Naming : std::uint8_t {
  required,
  automatic,  // optional: absent where the server would make the same name
  none,       // has no name of its own; where it has a `signature`, the id's last part is that
  symbol,     // the symbol of an operator
};

// The name a server makes for an unnamed object: table, then the columns' names, then the suffix.
struct AutoName {
  std::string_view suffix;  // `key`
  std::string_view
      columns_field;  // list of Idents or records whose first field is a key; "" for none
  std::string_view include_field;  // further columns that take part in the name
};

// Names that must be unique together, beyond the kind's own ids.
struct NameSpaces {
  bool relation = false;    // in the schema, with tables, indexes, views, sequences
  bool type = false;        // in the schema, with types
  bool constraint = false;  // in the table, with other constraints
  bool routine = false;     // in the schema with the same argument types
  bool collation = false;   // in the schema, with collations
  bool operation = false;   // in the schema with the same operand types
};

// Whether a row is found by the columns of an object, so that a foreign key can refer to them. An
// object that holds for some rows only (its `where`), without the flag that stands before its
// keyword (`unique index`), or with a key which is no column identifies nothing.
enum class Identifies : std::uint8_t {
  nothing,
  row,      // by a key among others
  primary,  // what a reference without columns means; its columns are never NULL
};

struct KindInfo {
  std::string_view name = {};    // `foreign_key`: JSON, folders, ids
  std::string_view noun = {};    // `foreign key`: messages
  std::string_view plural = {};  // `foreign keys`
  std::string_view doc = {};
  std::string_view keyword = {};  // words that start its statement; "": the name comes first
  std::string_view inline_keyword =
      {};  // words that start it as a clause of its parent; "": it can't
  std::string_view inline_field =
      {};  // list of Idents that the clause form takes from the parent's name
  std::span<const std::string_view> parents = {};  // kinds it stands in; empty: it stands alone
  Scope scope = Scope::schema;
  Naming naming = Naming::required;
  AutoName auto_name = {};
  NameSpaces spaces = {};
  Identifies identifies = Identifies::nothing;
  // The last part of a Scope::signature or Scope::attached path, or of the path of what has no
  // name, from the values: argument types by comma.
  std::string (*signature)(const FieldValues& values) = nullptr;
  // Words that start, inside an object of the kind, another of the kind that is part of it; the
  // field of the part that names the whole. "" where objects have no parts.
  std::string_view part_keyword = {};
  std::string_view part_field = {};
  // The name of a type that comes with an object called `name`; nullptr where none does.
  std::string (*further_type)(std::string_view name, const FieldValues& values) = nullptr;
  // Kind of the children that stand for the columns its query makes; "" where there is no query.
  std::string_view output_kind = {};
  // Of Scope::target and Scope::attached with a keyword: the kinds that it can stand on.
  bool (*stands_on)(const KindInfo& kind) = nullptr;
  // What can be granted on an object of the kind, and what of it everybody has from the start.
  // `all` are all that a server knows.
  std::span<const std::string_view> privileges = {};
  std::span<const std::string_view> public_privileges = {};
  // The field that makes the part of an object that these are for, where not every one has it.
  std::string_view granted_with = {};
  std::string_view granted_as = {};  // what all its objects are called then: `tables`
  bool owned = false;                // whether it has an owner that can be set
  bool documents = false;            // what `///` says
  bool undocumented = false;         // COMMENT ON has no form for it
  // What no database could hold of a declaration with these values, in words; "" where it could.
  std::string_view (*wrong)(const FieldValues& values) = nullptr;
  bool rights_vary = false;  // what is there from the start: each object has its own
  bool takes_away = false;   // what everybody, or the owner, has from the start
  // Written at the top of a file, it holds for all that the file declares without one of its own.
  bool for_whole_file = false;
  bool brings_objects = false;  // an extension: its schema holds what no declaration shows
  bool watches_plans = false;   // commands run it: made last in a plan, and dropped first
  bool complete = false;        // all are declared: none comes with a server or an extension
  bool names_others = false;    // a namespace: paths in Scope::schema start with its name
  bool recorded_order = false;  // siblings' order is part of the model (columns, attributes)
  bool holds_rows = false;      // dropping one destroys rows (tables, columns)
  int rank = 0;                 // ties in plans and the order in print: lower first
  std::span<const FieldInfo> fields = {};
};

using FieldIndex = std::uint16_t;

// Whether objects of the kind stand on those of many other kinds, which their ids begin with.
inline bool stands_on_others(const KindInfo& kind) {
  return kind.scope == Scope::target || kind.scope == Scope::attached;
}

// Whether the `signature` stands where others have their name: a cast, a table of a publication.
inline bool is_named_by_values(const KindInfo& kind) {
  return kind.naming == Naming::none && kind.signature != nullptr &&
         (kind.scope == Scope::database || kind.scope == Scope::parent);
}

// Index of the field called `name`; asserts that it exists.
FieldIndex field_index(const KindInfo& kind, std::string_view name);

// The kind that is a namespace for the others.
const KindInfo& namespace_kind();

// Every kind there is, by rank. The list is made by the build from the folder compiler/kinds.
std::span<const KindInfo* const> all_kinds();
// The kind called `name`, or nullptr.
const KindInfo* find_kind(std::string_view name);

}  // namespace schemac
