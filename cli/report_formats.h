#pragma once
// Findings as the services that run checks want them.

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace schemac {

// `prefix` is what leads from the root of the repository to the folder that paths start at: "" or
// `db/`. Findings without a file are shown at `fallback`, where a format needs one.
struct ReportContext {
  std::string_view command;
  std::string prefix;
  std::string_view fallback;
};

// Workflow commands of GitHub, a line each: they become annotations.
std::string github_report(const std::vector<Diagnostic>& findings, const ReportContext& context);
// GitLab's code quality report.
std::string gitlab_report(const std::vector<Diagnostic>& findings, const ReportContext& context);
// SARIF 2.1.0.
std::string sarif_report(const std::vector<Diagnostic>& findings, const ReportContext& context);
// JUnit's XML: a failure for each error; warnings and notes are output of cases that passed.
std::string junit_report(const std::vector<Diagnostic>& findings, const ReportContext& context);

// The prefix of the current folder in its git repository, "" where there is none.
std::string repository_prefix();

}  // namespace schemac
