#pragma once
// What the numbers in the server's catalogs stand for. Each table of names is read once, so that no
// row needs a call to the server.

#include <cstdint>
#include <map>
#include <pqxx/result>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/ir/value.h"

namespace schemac::postgres {

using Oid = std::uint32_t;

// A name as objects refer to it: what lives in pg_catalog is never qualified.
QName qualified(std::string_view schema, std::string_view name);

// A column as indexes need to know it.
struct AttributeName {
  std::string name;
  Oid type = 0;
  Oid collation = 0;
};

class Names {
 public:
  explicit Names(int server_version) : server_version_(server_version) {}

  // Each takes rows of the query of its name.
  void read_types(const pqxx::result& rows);
  void read_modifiers(const pqxx::result& rows);
  void read_operator_classes(const pqxx::result& rows);
  void read_coercions(const pqxx::result& rows);
  void read_collations(const pqxx::result& rows);
  void read_view_attributes(const pqxx::result& rows);

  void add_relation(Oid id, QName name) { relations_[id] = std::move(name); }
  void add_attribute(Oid relation, int number, AttributeName name);

  // The name, or nullptr where no such relation or column was read.
  const QName* relation(Oid id) const;
  const AttributeName* attribute(Oid relation, int number) const;
  const QName& collation(Oid id) const { return collations_.at(id); }
  const QName& operator_class(Oid id) const { return operator_classes_.at(id).name; }

  // A type of a column (-1: without modifiers), as one shared value.
  const Value& type(Oid id, int modifier) const;
  // A type of an argument, which has no modifiers: `character` there means any length.
  const Value& argument_type(Oid id) const;

  // Whether an index on a key of `type` takes `operator_class` when it names none. Of an expression
  // only the type that the index stores is known: `stored`.
  bool is_default_class(Oid operator_class, Oid type, bool stored) const;

 private:
  struct Type {
    std::string schema, name;
    Oid array = 0;
    char kind = 'b';
    char category = 'U';
    bool preferred = false;
    Oid base = 0;
  };
  struct OperatorClass {
    Oid method = 0;
    QName name;
    Oid type = 0;
    bool is_default = false;
    bool stores_another = false;  // the index keeps another type than the key's
  };

  TypeRef make_type(Oid id, int modifier, bool argument) const;
  std::vector<std::string> modifiers(Oid element, Oid type, int modifier) const;
  bool stands_for(Oid type, Oid other) const;
  Oid default_class(Oid method, Oid type) const;

  int server_version_;
  std::unordered_map<Oid, Type> types_;
  std::unordered_map<Oid, Oid> element_of_;  // of array types
  std::map<std::pair<Oid, int>, std::vector<std::string>> custom_modifiers_;
  std::unordered_map<Oid, OperatorClass> operator_classes_;
  std::unordered_map<Oid, std::vector<Oid>> defaults_of_method_;
  std::unordered_map<std::uint64_t, bool> coercions_;
  std::unordered_map<Oid, QName> collations_;
  std::unordered_map<Oid, QName> relations_;
  std::unordered_map<std::uint64_t, AttributeName> attributes_;
  mutable std::unordered_map<std::uint64_t, Value> type_values_;
  mutable std::unordered_map<Oid, Value> argument_values_;
  mutable std::unordered_map<std::uint64_t, Oid> default_classes_;  // by method and type
};

}  // namespace schemac::postgres
