#pragma once
#include <chrono>
#include <string>

#include "cli/output.h"

namespace schemac {

// Returns once the database at `url` lets somebody in; says what keeps it from that, whenever that
// is something new. After `wait` throws the DatabaseError that the last attempt met, and
// Interrupted where a signal comes.
void wait_for_database(const std::string& url, std::chrono::seconds wait, const Output& output);

}  // namespace schemac
