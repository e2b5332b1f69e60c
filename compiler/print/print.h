#pragma once
// Catalogs as the schema language.

#include <map>
#include <string>
#include <unordered_map>

#include "compiler/ir/catalog.h"

namespace schemac {

// The files of a catalog in canonical form, by relative path: `customer.schema` for each table and
// view of schema public, `enums.schema`, `functions.schema` and so on for the rest, other schemas
// in folders of their names. bind(parse(print(c))) == c, and format() changes no byte of them.
std::map<std::string, std::string> print_files(const Catalog& catalog);

// The same, and which of the files each object stands in; all that open a schema stand for that.
struct PrintedSchema {
  using Places = std::unordered_map<ObjectId, std::string, ObjectIdHash>;
  std::map<std::string, std::string> files;
  Places places;
};
PrintedSchema print_schema(const Catalog& catalog);

// The same as one text, for tests and for people: schemas one after the other.
std::string print_text(const Catalog& catalog);

}  // namespace schemac
