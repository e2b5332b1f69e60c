#pragma once
// Templates: files that hold layout, and know nothing of what they lay out.

#include <filesystem>
#include <functional>
#include <kainjow/mustache.hpp>
#include <string>

namespace schemac {

// What becomes of the text that `{{name}}` stands for. `{{{name}}}` is taken as it is.
using Escape = std::function<std::string(const std::string&)>;

// The folder of a target's templates: `$SCHEMAC_TEMPLATES`, where the program was installed, or the
// source tree that it was built in.
std::filesystem::path template_folder(const std::string& target);

// These throw std::runtime_error where a template is missing or broken, naming it.
std::string read_template(const std::filesystem::path& path);
std::string render_template(const std::filesystem::path& path,
                            kainjow::mustache::basic_context<std::string>& context,
                            const Escape& escape);

}  // namespace schemac
