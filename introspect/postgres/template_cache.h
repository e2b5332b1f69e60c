#pragma once
#include <filesystem>

namespace schemac::postgres {

// Makes a new, empty data folder at `data`. The first time for each server and version it comes
// from initdb and is kept in the user's cache; later it is a copy. A cache that cannot be used
// costs only time. Throws DatabaseError where initdb fails.
void make_data_folder(const std::filesystem::path& data, const std::filesystem::path& programs);

}  // namespace schemac::postgres
