#pragma once
// What is said about declarations: words that mean nothing, names that are not there, rules that
// a server would enforce.

#include <string_view>

#include "base/diagnostic.h"

namespace schemac {

using Text = std::string_view;

// -- Words ---------------------------------------------------------------------------------------
inline constexpr Diag<Text> unsupported_kind{"unsupported-kind",
                                             "`{}` is not supported by this version"};
inline constexpr Diag<Text> unknown_statement{"unknown-statement", "`{}` starts no declaration"};
inline constexpr Diag<Text, Text> unknown_member{"unknown-member",
                                                 "`{}` starts no part of this {}"};
inline constexpr Diag<Text, Text> unknown_clause{"unknown-clause", "`{}` is no clause of this {}"};
inline constexpr Diag<Text, Text> misplaced_statement{"misplaced-statement",
                                                      "`{}` stands inside a {}"};
inline constexpr Diag<Text, Text> repeated_clause{"repeated-clause",
                                                  "`{}` appears twice in this {}"};
inline constexpr Diag<Text, Text> missing_clause{"missing-clause", "this {} needs {}"};
inline constexpr Diag<Text> missing_name{"missing-name", "this {} needs a name"};
inline constexpr Diag<Text> unexpected_block{"unexpected-block", "this {} takes no block"};
inline constexpr Diag<Text> expected{"expected-value", "{} is expected here"};
inline constexpr Diag<Text, Text> expected_instead{"expected-value",
                                                   "{} is expected here instead of `{}`"};
inline constexpr Diag<Text> number_out_of_range{"number-out-of-range",
                                                "`{}` does not fit into 64 bits"};
inline constexpr Diag<Text> sql_syntax{"sql-syntax", "{}"};
inline constexpr Diag<Text, Text> newer_sql{
    "newer-sql", "{}, says the parser of PostgreSQL {}; taken as it is for the server to judge",
    Severity::note};

// -- Names ---------------------------------------------------------------------------------------
inline constexpr Diag<Text, Text> folded_name{
    "folded-name", "`{}` means `{}`: names without quotes are lower case", Severity::warning};
inline constexpr Diag<Text> name_too_long{"name-too-long", "the name `{}` has more than 63 bytes"};
inline constexpr Diag<Text> duplicate_definition{"duplicate-definition", "{} is defined twice"};
inline constexpr Diag<Text, Text> name_taken{"name-taken", "{} has the name of {}"};
inline constexpr Diag<Text> repeated_value{"repeated-value", "`{}` appears twice in this list"};
inline constexpr Diag<Text> unknown_schema{"unknown-schema", "schema `{}` is not declared"};
inline constexpr Diag<Text> unknown_relation{"unknown-relation", "relation `{}` not found"};
inline constexpr Diag<Text> unknown_type{"unknown-type", "unknown type `{}`"};
inline constexpr Diag<Text> unknown_function{"unknown-function", "function `{}` not found"};
inline constexpr Diag<Text, Text> unknown_object{"unknown-object", "{} `{}` not found"};
inline constexpr Diag<Text, Text> unknown_above{"unknown-object",
                                                "`{}` not found in what {} is a part of"};
inline constexpr Diag<Text, Text> unknown_column{"unknown-column", "column `{}` not found in {}"};
inline constexpr Diag<Text> ambiguous_column{"unknown-column", "column `{}` not found"};
inline constexpr Diag<Text> unknown_mixin{"unknown-mixin", "mixin `{}` not found"};
inline constexpr Diag<Text> recursive_mixin{"recursive-mixin", "mixin `{}` includes itself"};
inline constexpr Diag<Text> was_still_present{
    "was-still-present", "`was {}` renames nothing: that name is still declared",
    Severity::warning};

// -- Rules ---------------------------------------------------------------------------------------
inline constexpr Diag<Text> one_column{"one-column", "one column is expected here, not {}"};
inline constexpr Diag<Text> superfluous_not_null{"superfluous-not-null",
                                                 "column `{}` is NOT NULL without a word"};
inline constexpr Diag<Text> nullable_not_null{"nullable-not-null",
                                              "column `{}` allows NULL and has a NOT NULL "
                                              "constraint"};
inline constexpr Diag<Text> nullable_key{"nullable-key",
                                         "column `{}` of a primary key cannot be nullable"};
inline constexpr Diag<Text> second_primary_key{"second-primary-key",
                                               "{} has a primary key already"};
inline constexpr Diag<Text, Text> column_count{"column-count", "{} columns refer to {}"};
inline constexpr Diag<Text> no_primary_key{"no-primary-key", "{} has no primary key to refer to"};
inline constexpr Diag<Text> no_matching_key{
    "no-matching-key", "{} has no primary key or unique constraint on exactly these columns"};
inline constexpr Diag<Text> not_a_relation_with_columns{"unknown-relation",
                                                        "{} has no columns to refer to"};
inline constexpr Diag<Text> dependency_cycle{"dependency-cycle", "these depend on each other: {}"};
inline constexpr Diag<> misplaced_shorthand{"misplaced-shorthand",
                                            "a serial type stands only behind a column of a table"};
inline constexpr Diag<Text, Text> unknown_privilege{"unknown-privilege",
                                                    "`{}` is nothing to grant on {}"};
inline constexpr Diag<Text, Text, Text> had_from_start{"standard-privilege",
                                                       "{} has `{}` on {} from the start"};
inline constexpr Diag<Text, Text, Text> lacked_from_start{"standard-privilege",
                                                          "{} lacks `{}` on {} from the start"};
inline constexpr Diag<Text> granted_twice{
    "standard-privilege", "some of this is in {} as well, without the right to grant it on"};
inline constexpr Diag<Text> impossible{"impossible-declaration", "{}"};
inline constexpr Diag<Text, Text, Text> nothing_to_grant{
    "unknown-privilege", "{} has nothing of its own to {}: it has no `{}`"};
inline constexpr Diag<Text> follows_parent{"misplaced-owner",
                                           "{} belongs to the owner of its table"};
inline constexpr Diag<Text> secret_option{"secret-option",
                                          "`{}` is a secret, and a schema is not the place for it"};
inline constexpr Diag<> undocumented{"misplaced-doc", "this takes no documentation",
                                     Severity::warning};

// -- Versions ------------------------------------------------------------------------------------
inline constexpr Diag<Text, Text, Text> newer_server{
    "newer-server", "{} came with PostgreSQL {}, and this schema is for PostgreSQL {}"};

}  // namespace schemac
