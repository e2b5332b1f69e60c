#pragma once
// What is said of sources.

#include "base/diagnostic.h"

namespace schemac::diags {

inline constexpr Diag<std::string_view> source_unknown{"source-unknown",
                                                       "`{}` is not a source of a schema"};
inline constexpr Diag<std::string_view> schema_missing{"schema-missing", "there is no `{}`"};
inline constexpr Diag<std::string_view> database_kind{"database-kind",
                                                      "databases of `{}` are not supported"};
inline constexpr Diag<std::string_view> git_expression{"git-source", "`{}` is not `git:REV:PATH`"};
inline constexpr Diag<std::string_view> git_failed{"git-failed", "git: {}"};
inline constexpr Diag<std::string_view, std::string_view> git_nothing{
    "git-nothing", "revision `{}` has no .schema file under `{}`"};
inline constexpr Diag<std::string_view> catalog_broken{"catalog-broken",
                                                       "not a recorded catalog: {}"};
inline constexpr Diag<std::string_view, std::string_view> unmanaged{
    "unmanaged", "{} are not managed: {}", Severity::note};

}  // namespace schemac::diags
