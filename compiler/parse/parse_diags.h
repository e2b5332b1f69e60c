#pragma once
// What is said about the text of a file before any word in it has a meaning.

#include <string_view>

#include "base/diagnostic.h"

namespace schemac {

inline constexpr Diag<std::string_view> invalid_utf8{"invalid-utf8",
                                                     "byte 0x{} is not part of UTF-8 text"};
inline constexpr Diag<> nul_byte{"nul-byte", "NUL byte in a text file"};
inline constexpr Diag<std::string_view> file_too_large{"file-too-large",
                                                       "the file has {} bytes; 4 GB is the most"};

inline constexpr Diag<std::string_view> nesting_too_deep{
    "nesting-too-deep", "parentheses and blocks are nested deeper than {}"};
inline constexpr Diag<> unterminated_string{"unterminated-string",
                                            "string literal is never closed"};
inline constexpr Diag<> unterminated_identifier{"unterminated-identifier",
                                                "quoted identifier is never closed"};
inline constexpr Diag<std::string_view> unterminated_body{"unterminated-body",
                                                          "body is never closed by `{}`"};
inline constexpr Diag<> unterminated_comment{"unterminated-comment", "comment is never closed"};
inline constexpr Diag<> unclosed_group{"unclosed-group", "`(` is never closed"};
inline constexpr Diag<> unclosed_block{"unclosed-block", "`{` is never closed"};
inline constexpr Diag<std::string_view> stray_closer{"stray-closer", "`{}` closes nothing"};
inline constexpr Diag<std::string_view> missing_semicolon{"missing-semicolon",
                                                          "expected `;` after `{}`"};
inline constexpr Diag<std::string_view> missing_declaration{"missing-declaration",
                                                            "expected a declaration before `{}`"};
inline constexpr Diag<std::string_view> unexpected_character{"unexpected-character",
                                                             "unexpected character {}"};
inline constexpr Diag<> empty_identifier{"empty-identifier", "quoted identifier is empty"};
inline constexpr Diag<> misplaced_doc{"misplaced-doc",
                                      "a `///` comment stands above the declaration it documents"};
inline constexpr Diag<std::string_view> declaration_too_long{
    "declaration-too-long", "a declaration has more than {} words and signs"};
inline constexpr Diag<std::string_view> too_many_declarations{
    "too-many-declarations", "the file has more than {} declarations"};
inline constexpr Diag<std::string_view> too_many_errors{
    "too-many-errors", "more than {} errors in one file; the rest of it is not looked at"};

}  // namespace schemac
