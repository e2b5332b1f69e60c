#pragma once
// The part of a schema that an edit of its files can touch.

#include <optional>
#include <vector>

#include "cli/known_state.h"

namespace schemac {

inline constexpr std::uint32_t kNoFile = KnownObject::kNoFile;

// The files of a schema as they are now, beside those of the state that was kept.
struct SchemaEdit {
  const KnownState& before;
  std::vector<KnownFile> files;    // as they are now, by path
  std::vector<std::uint32_t> was;  // of each: its index before, or kNoFile
  std::vector<std::uint32_t> now;  // of each file before: its index now, or kNoFile
  std::vector<bool> changed;       // of each: whether it is new or has other bytes
};

struct Slice {
  std::vector<bool> files;    // to be read, by index
  std::vector<bool> covered;  // among them: those whose objects the edit may change
};

// The files that changed, those that use a name which these declare or declared, those that say how
// to get there, since that may lead nowhere any more, those with objects that depend on theirs, and
// the files that declare what all of these use, or tables below what they read. std::nullopt where
// only the whole schema tells: where the edit is felt without being named, or opens or leaves a
// schema.
std::optional<Slice> choose_slice(const SchemaEdit& edit);

}  // namespace schemac
