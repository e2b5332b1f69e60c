#pragma once
// What is said of a migrations folder.

#include "base/diagnostic.h"

namespace schemac::diags {

using Text = std::string_view;

inline constexpr Diag<Text> revision_file_missing{"revision-file-missing", "`{}` is missing"};
inline constexpr Diag<Text> revision_file_broken{"revision-file-broken",
                                                 "revision.json cannot be read: {}"};
inline constexpr Diag<Text, Text> revision_renamed{
    "revision-renamed", "the folder is called `{}`, and its revision.json says `{}`"};
inline constexpr Diag<Text, Text> parent_unknown{
    "parent-unknown", "revision `{}` continues `{}`, which is not in the folder"};
inline constexpr Diag<Text, Text> revision_duplicate{
    "revision-duplicate", "revision `{}` is there twice: folder `{}` says it is that, too"};
inline constexpr Diag<Text, Text> dependency_unknown{
    "dependency-unknown", "revision `{}` depends on `{}`, which is not in the folder"};
inline constexpr Diag<Text> revision_cycle{"revision-cycle", "revisions wait for each other: {}"};
inline constexpr Diag<Text, Text, Text> label_repeated{
    "label-repeated", "the label `{}` is given to revision `{}` and to revision `{}`"};
inline constexpr Diag<Text, Text, Text> replaced_twice{
    "replaced-twice", "revision `{}` is replaced by `{}` and by `{}`"};

inline constexpr Diag<Text> branch_joins{"branch-joins",
                                         "a new revision continues one line, and not {}"};
inline constexpr Diag<Text, Text> label_unfit{"label-unfit", "`{}` cannot be a label: {}"};
inline constexpr Diag<Text, Text> dependency_undeclared{
    "dependency-undeclared", "the new revision needs {}, which is made by `{}` on another line"};

inline constexpr Diag<Text, Text> squash_unfinished{
    "squash-unfinished", "revision `{}` replaces `{}`, which is still there"};

inline constexpr Diag<Text, Text, Text> replaced_in_part{
    "replaced-in-part", "revision `{}` replaces {}, which are applied, and {}, which are not"};

inline constexpr Diag<> sum_missing{"sum-missing", "the folder has revisions and no schemac.sum"};
inline constexpr Diag<> sum_conflict{"sum-conflict",
                                     "schemac.sum has the marks of an unfinished merge"};
inline constexpr Diag<> sum_line_broken{"sum-line-broken",
                                        "expected the id of a revision and its SHA-256"};
inline constexpr Diag<> sum_header_broken{"sum-header-broken",
                                          "expected `schemac.sum 1` in the first line"};
inline constexpr Diag<Text> sum_line_repeated{"sum-line-repeated",
                                              "revision `{}` stands here twice"};
inline constexpr Diag<Text> revision_missing{"revision-missing",
                                             "schemac.sum lists revision `{}`, which is not there"};
inline constexpr Diag<Text> revision_unrecorded{"revision-unrecorded",
                                                "revision `{}` is not in schemac.sum"};
inline constexpr Diag<Text> revision_edited{"revision-edited",
                                            "revision `{}` was edited after it was recorded"};
inline constexpr Diag<Text> several_heads{"several-heads",
                                          "the history ends in several revisions: {}"};

inline constexpr Diag<Text> revision_expression_broken{"revision-expression",
                                                       "`{}` does not name a revision"};
inline constexpr Diag<Text> revision_unknown{"revision-unknown", "there is no revision `{}`"};
inline constexpr Diag<Text, Text> revision_ambiguous{"revision-ambiguous",
                                                     "`{}` may be any of: {}"};
inline constexpr Diag<Text> label_unknown{"label-unknown", "no revision has the label `{}`"};
inline constexpr Diag<Text> current_unknown{
    "current-unknown", "`{}` counts from what a database has, and none is in play here"};
inline constexpr Diag<Text> revision_behind_last{"revision-behind-last",
                                                 "`{}` goes on beyond the last revision"};
inline constexpr Diag<Text, Text, Text> walk_short{"walk-short",
                                                   "`{}` asks for {} revisions, and there are {}"};
inline constexpr Diag<Text> target_backward{"target-backward", "`{}` leads back"};
inline constexpr Diag<Text> target_forward{"target-forward", "`{}` leads forward"};
inline constexpr Diag<Text, Text> stands_on_range{"stands-on-range",
                                                  "revision `{}` stands on what `{}` takes back"};
inline constexpr Diag<Text> revision_before_first{"revision-before-first",
                                                  "`{}` goes back beyond the first revision"};

}  // namespace schemac::diags
