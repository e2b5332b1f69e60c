#pragma once
// Catalogs as JSON: one codec for recorded catalogs, revisions' deltas and test fixtures.

#include <nlohmann/json_fwd.hpp>

#include "compiler/ir/catalog.h"

namespace schemac {

class JsonWriter;

// `["column","shop","customer","email"]`; the kind first, then the path.
void write_json(JsonWriter& json, const ObjectId& id);

// Fields by name, absent ones and intents left out; `id`, `parent`, `position` (where the kind's
// order is recorded) and `depends` beside them. Places in source files are not part of it.
void write_json(JsonWriter& json, const Object& object);

// `{"server": 15, "objects": […]}`, objects in id order.
void write_json(JsonWriter& json, const Catalog& catalog);

// What is written of them, as a tree.
nlohmann::ordered_json to_json(const Object& object);
nlohmann::ordered_json to_json(const Catalog& catalog);

// Throws JsonError.
Catalog catalog_from_json(std::string_view text);

// What is wrong with a document: the JSON pointer and the reason, or where it is no JSON at all.
struct JsonError {
  std::string where;
  std::string reason;
  std::size_t offset = 0;  // in bytes
};

// Hash of everything that write_json shows except `position` of unordered kinds: equal catalogs
// have equal fingerprints on every machine. 32 hex digits.
std::string fingerprint(const Catalog& catalog);
std::string fingerprint(const Object& object);

}  // namespace schemac
