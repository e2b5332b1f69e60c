#pragma once
// A diagram as SVG, to stand in a page whose style sheet colours it.

#include <string>

#include "cli/report_diagram.h"

namespace schemac {

// `text` for HTML and SVG: nothing in it begins a tag, an entity or an attribute, or hides.
std::string html_escaped(std::string_view text);

// The tables as they were, or as they will be. Tables stand at the same places in both.
std::string svg_of(const Diagram& diagram, bool after);

}  // namespace schemac
