#pragma once
// Index builds and drops that share no transaction, so that they can stop half-way.

#include <optional>
#include <string_view>

#include "base/ident.h"

namespace schemac {

struct ConcurrentIndex {
  bool builds = false;  // CREATE INDEX CONCURRENTLY; else DROP INDEX CONCURRENTLY
  QName index;          // schema empty where not written: of a build, that of its table is
};

// std::nullopt where the statement is something else, does not parse, or names no index.
std::optional<ConcurrentIndex> concurrent_index(std::string_view statement);

}  // namespace schemac
