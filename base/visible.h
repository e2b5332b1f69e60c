#pragma once
// Text of unknown origin, names above all, for terminals, logs and reports.

#include <string>
#include <string_view>

namespace schemac {

// `text` as a reader must see it: what would hide, reorder or command (control characters, marks of
// bidirectional text, line separators) and bytes that are no UTF-8 stand as `\u{202E}`, and line
// ends as `newline`.
std::string visible(std::string_view text, std::string_view newline);

}  // namespace schemac
