#pragma once
// Databases to read: made of SQL on a throwaway server that all tests of a process share.

#include <string>
#include <string_view>
#include <vector>

#include "introspect/database.h"
#include "introspect/postgres/throwaway.h"

namespace schemac::test {

postgres::Throwaway& server();

// Runs SQL on the database at `url`.
void execute(const std::string& url, const std::string& sql);
// The first value of the first row.
std::string query(const std::string& url, const std::string& sql);

// A new database after `sql`, as it is read.
ReadResult read_after(const std::string& sql);

const Object& get(const Catalog& catalog, std::string_view kind,
                  const std::vector<std::string_view>& path);
// The fields of an object as JSON without blanks; texts as the server has them.
std::string fields(const Catalog& catalog, std::string_view kind,
                   const std::vector<std::string_view>& path);
// What it depends on, by ` | `.
std::string edges(const Catalog& catalog, std::string_view kind,
                  const std::vector<std::string_view>& path);

// `plural: name, name` for each, by newlines.
std::string describe(const std::vector<Unmanaged>& unmanaged);

}  // namespace schemac::test
