#pragma once
// What the names in a catalog's fields and SQL texts stand for.

#include <functional>
#include <set>
#include <unordered_map>

#include "compiler/bind/binding.h"

namespace schemac {

// An index over a catalog that no longer gains or loses objects.
class CatalogNames {
 public:
  explicit CatalogNames(const Catalog& catalog, TextCache& cache);

  // Where unqualified names in the texts of an object are looked up first.
  static std::string_view home_of(const Object& object);

  const Object* relation(const QName& written, std::string_view home) const;
  // The object that makes a type: its own declaration, or the extension that brings it.
  const Object* type(const QName& written, std::string_view home) const;
  std::vector<const Object*> routines(const QName& written, std::string_view home) const;
  // All of one name in a space, or of a kind.
  std::vector<const Object*> objects(Space space, const QName& written,
                                     std::string_view home) const;
  std::vector<const Object*> objects(const KindInfo& kind, const QName& written,
                                     std::string_view home) const;
  const Object* extension(Space space, const QName& written) const;
  const Object* schema(std::string_view name) const;

  // The relation that an object is or stands in; nullptr where there is none.
  const Object* relation_of(const Object& object) const;
  // The relation that a text of the object stands on: that one, or the one that a field names.
  const Object* row_of(const Object& object) const;
  const Object* parent_of(const Object& object) const { return catalog_.find(object.parent); }
  // A column of a relation whose columns are objects: its own, or one that it has from another.
  const Object* column(const Object& relation, std::string_view name, int depth = 0) const;
  std::vector<const Object*> columns(const Object& relation, int depth = 0) const;
  // The member of that name of a relation that this one has its columns from, near or far, as
  // Refers::above means it; nullptr where there is none.
  const Object* above(const Object& relation, const FieldInfo& field, std::string_view name,
                      int depth = 0) const;
  // The names of a relation's columns; nullptr where they cannot be told without a server.
  const std::set<std::string>* column_names(const Object& relation);

  // The columns by which `object` identifies rows; std::nullopt where it does not.
  static std::optional<std::vector<std::string>> key_of(const Object& object);
  // What identifies rows of `relation` at all times, so that a reference can rely on it; primary
  // keys first.
  std::vector<const Object*> keys(const Object& relation) const;

  const Catalog& catalog() const { return catalog_; }
  TextCache& cache() { return cache_; }
  const Names& names() const { return names_; }

 private:
  std::vector<const Object*> found(const Names::Entry* entry) const;
  // What a relation has further columns from.
  std::vector<const Object*> column_sources(const Object& relation) const;
  std::optional<std::set<std::string>> find_column_names(const Object& relation) const;

  const Catalog& catalog_;
  TextCache& cache_;
  Names names_;
  Children children_;
  std::unordered_map<const Object*, std::optional<std::set<std::string>>> column_names_;
};

// The value of an object's field of one reference, or nullptr.
const Value* referring_value(const Object& object, Refers refers);

// Calls `visit(field, value)` for each single value of an object, those in records and lists too.
using VisitValue = std::function<void(const FieldInfo&, const Value&)>;
void for_each_value(std::span<const FieldInfo> fields, const FieldValues& values,
                    const VisitValue& visit);

}  // namespace schemac
