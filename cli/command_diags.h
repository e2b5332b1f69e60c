#pragma once
// What commands say of how they were called and of what they found.

#include "base/diagnostic.h"

namespace schemac::diags {

using Text = std::string_view;

// The command line.
inline constexpr Diag<Text> usage{"usage", "{}"};
inline constexpr Diag<Text> name_empty{"name-empty", "`{}` leaves nothing to name a revision by"};
inline constexpr Diag<> url_missing{"url-missing", "no database is given"};
inline constexpr Diag<Text> hazard_unknown{"hazard-unknown", "there is no hazard `{}`"};
inline constexpr Diag<Text> url_unknown{"url-unknown", "`{}` is not the URL of a database"};

// The environment.
inline constexpr Diag<Text> file_system{"file-system", "{}"};
inline constexpr Diag<Text> database{"database", "{}"};
inline constexpr Diag<Text> failed{"failed", "{}"};
inline constexpr Diag<> interrupted{"interrupted", "stopped by a signal; nothing is half done"};

// Files that are in the way.
inline constexpr Diag<Text> exists_already{"exists-already", "`{}` exists already"};
inline constexpr Diag<Text> file_differs{"file-differs", "`{}` has something else in it"};
inline constexpr Diag<Text> file_foreign{"file-foreign", "`{}` is not part of what was pulled"};
inline constexpr Diag<Text> not_formatted{"not-formatted", "`{}` is not in the canonical form"};

// What check finds.
inline constexpr Diag<Text> schema_ahead{"schema-ahead", "{} differs from what the revisions make"};
inline constexpr Diag<Text, Text> drift{"drift", "{} {}"};
inline constexpr Diag<Text, Text> drift_unproven{"drift-unproven", "{} {}, as far as text tells",
                                                 Severity::warning};
inline constexpr Diag<Text, Text> revisions_pending{"revisions-pending",
                                                    "{} lacks {} of the revisions", Severity::note};

// What generate is told.
inline constexpr Diag<Text> not_renamed_unused{
    "not-renamed-unused", "nothing here looks like the rename `{}`", Severity::warning};

// What lint finds beside hazards.
inline constexpr Diag<Text> sql_broken{"sql-broken", "{}"};
inline constexpr Diag<Text> sql_unread{"sql-unread", "this is not judged: {}", Severity::warning};

// What accepts findings.
inline constexpr Diag<> allow_broken{"allow-broken",
                                     "this accepts nothing: it needs codes and a reason"};
inline constexpr Diag<Text> allow_unused{"allow-unused", "nothing here needs `{}` any more",
                                         Severity::warning};
inline constexpr Diag<Text> drift_file{"drift-file", "drift.toml: {}"};
inline constexpr Diag<Text, Text> drift_expired{"drift-expired",
                                                "the drift of {} was accepted until {}"};
inline constexpr Diag<Text> drift_unused{
    "drift-unused", "nothing that `{}` names is other than it should be", Severity::warning};

// Databases and revisions.
inline constexpr Diag<Text, Text> revision_not_in_folder{
    "revision-not-in-folder", "revision `{}` is applied to {} and not in the folder"};
inline constexpr Diag<Text, Text> applied_edited{
    "applied-edited", "revision `{}` was edited after it was applied to {}"};
inline constexpr Diag<Text, Text> applied_out_of_order{
    "applied-out-of-order", "revision `{}` is applied, and `{}`, which it stands on, is not"};
inline constexpr Diag<Text> revision_not_applied{"revision-not-applied",
                                                 "revision `{}` is not applied"};
inline constexpr Diag<Text> revision_applied{"revision-applied",
                                             "revision `{}` is applied already"};
inline constexpr Diag<Text, Text> baseline_exists{
    "baseline-exists", "{} holds what baseline `{}` describes, and no record of it"};
inline constexpr Diag<Text, Text> baseline_differs{"baseline-differs",
                                                   "{} is not what revision `{}` describes"};
inline constexpr Diag<> nothing_to_report{"nothing-to-report", "there is no revision to report on"};
inline constexpr Diag<Text, Text> range_empty{"range-empty",
                                              "revision `{}` does not lead to revision `{}`"};
inline constexpr Diag<> nothing_applied{"nothing-applied", "no revision is applied"};

}  // namespace schemac::diags
