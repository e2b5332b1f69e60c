#pragma once
#include "introspect/database.h"

namespace schemac::postgres {

// Reads the database at `url` in one snapshot, with a number of queries that does not depend on its
// size. What belongs to extensions and to the server is left out; what the model has no kind for,
// and what depends on that, is listed as unmanaged. `ignored_schemas` are passed over (the
// ledger's).
ReadResult read_database(const std::string& url, const std::vector<std::string>& ignored_schemas);

}  // namespace schemac::postgres
