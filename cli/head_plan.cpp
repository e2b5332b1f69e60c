#include "cli/head_plan.h"

#include <algorithm>
#include <fstream>
#include <future>
#include <unordered_map>
#include <unordered_set>

#include "cli/files.h"
#include "cli/idle_intents.h"
#include "cli/name_claims.h"
#include "cli/parallel.h"
#include "cli/revision_expression.h"
#include "cli/revision_graph.h"
#include "cli/source.h"
#include "compiler/bind/bind.h"
#include "compiler/bind/file_names.h"
#include "compiler/ir/json_value.h"
#include "runner/digest.h"

namespace schemac {
namespace {

std::vector<WordHash> sorted(std::vector<WordHash> hashes) {
  std::sort(hashes.begin(), hashes.end());
  return {hashes.begin(), std::unique(hashes.begin(), hashes.end())};
}

std::vector<WordHash> hashes_of(const std::vector<std::string>& words) {
  std::vector<WordHash> hashes;
  for (const std::string& word : words) hashes.push_back(word_hash(word));
  return sorted(std::move(hashes));
}

// One for each word of the text, sorted.
std::vector<WordHash> all_hashes_in(std::string_view text) {
  std::vector<WordHash> hashes;
  each_word(text, [&](std::string_view word) { hashes.push_back(word_hash(word)); });
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

// What is to be known of a file for the next run.
KnownFile known_file(const ParsedFile& file) {
  FileNames names = file_names(file);
  for (std::string& name : names.declared) name = first_word(name);
  std::vector<WordHash> mentions = all_hashes_in(file.file->text());
  std::vector<WordHash> inherits;
  for (const std::string& word : names.inherits) inherits.push_back(word_hash(word));
  std::sort(inherits.begin(), inherits.end());
  const auto uses = [](const std::vector<WordHash>& words, WordHash word) {
    const auto [first, last] = std::equal_range(words.begin(), words.end(), word);
    return last - first;
  };
  std::vector<WordHash> merely;
  for (const WordHash word : inherits)
    if (uses(inherits, word) == uses(mentions, word)) merely.push_back(word);
  return {file.file->path(),         sha256(file.file->text()),   hashes_of(names.declared),
          hashes_of(names.schemas),  sorted(std::move(mentions)), sorted(std::move(inherits)),
          sorted(std::move(merely)), names.felt_unnamed,          false};
}

std::shared_ptr<const SourceFile> source_file(const std::string& path) {
  return std::make_shared<const SourceFile>(path, read_text(path));
}

StateKey key_of(const Settings& settings, const FileDigests& history) {
  return {settings.state, history_digest(history), settings.server_version};
}

// Schemas are every file's that opens them.
std::uint32_t file_of(const Object& object,
                      const std::unordered_map<std::string_view, std::uint32_t>& files) {
  if (object.kind().names_others || !object.declared_at.known()) return kNoFile;
  const auto at = files.find(object.declared_at.file->path());
  return at == files.end() ? kNoFile : at->second;
}

std::unordered_map<std::string_view, std::uint32_t> by_path(const std::vector<KnownFile>& files) {
  std::unordered_map<std::string_view, std::uint32_t> index;
  for (std::uint32_t i = 0; i < files.size(); ++i) index.emplace(files[i].path, i);
  return index;
}

// Adds what a revision made of an object; `index` is the revision's own.
void add_recorded(const Recorded& recorded, std::size_t index, Origins& origins) {
  if (recorded.gone || recorded.place.length == 0)
    origins.erase(recorded.id.hash());
  else
    origins[recorded.id.hash()] = {static_cast<std::uint32_t>(index),
                                   static_cast<std::uint32_t>(recorded.place.length),
                                   recorded.place.offset};
}

// Adds a revision, which is the head then.
void add_written(const WrittenRevision& written, Origins& origins, KnownState& state) {
  for (const Recorded& recorded : written.recorded)
    add_recorded(recorded, state.revisions.size(), origins);
  state.revisions.push_back(written.revision);
  state.heads = {written.revision.id};
}

// Adds what is known of declared objects. Answers false where one of them cannot be found again:
// what is declared is not what is recorded, then.
bool add_objects(const Catalog& declared, const Origins& origins, KnownState& state) {
  const auto files = by_path(state.files);
  for (const Object& object : declared.objects()) {
    const auto origin = origins.find(object.id.hash());
    const std::uint32_t file = file_of(object, files);
    if (origin == origins.end() || (file == kNoFile && !object.kind().names_others)) return false;
    KnownObject known;
    known.id = object.id.hash();
    // A row is its columns; what else stands in a table may change without those who use rows.
    known.whole = object.kind().recorded_order ? object.parent.hash() : 0;
    known.file = file;
    known.origin = origin->second;
    const std::size_t needs = state.needs.size();
    if (!object.parent.empty()) state.needs.push_back(object.parent.hash());
    for (const Edge& edge : object.depends) state.needs.push_back(edge.target.hash());
    known.needs = static_cast<std::uint32_t>(state.needs.size() - needs);
    state.objects.push_back(known);
    each_claim(object, [&](std::uint64_t name) { state.claims.push_back({name, file, 0}); });
  }
  return true;
}

// Notes which files say of something how to get there.
void mark_intents(const Catalog& declared, const std::vector<Retained>& retained,
                  KnownState& state) {
  const auto files = by_path(state.files);
  for (const Retained& each : retained) state.files[files.at(each.at.file->path())].intends = true;
  for (const Object* object : objects_with_intents(declared)) {
    const std::uint32_t file = file_of(*object, files);
    if (file != kNoFile) state.files[file].intends = true;
  }
}

}  // namespace

HeadPlan::HeadPlan(const Session& session, const std::vector<std::string>& continued)
    : session_(session), recorded_(history_files(session.settings.migrations)) {
  const Settings& settings = session.settings;
  chosen_ = !continued.empty();
  if (!chosen_) state_ = load_state(key_of(settings, recorded_));
  if (state_)
    recall(*state_);
  else
    history_ = read_history(settings.migrations, session.sink);
  if (!session.sink.has_errors()) choose_parents(continued);
  retention_.now = new_revision_time(history_);
}

void HeadPlan::recall(const KnownState& state) {
  std::vector<Revision> revisions;
  for (const KnownRevision& known : state.revisions) {
    Revision& revision = revisions.emplace_back();
    revision.id = known.id;
    revision.name = known.name;
    revision.parents = known.parents;
    revision.ties = known.ties;
    revision.baseline = known.baseline;
  }
  history_ = recall_history(session_.settings.migrations, std::move(revisions), state.heads,
                            session_.sink);
}

void HeadPlan::choose_parents(const std::vector<std::string>& continued) {
  if (!chosen_) {
    head_ = single_head(history_, session_.sink);
    if (!head_.empty()) parents_ = {head_};
    return;
  }
  for (const std::string& name : continued) {
    const auto id = resolve_revision(name, history_, session_.sink);
    if (id && !id->empty()) parents_.push_back(*id);
  }
  std::sort(parents_.begin(), parents_.end());
  parents_.erase(std::unique(parents_.begin(), parents_.end()), parents_.end());
  head_ = listed(parents_);
}

// What the plan starts from, of which the schema speaks: other lines included, but nothing that
// stands on what is continued.
std::vector<const Revision*> HeadPlan::start() const {
  std::vector<const Revision*> revisions = lineage(history_, history_.heads);
  if (!chosen_) return revisions;
  for (const Revision* later : descendants(history_, parents_))
    if (std::find(parents_.begin(), parents_.end(), later->id) == parents_.end())
      std::erase(revisions, later);
  return revisions;
}

std::optional<Planned> HeadPlan::plan(Shadow& shadow, bool whole) {
  if (state_ && !whole)
    if (std::optional<Planned> planned = plan_slice(shadow)) return planned;
  return plan_all(shadow);
}

std::optional<Planned> HeadPlan::plan_all(Shadow& shadow) {
  Sink& sink = session_.sink;
  const Settings& settings = session_.settings;
  state_.reset();
  const std::vector<std::string> paths = schema_files(settings.schema, sink);
  if (sink.has_errors()) return std::nullopt;
  files_.assign(paths.size(), {});
  std::vector<ParsedFile> parsed = parse_files(
      paths, sink, [&](std::size_t i, const ParsedFile& file) { files_[i] = known_file(file); });
  // Meanwhile, since neither looks at the other.
  origins_.clear();
  std::future<Catalog> recorded = std::async(std::launch::async, [&] {
    return catalog_of(start(), [&](const Revision& revision, const Delta& delta,
                                   const RevisionText::Entry& place) {
      const bool gone = delta.after.id.empty();
      add_recorded({(gone ? delta.before : delta.after).id, gone, place},
                   static_cast<std::size_t>(&revision - history_.revisions.data()), origins_);
    });
  });
  Source declared{settings.schema, SourceForm::declared, {}, {}};
  declared.catalog =
      schemac::bind(std::move(parsed), sink, settings.server_version, &declared.retained);
  if (sink.has_errors()) return std::nullopt;
  read_.assign(files_.size(), true);
  return plan_between({"@head", SourceForm::recorded, recorded.get(), {}}, std::move(declared),
                      settings, shadow, retention_);
}

std::optional<Planned> HeadPlan::plan_slice(Shadow& shadow) {
  const Settings& settings = session_.settings;
  Sink doubts;  // whoever has any gets them from the whole
  SchemaEdit edit{*state_, {}, {}, std::vector<std::uint32_t>(state_->files.size(), kNoFile), {}};
  std::vector<ParsedFile> parsed;
  const auto before = by_path(state_->files);
  const std::vector<std::string> paths = schema_files(settings.schema, doubts);
  for (const std::string& path : paths) {
    const auto known = before.find(path);
    const std::uint32_t was = known == before.end() ? kNoFile : known->second;
    if (was != kNoFile) edit.now[was] = static_cast<std::uint32_t>(edit.was.size());
    edit.was.push_back(was);
  }
  std::vector<std::shared_ptr<const SourceFile>> changed(paths.size());
  for_each_in_parallel(paths.size(), [&](std::size_t i) {
    auto file = source_file(paths[i]);
    if (edit.was[i] == kNoFile || state_->files[edit.was[i]].digest != sha256(file->text()))
      changed[i] = std::move(file);
  });
  for (std::size_t i = 0; i < paths.size(); ++i) {
    edit.changed.push_back(changed[i] != nullptr);
    if (changed[i] != nullptr) parsed.push_back(parse_file(changed[i], doubts));
    edit.files.push_back(changed[i] != nullptr ? known_file(parsed.back())
                                               : state_->files[edit.was[i]]);
  }
  const std::optional<Slice> slice = choose_slice(edit);
  if (!slice || !doubts.diagnostics().empty()) return std::nullopt;
  files_ = std::move(edit.files);
  read_ = slice->files;
  now_ = std::move(edit.now);
  for (std::size_t i = 0; i < files_.size(); ++i)
    if (read_[i] && !edit.changed[i])
      parsed.push_back(parse_file(source_file(files_[i].path), doubts));
  Source declared{settings.schema, SourceForm::declared, {}, {}};
  declared.catalog =
      schemac::bind(std::move(parsed), doubts, settings.server_version, &declared.retained);
  if (!doubts.diagnostics().empty() || takes_names_outside(declared.catalog, *slice))
    return std::nullopt;
  std::optional<Catalog> recorded = recorded_slice(*slice, declared.catalog);
  if (!recorded) return std::nullopt;
  Planned planned = plan_between({"@head", SourceForm::recorded, std::move(*recorded), {}},
                                 std::move(declared), settings, shadow, retention_);
  if (!planned.unretained.empty()) return std::nullopt;
  if (changes_outside(planned, *slice) || !find_idle_intents(planned).empty()) return std::nullopt;
  return planned;
}

// Whether a name that the slice gives is taken by what is not in it.
bool HeadPlan::takes_names_outside(const Catalog& declared, const Slice& slice) const {
  const auto outside = [&](std::uint32_t file) {
    return file != kNoFile && now_[file] != kNoFile && !slice.files[now_[file]];
  };
  std::unordered_set<std::uint64_t> ids, names;
  for (const Object& object : declared.objects()) {
    ids.insert(object.id.hash());
    each_claim(object, [&](std::uint64_t name) { names.insert(name); });
  }
  return std::any_of(state_->objects.begin(), state_->objects.end(),
                     [&](const KnownObject& known) {
                       return outside(known.file) && ids.contains(known.id);
                     }) ||
         std::any_of(state_->claims.begin(), state_->claims.end(), [&](const KnownClaim& claim) {
           return outside(claim.file) && names.contains(claim.name);
         });
}

// What the head made of the files of the slice, and of the schemas that they open. std::nullopt
// where a revision does not hold what it held.
std::optional<Catalog> HeadPlan::recorded_slice(const Slice& slice, const Catalog& declared) const {
  std::unordered_set<std::uint64_t> open;
  for (const Object& object : declared.objects())
    if (object.kind().names_others) open.insert(object.id.hash());
  std::vector<Origin> wanted;
  for (const KnownObject& known : state_->objects) {
    const bool in_slice = known.file == kNoFile
                              ? open.contains(known.id)
                              : now_[known.file] == kNoFile || slice.files[now_[known.file]];
    if (in_slice) wanted.push_back(known.origin);
  }
  std::sort(wanted.begin(), wanted.end(), [](const Origin& a, const Origin& b) {
    return std::pair(a.revision, a.offset) < std::pair(b.revision, b.offset);
  });
  Catalog catalog;
  JsonReader reader;
  std::ifstream file;
  std::string text;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Origin& origin = wanted[i];
    if (i == 0 || wanted[i - 1].revision != origin.revision)
      file = std::ifstream(history_.revisions[origin.revision].json->path(), std::ios::binary);
    text.resize(origin.length);
    file.seekg(static_cast<std::streamoff>(origin.offset));
    if (!file.read(text.data(), static_cast<std::streamsize>(text.size()))) return std::nullopt;
    try {
      catalog.add(delta_from_json(reader.read(text)).after);
    } catch (const JsonError&) {
      return std::nullopt;
    }
  }
  catalog.sort();
  return catalog;
}

// Whether the plan changes what the edit should not have touched, so that more may depend on it
// than was looked at.
bool HeadPlan::changes_outside(const Planned& planned, const Slice& slice) const {
  const auto files = by_path(files_);
  std::unordered_set<std::uint64_t> covered;  // objects before
  for (const KnownObject& known : state_->objects)
    if (known.file != kNoFile && (now_[known.file] == kNoFile || slice.covered[now_[known.file]]))
      covered.insert(known.id);
  const auto outside = [&](const Change& change) {
    if (change.verb == Change::Verb::drop) return !covered.contains(change.id.hash());
    // What a view shows under a new name with its source is no object of its own.
    const Object* object = planned.to.find(change.id);
    const std::uint32_t file = object == nullptr ? kNoFile : file_of(*object, files);
    return file == kNoFile || !slice.covered[file];
  };
  return std::any_of(planned.up.changes.begin(), planned.up.changes.end(), outside);
}

// What of the state before holds still: of the files that were not read.
KnownState HeadPlan::rest_of_state(const Catalog& declared) const {
  KnownState rest;
  if (!state_) return rest;
  std::unordered_set<std::uint64_t> ids;
  for (const Object& object : declared.objects()) ids.insert(object.id.hash());
  const auto stays = [&](std::uint32_t file) {
    return file != kNoFile && now_[file] != kNoFile && !read_[now_[file]];
  };
  std::size_t need = 0;
  for (KnownObject known : state_->objects) {
    const auto begin = state_->needs.begin() + static_cast<std::ptrdiff_t>(need);
    need += known.needs;
    if (known.file == kNoFile ? ids.contains(known.id) : !stays(known.file)) continue;
    if (known.file != kNoFile) known.file = now_[known.file];
    rest.objects.push_back(known);
    rest.needs.insert(rest.needs.end(), begin, begin + known.needs);
  }
  for (KnownClaim claim : state_->claims) {
    if (!stays(claim.file)) continue;
    claim.file = now_[claim.file];
    rest.claims.push_back(claim);
  }
  return rest;
}

void HeadPlan::remember(const Planned& planned, const WrittenRevision* written) const {
  if (chosen_) return;
  // What was kept holds still where no file was read beside it.
  if (written == nullptr && state_ && files_.size() == state_->files.size() &&
      std::find(read_.begin(), read_.end(), true) == read_.end())
    return;
  KnownState next = rest_of_state(planned.to);
  for (const Revision& revision : history_.revisions)
    next.revisions.push_back(
        {revision.id, revision.name, revision.parents, revision.ties, revision.baseline});
  next.heads = history_.heads;
  next.files = files_;
  mark_intents(planned.to, planned.retained, next);
  Origins origins = origins_;
  if (state_) {
    std::unordered_set<std::uint64_t> wanted;
    for (const Object& object : planned.to.objects()) wanted.insert(object.id.hash());
    for (const KnownObject& known : state_->objects)
      if (wanted.contains(known.id)) origins[known.id] = known.origin;
  }
  FileDigests files = recorded_;
  if (written != nullptr) {
    add_written(*written, origins, next);
    for (const auto& [path, digest] : written->files) files[path] = digest;
  }
  if (add_objects(planned.to, origins, next)) store_state(next, key_of(session_.settings, files));
}

void remember_first(const Settings& settings, const std::map<std::string, std::string>& files,
                    const Catalog& declared, const WrittenRevision& written) {
  KnownState first;
  Sink none;
  for (const auto& [path, text] : files)
    first.files.push_back(known_file(parse_file(std::make_shared<SourceFile>(path, text), none)));
  Origins origins;
  add_written(written, origins, first);
  mark_intents(declared, {}, first);
  if (add_objects(declared, origins, first)) store_state(first, key_of(settings, written.files));
}

}  // namespace schemac
