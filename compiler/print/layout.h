#pragma once
// From statement trees to canonical text: one engine for `fmt` (trees as parsed, with comments) and
// for the catalog printer (trees as made by the functions below, with no source behind them).

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/statement.h"

namespace schemac {

// The canonical text of `statements`: two blanks of indentation, one statement a line, the types of
// consecutive columns aligned. Ends with a newline unless it is empty.
std::string layout(const std::vector<Statement>& statements,
                   std::span<const CommentLine> comments_at_end = {});

// Items made without a source. Between two of them stands one blank, save around `,` `.` `?` `::`
// and `[` `]` and before a tight one.

// A keyword, or any text that must appear as it is: `timestamp(3) with time zone`, `text[]`.
Item word_item(std::string_view text);
// An identifier, quoted where needs_quotes() says so (compiler/parse/words.h).
Item name_item(std::string_view name);
// `schema.name`, or the name alone where `schema` is empty: appended to `items`.
void add_qname(std::vector<Item>& items, std::string_view schema, std::string_view name);
// 'value', quotes doubled.
Item string_item(std::string_view value);
Item number_item(std::string_view text);
// $$text$$, with the shortest tag that `text` allows.
Item body_item(std::string_view text);
Item symbol_item(std::string_view text);
// ( items ): the caller puts symbol_item(",") between elements.
Item group_item(std::vector<Item> items);
// ( sql ) with the fragment verbatim.
Item sql_item(std::string_view sql);
// `item` directly behind the item before it, as the group in `lower(name)`.
Item tight(Item item);

}  // namespace schemac
