#pragma once
// The statements of schema files, for a second look at what a declaration says.

#include <map>

#include "compiler/parse/statement.h"

namespace schemac {

// Each file is parsed once, when it is first asked for. It was read without errors before.
class Declarations {
 public:
  const ParsedFile& at(const SourceSpan& place) {
    const auto [entry, added] = files_.try_emplace(place.file.get());
    if (added) entry->second = parse_file(place.file, none_);
    return entry->second;
  }

 private:
  Sink none_;
  std::map<const SourceFile*, ParsedFile> files_;
};

}  // namespace schemac
