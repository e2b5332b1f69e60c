#pragma once
// Schemas written in tests, bound.

#include <string>
#include <vector>

#include "compiler/bind/bind.h"

namespace schemac::test {

struct Bound {
  Catalog catalog;
  std::vector<Diagnostic> diagnostics;

  // What was said, a line each: `2:5 unknown-type: unknown type `citex` (hint)`.
  std::vector<std::string> said() const {
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : diagnostics) {
      std::string line;
      if (diagnostic.at.known()) {
        const auto at = diagnostic.at.file->position(diagnostic.at.begin);
        line = std::to_string(at.line) + ":" + std::to_string(at.column) + " ";
      }
      line += diagnostic.code + ": " + diagnostic.message;
      if (!diagnostic.hint.empty()) line += " (" + diagnostic.hint + ")";
      lines.push_back(std::move(line));
    }
    return lines;
  }
  // All ids of a kind, as messages show them.
  std::vector<std::string> ids(std::string_view kind) const {
    std::vector<std::string> found;
    for (const Object& object : catalog.objects())
      if (object.kind().name == kind) found.push_back(path_to_string(object.id));
    return found;
  }
  const Object* find(std::string_view kind, const std::vector<std::string_view>& path) const {
    return catalog.find(ObjectId(*find_kind(kind), path));
  }
  // What an object depends on; weak ones in brackets.
  std::vector<std::string> depends(std::string_view kind,
                                   const std::vector<std::string_view>& path) const {
    std::vector<std::string> found;
    const Object* object = find(kind, path);
    if (object == nullptr) return {"no such object"};
    for (const Edge& edge : object->depends)
      found.push_back(edge.kind == EdgeKind::weak ? "[" + to_string(edge.target) + "]"
                                                  : to_string(edge.target));
    return found;
  }
};

inline Bound bound_all(const std::vector<std::string>& texts) {
  Sink sink;
  std::vector<ParsedFile> files;
  for (std::size_t i = 0; i < texts.size(); ++i)
    files.push_back(parse_file(
        std::make_shared<SourceFile>("file" + std::to_string(i) + ".schema", texts[i]), sink));
  Bound result{schemac::bind(files, sink), {}};
  sink.sort();
  result.diagnostics = sink.diagnostics();
  return result;
}
inline Bound bound(const std::string& text) {
  return bound_all({text});
}

inline bool equal(const Object& a, const Object& b) {
  return a.id == b.id && a.parent == b.parent && a.values == b.values && a.depends == b.depends &&
         a.position == b.position;
}

using Lines = std::vector<std::string>;

}  // namespace schemac::test
