#pragma once
// Archives of databases: folders that pg_dump writes and pg_restore reads.

#include <string>

#include "introspect/postgres/throwaway.h"
#include "proof/client.h"

namespace schemac {

// A client program that is as new as `version`. Throws DatabaseError where there is none here.
Client client_for(const std::string& name, int version);

// Writes all that is in the database at `url` into `folder`, which is empty, over `jobs` sessions
// that see the same snapshot.
void write_archive(const Client& pg_dump, const std::string& url, const std::string& folder,
                   int jobs);

// How many tables' rows an archive has. Throws DatabaseError where it cannot be read.
std::size_t tables_in_archive(const Client& pg_restore, const std::string& folder);

// Makes what is in an archive in the empty database at `url`; the first thing that fails ends it,
// with a DatabaseError.
void read_archive(const Client& pg_restore, const std::string& folder, const std::string& url,
                  int jobs);

// What came back when an archive was tried.
struct ArchiveSample {
  std::size_t tables = 0;
  std::uint64_t rows = 0;
};

// Makes what is in an archive in a throwaway database. Owners and rights are left out: their roles
// are another server's.
ArchiveSample try_archive(const Client& pg_restore, const std::string& folder,
                          postgres::Throwaway& throwaway, int jobs);

}  // namespace schemac
