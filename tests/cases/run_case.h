#pragma once
// Runs one case.

#include <string>

#include "tests/cases/case_file.h"

namespace schemac::test {

struct CaseOptions {
  bool update = false;          // rewrite what --update may rewrite
  std::string shadow;           // where live oracles find a server; "": they do not run
  bool private_server = false;  // whether that is ours alone, and may get the roles that cases name
};

// What run_case() returns of a case that the server is too old for, where all else is well.
inline constexpr std::string_view kTooNew = "too new";

// What is wrong, "" where nothing is.
std::string run_case(const std::string& path, const CaseOptions& options);

}  // namespace schemac::test
