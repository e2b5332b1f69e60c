#pragma once
// A report as a page.

#include <string>

#include "cli/report_model.h"

namespace schemac {

// One file that needs no other.
std::string report_html(const Report& report);

// Markdown that fits a comment of a pull request. What does not fit is left out by importance,
// which the text then says.
std::string report_markdown(const Report& report);
// The same in at most `bytes_max`, as far as the frame itself allows.
std::string report_markdown(const Report& report, std::size_t bytes_max);

}  // namespace schemac
