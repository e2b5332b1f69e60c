#pragma once
// Pages for people, through a template.

#include <map>
#include <string>
#include <vector>

#include "codegen/template_file.h"

namespace schemac {

// What a template is told: texts by name, and lists of the same. A text that is "" counts as
// absent. Names that stand nowhere in an entry of a list are looked for outside of it.
struct PageData {
  std::map<std::string, std::string> texts;
  std::map<std::string, std::vector<PageData>> lists;
};

// The template `name` of templates/pages.
std::string render_page(const std::string& name, const PageData& data, const Escape& escape);

}  // namespace schemac
