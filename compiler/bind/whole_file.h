#pragma once
// What a file says of all that it declares.

#include "compiler/bind/binding.h"

namespace schemac {

struct WholeFile {
  const Statement* statement = nullptr;
  KindMatch match;
};

// The statement of a file that speaks of all of it, if one does; reports a second one.
std::optional<WholeFile> find_whole_file(Binding& binding, const ParsedFile& file);

// Whether the file speaks for a draft: for one that says nothing of that itself, and does not
// follow another one.
bool speaks_for(const WholeFile& whole_file, const Binding& binding, std::uint32_t draft);

}  // namespace schemac
