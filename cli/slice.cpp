#include "cli/slice.h"

#include <algorithm>
#include <unordered_set>

namespace schemac {
namespace {

using Marks = std::vector<bool>;

bool meet(const std::vector<WordHash>& sorted, const std::unordered_set<WordHash>& set) {
  return std::any_of(sorted.begin(), sorted.end(),
                     [&](WordHash hash) { return set.contains(hash); });
}

// Whether what others feel without a name is in a file that changed, or schemas come or go.
bool concerns_all(const SchemaEdit& edit) {
  const auto& before = edit.before.files;
  for (std::size_t i = 0; i < edit.files.size(); ++i) {
    if (!edit.changed[i]) continue;
    const KnownFile* was = edit.was[i] == kNoFile ? nullptr : &before[edit.was[i]];
    if (edit.files[i].felt_unnamed || (was != nullptr && was->felt_unnamed)) return true;
    if (was != nullptr && was->schemas != edit.files[i].schemas) return true;
  }
  for (std::size_t i = 0; i < before.size(); ++i)
    if (edit.now[i] == kNoFile && (before[i].felt_unnamed || !before[i].schemas.empty()))
      return true;
  return false;
}

// Names that what changed declares, or did.
std::unordered_set<WordHash> names_concerned(const SchemaEdit& edit) {
  std::unordered_set<WordHash> names;
  for (std::size_t i = 0; i < edit.files.size(); ++i)
    if (edit.changed[i]) names.insert(edit.files[i].declares.begin(), edit.files[i].declares.end());
  for (std::size_t i = 0; i < edit.before.files.size(); ++i) {
    const KnownFile& was = edit.before.files[i];
    if (edit.now[i] == kNoFile || edit.changed[edit.now[i]])
      names.insert(was.declares.begin(), was.declares.end());
  }
  return names;
}

// Marks the files of what depends on objects of the files that changed, however far.
void mark_dependents(const SchemaEdit& edit, Marks& files) {
  const std::vector<KnownObject>& objects = edit.before.objects;
  std::unordered_set<std::uint64_t> reached;
  bool more = true;
  for (bool first = true; more; first = false) {
    more = false;
    std::size_t need = 0;
    for (const KnownObject& object : objects) {
      const std::size_t needs_end = need + object.needs;
      bool hit = false;
      if (first && object.file != kNoFile) {
        const std::uint32_t now = edit.now[object.file];
        hit = now == kNoFile || edit.changed[now];
      }
      for (; need < needs_end; ++need) hit = hit || reached.contains(edit.before.needs[need]);
      if (!hit || !reached.insert(object.id).second) continue;
      more = true;
      if (object.whole != 0) reached.insert(object.whole);
      if (object.file != kNoFile && edit.now[object.file] != kNoFile)
        files[edit.now[object.file]] = true;
    }
  }
}

// Adds the files that declare a name which a file among them uses, or one of `used`, and so on.
void add_needs(const SchemaEdit& edit, const std::vector<WordHash>& used, Marks& files) {
  std::vector<std::pair<WordHash, std::uint32_t>> declaring;
  std::vector<const std::vector<WordHash>*> queue{&used};
  for (std::uint32_t i = 0; i < edit.files.size(); ++i) {
    for (const WordHash name : edit.files[i].declares) declaring.emplace_back(name, i);
    if (files[i]) queue.push_back(&edit.files[i].mentions);
  }
  std::sort(declaring.begin(), declaring.end());
  while (!queue.empty()) {
    const std::vector<WordHash>& words = *queue.back();
    queue.pop_back();
    for (const WordHash word : words)
      for (auto at = std::lower_bound(declaring.begin(), declaring.end(), std::pair(word, 0U));
           at != declaring.end() && at->first == word; ++at) {
        if (files[at->second]) continue;
        files[at->second] = true;
        queue.push_back(&edit.files[at->second].mentions);
      }
  }
}

// The words of what changed, as it was: the plan is made from that, too.
std::vector<WordHash> words_before(const SchemaEdit& edit) {
  std::vector<WordHash> words;
  for (std::size_t i = 0; i < edit.before.files.size(); ++i) {
    const KnownFile& was = edit.before.files[i];
    if (edit.now[i] == kNoFile || edit.changed[edit.now[i]])
      words.insert(words.end(), was.mentions.begin(), was.mentions.end());
  }
  return words;
}

}  // namespace

std::optional<Slice> choose_slice(const SchemaEdit& edit) {
  if (concerns_all(edit)) return std::nullopt;
  Slice slice{{}, edit.changed};
  mark_dependents(edit, slice.covered);
  slice.files = slice.covered;
  const std::unordered_set<WordHash> names = names_concerned(edit);
  for (std::size_t i = 0; i < edit.files.size(); ++i)
    if (edit.files[i].felt_unnamed || meet(edit.files[i].mentions, names)) slice.files[i] = true;
  add_needs(edit, words_before(edit), slice.files);
  return slice;
}

}  // namespace schemac
