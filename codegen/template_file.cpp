#include "codegen/template_file.h"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace schemac {
namespace fs = std::filesystem;
namespace mustache = kainjow::mustache;

fs::path template_folder(const std::string& target) {
  if (const char* override_folder = std::getenv("SCHEMAC_TEMPLATES"); override_folder != nullptr)
    return fs::path(override_folder) / target;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (fs::path folder = program.parent_path(); !error; folder = folder.parent_path()) {
    for (const char* place : {"share/schemac/templates", "templates"})
      if (fs::is_directory(folder / place / target, error)) return folder / place / target;
    error.clear();
    if (folder == folder.parent_path()) break;
  }
  throw std::runtime_error("no templates for `" + target + "` beside " + program.string() +
                           "; set SCHEMAC_TEMPLATES to the folder that holds them");
}

namespace {

// Stands for an empty line while the library works, which would take some of those for its own.
constexpr std::string_view kEmptyLine = "\x01empty\x01";

// Whether a line holds tags of sections and parts alone, which then leave no line behind.
bool only_tags(std::string_view line) {
  bool any = false;
  while (line.starts_with("{{") && line.size() > 2 &&
         std::string_view("#^/>").find(line[2]) != std::string_view::npos) {
    const std::size_t end = line.find("}}");
    if (end == std::string_view::npos) return false;
    line.remove_prefix(end + 2);
    any = true;
  }
  return any && line.empty();
}

}  // namespace

std::string read_template(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read template `" + path.string() + "`");
  std::string text;
  for (std::string line; std::getline(file, line);) {
    if (only_tags(line))
      text += line;
    else
      text += (line.empty() ? std::string(kEmptyLine) : line) + "\n";
  }
  return text;
}

namespace {

// What the library writes to: a text without the marks of empty lines. No piece ends inside one.
struct Text {
  std::string text;

  Text& operator<<(std::string_view piece) {
    for (std::size_t at; (at = piece.find(kEmptyLine)) != std::string_view::npos;
         piece.remove_prefix(at + kEmptyLine.size()))
      text += piece.substr(0, at);
    text += piece;
    return *this;
  }
};

}  // namespace

std::string render_template(const fs::path& path, mustache::basic_context<std::string>& context,
                            const Escape& escape) {
  mustache::mustache tmpl(read_template(path));
  if (!tmpl.is_valid())
    throw std::runtime_error("template `" + path.string() + "`: " + tmpl.error_message());
  tmpl.set_custom_escape(escape);
  Text rendered;
  tmpl.render(context, rendered);
  if (!tmpl.is_valid())
    throw std::runtime_error("template `" + path.string() + "`: " + tmpl.error_message());
  return std::move(rendered.text);
}

}  // namespace schemac
