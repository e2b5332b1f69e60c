#pragma once
// Where a thing stands in a TOML file.

#include <toml++/toml.h>

#include "base/source.h"

namespace schemac {

// The line of `at`.
inline SourceSpan span_of(const std::shared_ptr<const SourceFile>& file,
                          const toml::source_region& at) {
  const std::string_view line = file->line(static_cast<int>(at.begin.line));
  if (line.data() == nullptr) return {file, 0, 0};
  const auto begin = static_cast<std::uint32_t>(line.data() - file->text().data());
  return {file, begin, begin + static_cast<std::uint32_t>(line.size())};
}

}  // namespace schemac
