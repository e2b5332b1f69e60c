#pragma once
// Reading databases. Everything here throws DatabaseError where the environment fails: no server,
// no permission, connection lost.

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "compiler/ir/catalog.h"

namespace schemac {

// The environment failed. `what` never holds a password.
struct DatabaseError : std::runtime_error {
  DatabaseError(std::string message, std::string state = {})
      : std::runtime_error(std::move(message)), sqlstate(std::move(state)) {}
  std::string sqlstate;  // five characters, or "" where no server answered
};

// Objects that the model has no kind for yet, counted, so that nothing is passed over in silence.
struct Unmanaged {
  std::string plural;              // `text search configurations`
  std::vector<std::string> names;  // qualified, sorted
};

struct ReadResult {
  Catalog catalog;                   // sorted, edges from the server's own dependency table
  std::vector<Unmanaged> unmanaged;  // by plural
};

}  // namespace schemac
