#pragma once
// What the model has no kind for, and what cannot be rebuilt without it.

#include <pqxx/result>
#include <vector>

#include "introspect/database.h"
#include "introspect/postgres/items.h"

namespace schemac::postgres {

// A row of the query `unmanaged`.
struct UnmanagedItem {
  std::string plural, noun, name;
  Address address;
  bool blocks = false;   // what depends on it cannot be rebuilt
  bool ignored = false;  // it lies in a schema that is passed over
};

// Adds rows of the query. What belongs to extensions is left out, and so is what a kind has read
// after all.
void read_unmanaged(const pqxx::result& rows, const Items& read, const Dependencies& dependencies,
                    const std::vector<std::string>& ignored_schemas,
                    std::vector<UnmanagedItem>& items);

// Marks every item that needs something unmanaged or ignored, itself or by what it needs, with the
// reason. A table without one of its columns is another table, so a column takes its table along.
void mark_left_out(Items& items, const std::vector<UnmanagedItem>& unmanaged,
                   const Dependencies& dependencies);

// The report: unmanaged items and marked ones, by plural.
std::vector<Unmanaged> report(const Items& items, const std::vector<UnmanagedItem>& unmanaged);

}  // namespace schemac::postgres
