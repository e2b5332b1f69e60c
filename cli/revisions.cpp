#include "cli/revisions.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "cli/files.h"
#include "cli/history_diags.h"
#include "cli/revision_graph.h"
#include "compiler/ir/json.h"
#include "compiler/ir/shared_values.h"
#include "runner/script.h"

namespace schemac {
namespace {

std::shared_ptr<const SourceFile> read_source(const std::string& path) {
  return std::make_shared<const SourceFile>(path, read_text(path));
}

SourceSpan first_line(const std::shared_ptr<const SourceFile>& file) {
  return {file, 0, static_cast<std::uint32_t>(file->line(1).size())};
}

// One that is read when it is asked for: those of revisions can be large, and few are.
std::shared_ptr<const SourceFile> unread_source(const std::string& path) {
  return std::make_shared<const SourceFile>(path, read_text);
}

// The file of a revision; reported where it is missing.
std::shared_ptr<const SourceFile> revision_file(const std::string& path, const std::string& id,
                                                Sink& sink) {
  if (path_exists(path)) return unread_source(path);
  sink.report(diags::revision_file_missing(path))
      .about(id)
      .hint("restore it from version control, or take the whole revision out");
  return nullptr;
}

std::string reason_of(const JsonError& error) {
  return error.where.empty() ? error.reason : "`" + error.where + "` " + error.reason;
}

SourceSpan place_of(const std::shared_ptr<const SourceFile>& file, const JsonError& error) {
  const auto at = static_cast<std::uint32_t>(std::min(error.offset, file->text().size()));
  return {file, at, at};
}

}  // namespace

class RevisionReader {
 public:
  // std::nullopt where the folder is unusable, which is then reported.
  static std::optional<Revision> read(const std::string& folder, const std::string& id,
                                      Sink& sink) {
    Revision revision;
    revision.id = id;
    const std::string path = folder + "/" + id + "/";
    revision.up_sql = revision_file(path + "up.sql", id, sink);
    revision.down_sql = revision_file(path + "down.sql", id, sink);
    revision.json = revision_file(path + "revision.json", id, sink);
    if (!revision.up_sql || !revision.down_sql || !revision.json) return std::nullopt;
    try {
      revision.text_ = std::make_shared<RevisionText>(revision.json->path());
    } catch (const JsonError& error) {
      sink.report(diags::revision_file_broken(reason_of(error)), place_of(revision.json, error))
          .about(id);
      return std::nullopt;
    }
    const RevisionHead& head = revision.text_->head();
    if (head.id != id && path_exists(folder + "/" + head.id + "/revision.json")) {
      sink.report(diags::revision_duplicate(head.id, id), first_line(revision.json))
          .about(head.id)
          .hint("the other one is " + folder + "/" + head.id +
                "; generate another revision instead of copying a folder");
      return std::nullopt;
    }
    if (head.id != id) {
      sink.report(diags::revision_renamed(id, head.id), first_line(revision.json))
          .about(id)
          .hint("a revision keeps its name; generate another one instead of copying a folder");
      return std::nullopt;
    }
    revision.name = head.name;
    revision.parents = head.parents;
    std::sort(revision.parents.begin(), revision.parents.end());
    revision.ties = head.ties;
    revision.baseline = head.baseline;
    return revision;
  }
};

namespace {

std::string hash_of(const Revision& revision, std::string_view before) {
  JsonDigest json;
  revision.each_json_piece([&](std::string_view piece) { json.add(piece); });
  return chained_hash(before, revision.id, script_digest(read_text(revision.up_sql->path())),
                      script_digest(read_text(revision.down_sql->path())), json.end().timeless);
}

// Whose sum it is: that of the folder, or that of one side of a merge, which knows nothing of what
// the other side replaced.
enum class SumOf : std::uint8_t { folder, side };

// Holds what the folder has against a sum, and notes what that records.
void check_lines(const History& history, const std::vector<SumLine>& lines, SumOf whose,
                 const std::set<std::string>& folders, std::set<std::string>& recorded,
                 Sink& sink) {
  std::map<std::string_view, const Revision*> by_id;
  std::map<std::string_view, const Revision*> replaced_by;
  for (const Revision& revision : history.revisions) {
    by_id[revision.id] = &revision;
    for (const std::string& replaced : revision.ties.replaces) replaced_by[replaced] = &revision;
  }
  std::string_view before;
  for (const SumLine& line : lines) {
    recorded.insert(line.id);
    if (const auto at = replaced_by.find(line.id); at != replaced_by.end()) {
      // Its folder goes first, and is missed no more.
      if (whose == SumOf::folder && !folders.contains(line.id))
        report_unfinished_squash(*at->second, line.id, sink);
      recorded.insert(at->second->id);
    } else if (!folders.contains(line.id)) {
      sink.report(diags::revision_missing(line.id), line.at)
          .about(line.id)
          .hint("restore its folder from version control");
    } else if (const auto at = by_id.find(line.id);
               at != by_id.end() && hash_of(*at->second, before) != line.hash) {
      sink.report(diags::revision_edited(line.id), line.at)
          .about(line.id)
          .hint("restore " + history.folder + "/" + line.id +
                " from version control; if the edit is meant, `schemac rehash` records it");
    }
    before = line.hash;
  }
}

void report_unrecorded(const History& history, const std::set<std::string>& folders,
                       const std::set<std::string>& recorded, Sink& sink) {
  for (const std::string& id : folders)
    if (!recorded.contains(id))
      sink.report(diags::revision_unrecorded(id))
          .about(id)
          .hint("a run that was cut short, or a merge, leaves this: look at " + history.folder +
                "/" + id + ", then record it by `schemac rehash` or delete it");
}

// Holds what the folder has against what schemac.sum recorded.
void check_sum(History& history, const std::set<std::string>& folders, Sink& sink) {
  const std::string path = history.folder + "/" + std::string(kSumFile);
  if (!path_exists(path)) {
    if (!folders.empty())
      sink.report(diags::sum_missing())
          .about(path)
          .hint("restore it from version control, or run `schemac rehash` after a review");
    return;
  }
  const auto file = read_source(path);
  const std::size_t errors = sink.error_count();
  history.sum = parse_sum(file, sink);
  if (sink.error_count() > errors) return;
  std::set<std::string> recorded;
  check_lines(history, history.sum, SumOf::folder, folders, recorded, sink);
  report_unrecorded(history, folders, recorded, sink);
}

// The same of a sum that a merge left in conflict: each side must be true by itself.
void check_sides(History& history, const std::pair<std::string, std::string>& sides,
                 const std::set<std::string>& folders, Sink& sink) {
  const std::string path = history.folder + "/" + std::string(kSumFile);
  std::set<std::string> recorded;
  for (const std::string& side : {sides.first, sides.second}) {
    const std::size_t errors = sink.error_count();
    const auto lines = parse_sum(std::make_shared<const SourceFile>(path, side), sink);
    if (sink.error_count() == errors)
      check_lines(history, lines, SumOf::side, folders, recorded, sink);
  }
  report_unrecorded(history, folders, recorded, sink);
  if (!sink.has_errors()) history.sum = compute_sum(history);
}

// Whether `name` begins as revisions do: `20250224120000_`.
bool is_revision_name(std::string_view name) {
  constexpr std::size_t kDigits = 14;
  return name.size() > kDigits && name[kDigits] == '_' &&
         std::all_of(name.begin(), name.begin() + kDigits,
                     [](char c) { return c >= '0' && c <= '9'; });
}

// Folders that are revisions, or are meant to be.
std::set<std::string> revision_folders(const std::string& folder) {
  std::set<std::string> found;
  for (const std::string& name : folders_in(folder))
    if (is_revision_name(name) || path_exists(folder + "/" + name + "/revision.json"))
      found.insert(name);
  return found;
}

}  // namespace

namespace {

template <class Read>
auto unbroken(const Revision& revision, Read read) {
  try {
    return read();
  } catch (const JsonError& error) {
    throw BrokenRevision(revision, error);
  }
}

}  // namespace

BrokenRevision::BrokenRevision(const Revision& revision, const JsonError& error)
    : std::runtime_error(reason_of(error)), id(revision.id), at(place_of(revision.json, error)) {}

const RevisionText& Revision::text() const {
  if (text_ == nullptr)
    text_ = unbroken(*this, [&] { return std::make_shared<RevisionText>(json->path()); });
  return *text_;
}

std::size_t Revision::delta_size() const {
  return text().delta_size();
}

void Revision::each_delta(const std::function<void(Delta)>& visit) const {
  unbroken(*this, [&] { text().each_delta(visit); });
}

void Revision::each_delta(
    const std::function<void(Delta, const RevisionText::Entry&)>& visit) const {
  unbroken(*this, [&] {
    text().each_delta_entry([&](const RevisionText::Entry& place, const JsonValue& json) {
      visit(delta_from_json(json), place);
    });
  });
}

void Revision::each_json_piece(const std::function<void(std::string_view)>& take) const {
  unbroken(*this, [&] { text().each_piece(take); });
}

PlanFacts Revision::up() const {
  return unbroken(*this, [&] { return text().up(); });
}

PlanFacts Revision::down() const {
  return unbroken(*this, [&] { return text().down(); });
}

const Revision* History::find(const std::string& id) const {
  for (const Revision& revision : revisions)
    if (revision.id == id) return &revision;
  return nullptr;
}

History read_revisions(const std::string& folder, Sink& sink) {
  History history;
  history.folder = folder;
  if (!path_exists(folder)) return history;
  std::map<std::string, Revision> found;
  const std::set<std::string> folders = revision_folders(folder);
  for (const std::string& id : folders)
    if (auto revision = RevisionReader::read(folder, id, sink))
      found.emplace(id, std::move(*revision));
  order_revisions(std::move(found), folders, history, sink);
  return history;
}

History read_history(const std::string& folder, Sink& sink) {
  History history = read_revisions(folder, sink);
  if (path_exists(folder)) check_sum(history, revision_folders(folder), sink);
  return history;
}

History read_merged_history(const std::string& folder, Sink& sink) {
  const std::string path = folder + "/" + std::string(kSumFile);
  const auto sides = path_exists(path) ? sides_of_conflict(read_text(path)) : std::nullopt;
  if (!sides) return read_history(folder, sink);
  History history = read_revisions(folder, sink);
  check_sides(history, *sides, revision_folders(folder), sink);
  return history;
}

History recall_history(const std::string& folder, std::vector<Revision> revisions,
                       std::vector<std::string> heads, Sink& sink) {
  History history;
  history.folder = folder;
  history.revisions = std::move(revisions);
  history.heads = std::move(heads);
  for (Revision& revision : history.revisions) {
    const std::string path = folder + "/" + revision.id + "/";
    revision.up_sql = unread_source(path + "up.sql");
    revision.down_sql = unread_source(path + "down.sql");
    revision.json = unread_source(path + "revision.json");
  }
  const std::string sum = folder + "/" + std::string(kSumFile);
  if (path_exists(sum)) history.sum = parse_sum(read_source(sum), sink);
  return history;
}

std::vector<SumLine> compute_sum(const History& history) {
  std::vector<SumLine> lines;
  std::string before;
  for (const Revision& revision : history.revisions) {
    before = hash_of(revision, before);
    lines.push_back({revision.id, before, {}});
  }
  return lines;
}

namespace {

// What another line has made of an object meanwhile, where the delta leaves it as it was: `now`
// instead of `delta.before`.
void keep_of_others(const Object& now, Delta& delta) {
  Object& after = delta.after;
  const auto& fields = after.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (delta.before.values[i] == after.values[i]) after.values.set(i, now.values[i]);
  const auto has = [](const std::vector<Edge>& edges, const Edge& edge) {
    return std::find(edges.begin(), edges.end(), edge) != edges.end();
  };
  const std::vector<Edge>& was = delta.before.depends;
  std::erase_if(after.depends,
                [&](const Edge& edge) { return has(was, edge) && !has(now.depends, edge); });
  for (const Edge& edge : now.depends)
    if (!has(was, edge) && !has(after.depends, edge)) after.depends.push_back(edge);
  std::sort(after.depends.begin(), after.depends.end(), [](const Edge& one, const Edge& other) {
    return one.target == other.target ? one.kind < other.kind : one.target < other.target;
  });
}

}  // namespace

void apply_delta(const Revision& revision, Catalog& catalog, const VisitDelta& visit) {
  SharedValues values;
  revision.each_delta([&](Delta delta, const RevisionText::Entry& place) {
    const bool changes = !delta.before.id.empty() && !delta.after.id.empty();
    const Object* now = changes ? catalog.find(delta.after.id) : nullptr;
    // Another line dropped it, and this one but moved it among its siblings.
    if (changes && now == nullptr) return;
    const bool joined = changes && !(now->values == delta.before.values);
    if (joined) keep_of_others(*now, delta);
    // No entry has all of what two lines made.
    if (visit) visit(revision, delta, joined ? RevisionText::Entry{} : place);
    if (delta.after.id.empty()) {
      catalog.erase(delta.before.id);
    } else {
      delta.after.values = values.share(std::move(delta.after.values));
      catalog.add(std::move(delta.after));
    }
  });
}

Catalog catalog_of(const std::vector<const Revision*>& revisions, const VisitDelta& visit) {
  Catalog catalog;
  // A large catalog that grows is there twice in between.
  std::size_t count = 0;
  for (const Revision* revision : revisions) count += revision->delta_size();
  catalog.reserve(count);
  for (const Revision* revision : revisions) apply_delta(*revision, catalog, visit);
  catalog.sort();
  return catalog;
}

Catalog catalog_after(const History& history, const std::string& id, const VisitDelta& visit) {
  return catalog_of(lineage(history, id), visit);
}

std::string single_head(const History& history, Sink& sink) {
  if (history.heads.empty()) return {};
  if (history.heads.size() == 1) return history.heads.front();
  sink.report(diags::several_heads(listed(history.heads))).hint("`schemac merge` joins them");
  return {};
}

}  // namespace schemac
