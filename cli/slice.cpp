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

// What changed, as it was: the plan is made from that, too.
std::vector<const KnownFile*> changed_before(const SchemaEdit& edit) {
  std::vector<const KnownFile*> files;
  for (std::size_t i = 0; i < edit.before.files.size(); ++i)
    if (edit.now[i] == kNoFile || edit.changed[edit.now[i]]) files.push_back(&edit.before.files[i]);
  return files;
}

// Names that what changed declares, or did.
std::unordered_set<WordHash> names_concerned(const SchemaEdit& edit) {
  std::unordered_set<WordHash> names;
  for (std::size_t i = 0; i < edit.files.size(); ++i)
    if (edit.changed[i]) names.insert(edit.files[i].declares.begin(), edit.files[i].declares.end());
  for (const KnownFile* was : changed_before(edit))
    names.insert(was->declares.begin(), was->declares.end());
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

// Which files have a word among those of one list.
class FilesByWord {
 public:
  FilesByWord(const std::vector<KnownFile>& files, std::vector<WordHash> KnownFile::*words) {
    for (std::uint32_t i = 0; i < files.size(); ++i)
      for (const WordHash word : files[i].*words) entries_.emplace_back(word, i);
    std::sort(entries_.begin(), entries_.end());
  }

  template <class Visit>
  void each(WordHash word, Visit visit) const {
    for (auto at = std::lower_bound(entries_.begin(), entries_.end(), std::pair(word, 0U));
         at != entries_.end() && at->first == word; ++at)
      visit(at->second);
  }

 private:
  std::vector<std::pair<WordHash, std::uint32_t>> entries_;
};

// Adds the files with tables below those that files among them read, or declare what they read: a
// statement locks these as well. Who merely inherits from a table reads none of its other heirs.
void add_heirs(const SchemaEdit& edit, const FilesByWord& declaring, Marks& files) {
  const FilesByWord heirs(edit.files, &KnownFile::inherits);
  Marks read = files;
  std::vector<std::uint32_t> queue;
  for (std::uint32_t i = 0; i < read.size(); ++i)
    if (read[i]) queue.push_back(i);
  const auto add = [&](std::uint32_t i) {
    files[i] = true;
    if (!read[i]) queue.push_back(i);
    read[i] = true;
  };
  const auto follow = [&](const KnownFile& file) {
    for (const WordHash word : file.mentions)
      if (!std::binary_search(file.merely_inherits.begin(), file.merely_inherits.end(), word))
        declaring.each(word, add);
    for (const WordHash name : file.declares) heirs.each(name, add);
  };
  for (const KnownFile* was : changed_before(edit)) follow(*was);
  while (!queue.empty()) {
    const KnownFile& file = edit.files[queue.back()];
    queue.pop_back();
    follow(file);
  }
}

// Adds the files that declare a name which a file among them uses, or one that changed used, and so
// on.
void add_needs(const SchemaEdit& edit, const FilesByWord& declaring, Marks& files) {
  std::vector<const KnownFile*> queue = changed_before(edit);
  for (std::uint32_t i = 0; i < edit.files.size(); ++i)
    if (files[i]) queue.push_back(&edit.files[i]);
  while (!queue.empty()) {
    const KnownFile& file = *queue.back();
    queue.pop_back();
    for (const WordHash word : file.mentions)
      declaring.each(word, [&](std::uint32_t i) {
        if (!files[i]) queue.push_back(&edit.files[i]);
        files[i] = true;
      });
  }
}

}  // namespace

std::optional<Slice> choose_slice(const SchemaEdit& edit) {
  if (concerns_all(edit)) return std::nullopt;
  Slice slice{{}, edit.changed};
  mark_dependents(edit, slice.covered);
  slice.files = slice.covered;
  const std::unordered_set<WordHash> names = names_concerned(edit);
  for (std::size_t i = 0; i < edit.files.size(); ++i)
    if (edit.files[i].felt_unnamed || edit.files[i].intends || meet(edit.files[i].mentions, names))
      slice.files[i] = true;
  const FilesByWord declaring(edit.files, &KnownFile::declares);
  add_heirs(edit, declaring, slice.files);
  add_needs(edit, declaring, slice.files);
  return slice;
}

}  // namespace schemac
