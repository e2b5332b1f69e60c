#pragma once
// What is known of a database from the SQL that made it. Whatever was never seen is possible: a
// relation that no file made is there all the same, holds rows, and has more than is known of it.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ident.h"
#include "compiler/ir/value.h"
#include "lint/journaled.h"

namespace schemac::lint {

struct Column {
  std::string name;
  std::optional<TypeRef> type;
  bool required = false;     // NOT NULL, and all rows are known to obey
  bool has_default = false;  // or is an identity, which gives a value as well
  bool generated = false;    // stored
  bool identity = false;
  int made_in = 0;                  // the unit that added it; 0: whoever made the table
  std::string serial = {};          // the sequence that a serial column draws from
  std::set<std::string> uses = {};  // columns that its generation expression names
};

struct Constraint {
  enum class Kind : std::uint8_t { check, foreign_key, unique, primary_key, exclusion, not_null };

  std::string name;
  Kind kind = Kind::check;
  std::vector<std::string> columns;  // of a check: all that it names
  std::vector<std::string> proves;   // of a check: columns that it requires to be no NULL
  std::set<std::string> constants;   // of a check: those that it compares with
  bool valid = true;
  bool deferred = false;
  QName other;  // of a foreign key: what it refers to
  std::vector<std::string> other_columns;
};

struct Index {
  std::string name;
  std::vector<std::string> keys;  // "" for an expression
  std::set<std::string> columns;  // all that it names, those of expressions and conditions included
  bool unique = false;
  bool partial = false;
  bool ordered = true;  // as a constraint needs it: ascending, NULLs last, a B-tree
  bool of_constraint = false;
  bool valid = true;
  std::string tablespace;  // "" where it never moved

  bool has_expression() const;
};

struct Relation {
  enum class Kind : std::uint8_t {
    table,
    partitioned_table,
    view,
    materialized_view,
    foreign_table,
    sequence
  };

  QName name;
  Kind kind = Kind::table;
  bool whole = false;  // all of its columns and constraints are known
  int made_in = 0;     // the unit that made it; 0: none of those that are judged together
  std::vector<Column> columns;
  std::vector<Constraint> constraints;
  std::vector<Index> indexes;
  std::set<std::string> statistics_columns;  // that extended statistics over several columns need
  std::vector<QName> children;               // partitions, or tables that inherit
  std::optional<QName> parent;
  bool partition = false;
  std::optional<QName> default_partition;
  std::vector<std::string> partition_keys;
  std::map<std::string, std::set<std::string>> policies;  // with the columns that each names
  std::map<std::string, std::set<std::string>> triggers;  // with those of UPDATE OF and WHEN
  bool row_security = false;
  bool unlogged = false;
  std::string tablespace;         // "" where it never moved
  bool security_invoker = false;  // of a view
  bool full_identity = false;     // REPLICA IDENTITY other than the default
  bool described = false;         // it has a comment, grants or an owner of its own
  // Of a view: what its query names.
  std::set<QName> reads;
  std::set<std::pair<QName, std::string>> read_columns;  // an empty name: of any of them
  std::vector<std::string> output;  // names of its columns, where the query tells

  bool is_table() const { return kind == Kind::table || kind == Kind::partitioned_table; }
  Column* column(const std::string& name);
  const Column* column(const std::string& name) const;
  Constraint* constraint(const std::string& name);
  Index* index(const std::string& name);
  const Constraint* key() const;  // the primary key
};

struct Type {
  enum class Kind : std::uint8_t { enumeration, domain, composite, other };

  QName name;
  Kind kind = Kind::other;
  TypeRef base;              // of a domain
  bool constrained = false;  // of a domain: it refuses values
  std::set<std::string> values;
  int made_in = 0;
};

struct Function {
  QName name;
  std::string arguments;  // types of the input arguments, as the parser writes them
  std::vector<std::string> argument_names;
  std::string returns;
  std::size_t defaults = 0;
  std::string volatility = "volatile";
  bool described = false;  // it has grants or an owner of its own
  std::string body;        // text that the server knows as text alone; "" for BEGIN ATOMIC
  int made_in = 0;
};

struct Publication {
  bool all_tables = false;
  std::set<QName> tables;
};

class Known {
 public:
  // nullptr where nothing is known of it.
  Relation* find(const QName& name) { return relations_.find(name); }
  const Relation* peek(const QName& name) const { return relations_.peek(name); }
  // What is known of it; begins to know it where nothing is.
  Relation& relation(const QName& name);
  Relation& make(Relation relation);
  void forget(const QName& name);
  void rename(const QName& from, const QName& to);
  // What lies in a schema; in all of them where it is "".
  std::vector<QName> relations_in(const std::string& schema) const;

  // Whoever adds a foreign key, an index or a function to what is known says so, that it is found
  // by what it refers to, is called, or names.
  void note_reference(const QName& table, const QName& other) { referring_[other].insert(table); }
  void note_index(const QName& table, const std::string& index) {
    index_holders_[{table.schema, Ident(index)}].insert(table);
  }
  void note_body(const Function& function);

  // The relation with an index of that name.
  Relation* holder_of_index(const QName& name);
  // Tables with a foreign key to `name`.
  std::vector<Relation*> referring_to(const QName& name);
  // Tables with a column of that type, and the columns.
  std::vector<std::pair<Relation*, std::string>> columns_of_type(const QName& type);
  // Views that name `name` and, where `column` is one, that column.
  std::vector<const Relation*> views_of(const QName& name, const std::string& column) const;
  // The relation and all below it, itself first.
  std::vector<Relation*> with_children(Relation& relation);

  Type* type(const QName& name) { return types_.find(name); }
  Type& make_type(Type type);
  void forget_type(const QName& name) { types_.erase(name); }
  // The type below a domain, and whether one on the way refuses values.
  struct Below {
    TypeRef type;
    bool constrained = false;
  };
  Below below(const TypeRef& type) const;

  // All functions of that name.
  std::vector<Function>& functions(const QName& name) { return routines_.make(name); }
  // Functions whose body, a text, holds all of `words`.
  std::vector<const Function*> bodies_with(const std::vector<std::string>& words) const;

  Publication& publication(const std::string& name) { return publications_.make(name); }
  void forget_publication(const std::string& name) { publications_.erase(name); }
  bool published(const QName& name) const;

  // What happens between the two is taken back.
  void begin_trying();
  void take_back();

 private:
  Journaled<QName, Relation> relations_;
  Journaled<QName, Type> types_;
  Journaled<QName, std::vector<Function>> routines_;
  Journaled<std::string, Publication> publications_;
  // Where to look for what names a thing. Whatever stands here once named it, and may no longer:
  // nothing is ever taken out.
  using Places = std::map<QName, std::set<QName>>;
  Places referring_, reading_, index_holders_;
  std::map<std::string, std::set<QName>> functions_with_;  // by a word of their bodies
};

// `s.t`, or `t` where the schema is public.
std::string shown(const QName& name);

}  // namespace schemac::lint
