#pragma once
// From statements to a catalog: names resolved, omitted names and defaults filled in, types in
// their one spelling, dependencies found.

#include <vector>

#include "compiler/ir/catalog.h"
#include "compiler/parse/statement.h"

namespace schemac {

// What a schema asks to keep with its rows when it goes: `retain column nickname;`.
struct Retained {
  ObjectId id;
  SourceSpan at;  // the statement
};

// Binds all files of a schema together; order means nothing. All errors are reported, and the
// catalog holds what could be bound, but only a sink without errors makes it one to go on with.
// What came later than the server version (major) that the schema is for is an error; 0 asks for
// none. The result is sorted. What is to be kept is added to `retained`, where that is given.
Catalog bind(std::vector<ParsedFile> files, Sink& sink, int server_version = 0,
             std::vector<Retained>* retained = nullptr);

// Fills `depends` of every object from its fields and from the names in its SQL texts. bind() has
// done it; what was read from a server has better edges of its own.
void find_dependencies(Catalog& catalog);

}  // namespace schemac
