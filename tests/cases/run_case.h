#pragma once
// Runs one case.

#include <string>

#include "tests/cases/case_file.h"
#include "tests/harness/emptied.h"

namespace schemac::test {

struct CaseOptions {
  bool update = false;  // rewrite what --update may rewrite
  // Where live oracles run; not owned. None: they do not.
  EmptiedDatabases* databases = nullptr;
  // URL of that server where it is ours alone, and may get the roles that cases name.
  std::string own_server = {};
};

// What run_case() returns of a case that the server is too old for, where all else is well.
inline constexpr std::string_view kTooNew = "too new";

// What is wrong, "" where nothing is.
std::string run_case(const std::string& path, const CaseOptions& options);

}  // namespace schemac::test
