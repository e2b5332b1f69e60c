#include "cli/sql_files.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <set>

#include "cli/files.h"
#include "cli/parallel.h"

namespace schemac {
namespace {

namespace fs = std::filesystem;
using lint::Sending;

// Where one file belongs: files with one key are two ways of one migration.
struct Slot {
  std::string key;
  bool down = false;
  bool last = false;    // runs behind all others
  bool paired = false;  // its layout has a file for each way
  Sending sending = Sending::apart;
  bool known = false;      // the sending is the layout's
  bool resumable = false;  // schemac's own
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Numbers by value, all else by byte.
bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      while (i < a.size() && a[i] == '0') ++i;
      while (j < b.size() && b[j] == '0') ++j;
      std::size_t end_a = i, end_b = j;
      while (end_a < a.size() && is_digit(a[end_a])) ++end_a;
      while (end_b < b.size() && is_digit(b[end_b])) ++end_b;
      if (end_a - i != end_b - j) return end_a - i < end_b - j;
      const int order = a.substr(i, end_a - i).compare(b.substr(j, end_b - j));
      if (order != 0) return order < 0;
      i = end_a;
      j = end_b;
    } else {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
    }
  }
  return a.size() - i < b.size() - j;
}

bool ends_with(std::string_view name, std::string_view end) {
  return name.size() > end.size() && name.ends_with(end);
}

// Flyway's `V1_2__name.sql`, `U1_2__name.sql`, `R__name.sql`.
bool is_flyway(std::string_view name) {
  const std::size_t bar = name.find("__");
  if (bar == std::string_view::npos || name.empty()) return false;
  if (name[0] == 'R') return bar == 1;
  return (name[0] == 'V' || name[0] == 'U') && bar > 1 && is_digit(name[1]);
}

Slot slot_of(const fs::path& path) {
  const std::string name = path.filename().string();
  const std::string folder = path.parent_path().string();
  const auto inside = [&](std::string_view part) {
    return (folder.empty() ? "" : folder + "/") + std::string(part);
  };
  Slot slot;
  if (name == "up.sql" || name == "down.sql") {
    const bool ours = fs::exists(path.parent_path() / "revision.json");
    return {folder, name == "down.sql", false, true, ours ? Sending::apart : Sending::wrapped, true,
            ours};
  }
  for (const auto& [end, down] :
       {std::pair<std::string_view, bool>{".up.sql", false}, {".down.sql", true}})
    if (ends_with(name, end))
      return {inside(name.substr(0, name.size() - end.size())),
              down,
              false,
              true,
              Sending::at_once,
              true,
              false};
  if (ends_with(name, ".rollback.sql"))
    return {
        inside(name.substr(0, name.size() - 13)), true, false, true, Sending::wrapped, true, false};
  for (const auto& [word, down] :
       {std::pair<std::string_view, bool>{".do.", false}, {".undo.", true}})
    if (const std::size_t at = name.find(word); at != std::string::npos)
      return {inside(name.substr(0, at)), down, false, true, Sending::at_once, true, false};
  if (name == "migration.sql") return {folder, false, false, false, Sending::at_once, true, false};
  if (is_flyway(name))
    return {inside(name.substr(1, name.find("__") - 1)) + (name[0] == 'R' ? name : ""),
            name[0] == 'U',
            name[0] == 'R',
            false,
            Sending::wrapped,
            true,
            false};
  const std::string last = path.parent_path().filename().string();
  if (last == "revert" || last == "deploy")
    return {(path.parent_path().parent_path() / path.stem()).string(),
            last == "revert",
            false,
            true,
            Sending::apart,
            true,
            false};
  slot.key = inside(path.stem().string());
  return slot;
}

// ── Directives inside of files ──

enum class Word : std::uint8_t { none, up, down, no_transaction };

struct Directive {
  std::string_view text;
  Word word;
  Sending sending;  // of the part that begins
};

// The longer ones first: each is compared with the beginning of a comment.
constexpr Directive kDirectives[] = {
    {"-- migrate:up transaction:false", Word::up, Sending::at_once},
    {"-- migrate:down transaction:false", Word::down, Sending::at_once},
    {"-- migrate:up", Word::up, Sending::wrapped},
    {"-- migrate:down", Word::down, Sending::wrapped},
    {"-- +goose NO TRANSACTION", Word::no_transaction, Sending::apart},
    {"-- +goose Up", Word::up, Sending::wrapped},
    {"-- +goose Down", Word::down, Sending::wrapped},
    {"-- +migrate Up notransaction", Word::up, Sending::apart},
    {"-- +migrate Down notransaction", Word::down, Sending::apart},
    {"-- +migrate Up", Word::up, Sending::wrapped},
    {"-- +migrate Down", Word::down, Sending::wrapped},
    {"-- Up Migration", Word::up, Sending::wrapped},
    {"-- Down Migration", Word::down, Sending::wrapped},
    {"--! no-transaction", Word::no_transaction, Sending::apart},
    {"--! Previous:", Word::up, Sending::wrapped},
    {"-- transactional: false", Word::no_transaction, Sending::apart},
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

const Directive* directive_of(std::string_view comment) {
  for (const Directive& directive : kDirectives)
    if (comment.size() >= directive.text.size() &&
        std::equal(directive.text.begin(), directive.text.end(), comment.begin(),
                   [](char a, char b) { return lower(a) == lower(b); }))
      return &directive;
  return nullptr;
}

bool cannot_share(std::string_view statement) {
  std::string head(statement.substr(0, 400));
  std::transform(head.begin(), head.end(), head.begin(), lower);
  return head.find("concurrently") != std::string::npos || head.starts_with("vacuum");
}

// ── Reading ──

// A file for psql holds commands and data that no server sees.
std::string without_psql(std::string_view text) {
  std::string out(text);
  bool data = false;
  for (std::size_t begin = 0; begin < out.size();) {
    const std::size_t end = std::min(out.find('\n', begin), out.size());
    std::string line = out.substr(begin, end - begin);
    std::transform(line.begin(), line.end(), line.begin(), lower);
    const bool begins_data =
        line.starts_with("copy ") && line.find(" from stdin") != std::string::npos;
    if (data || line.starts_with("\\"))
      std::fill(out.begin() + static_cast<long>(begin), out.begin() + static_cast<long>(end), ' ');
    data = (data && !line.starts_with("\\.")) || begins_data;
    begin = end + 1;
  }
  return out;
}

SqlFile read_file(const std::string& path) {
  SqlFile read;
  read.file = std::make_shared<const SourceFile>(path, read_text(path));
  read.script = read_script(read.file->text());
  if (read.script.error && read.file->text()[read.script.error->offset] == '\\') {
    read.file = std::make_shared<const SourceFile>(path, without_psql(read.file->text()));
    read.script = read_script(read.file->text());
  }
  return read;
}

// Where the migrations of a single file begin, and how deep they lie.
fs::path root_of(const fs::path& file) {
  const std::string name = file.filename().string();
  const std::string folder = file.parent_path().filename().string();
  const bool nested = name == "up.sql" || name == "down.sql" || name == "migration.sql" ||
                      folder == "deploy" || folder == "revert";
  const fs::path parent = file.parent_path();
  const fs::path root = nested ? parent.parent_path() : parent;
  return root.empty() ? fs::path(".") : root;
}

std::vector<fs::path> sql_files_in(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const bool checks = entry.path().parent_path().filename() == "verify" &&
                        fs::exists(entry.path().parent_path().parent_path() / "sqitch.plan");
    if (entry.is_regular_file() && entry.path().extension() == ".sql" && !checks)
      found.push_back(entry.path().lexically_normal());
  }
  return found;
}

// The order of sqitch's changes.
std::map<std::string, std::size_t> plan_of(const fs::path& folder) {
  std::map<std::string, std::size_t> order;
  const fs::path plan = folder / "sqitch.plan";
  if (!fs::exists(plan)) return order;
  const std::string text = read_text(plan.string());
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.empty() || line[0] == '%' || line[0] == '@' || line[0] == '#') continue;
    order.emplace((folder / line.substr(0, line.find(' '))).lexically_normal().string(),
                  order.size());
  }
  return order;
}

struct Found {
  fs::path path;
  Slot slot;
  std::size_t planned = 0;
  bool wanted = true;
};

std::vector<Found> find_files(const std::vector<std::string>& paths) {
  std::map<fs::path, Found> found;
  const auto add = [&](const fs::path& folder, const fs::path& path, bool wanted) {
    Found& entry = found[path];
    entry.wanted = wanted || (!entry.path.empty() && entry.wanted);
    if (!entry.path.empty()) return;
    entry.path = path;
    entry.slot = slot_of(path);
    const std::map<std::string, std::size_t> plan = plan_of(folder);
    const auto at = plan.find(fs::path(entry.slot.key).lexically_normal().string());
    entry.planned = at == plan.end() ? plan.size() : at->second;
  };
  for (const std::string& path : paths) {
    const fs::path given = fs::path(path).lexically_normal();
    if (fs::is_directory(given)) {
      for (const fs::path& file : sql_files_in(given)) add(given, file, true);
      continue;
    }
    const fs::path root = root_of(given);
    for (const fs::path& file : sql_files_in(root)) add(root, file, false);
    add(root, given, true);
  }
  std::vector<Found> files;
  for (auto& [path, entry] : found) files.push_back(std::move(entry));
  std::stable_sort(files.begin(), files.end(), [](const Found& a, const Found& b) {
    if (a.slot.last != b.slot.last) return b.slot.last;
    if (a.planned != b.planned) return a.planned < b.planned;
    return natural_less(a.slot.key, b.slot.key);
  });
  return files;
}

// Puts the statements of a file into the parts that its directives, or its name, say.
void take_statements(SqlMigration& migration, const SqlFile& file, std::size_t number,
                     const Slot& slot, bool wrapped) {
  SqlPart* part = slot.down ? &migration.down : &migration.up;
  Sending sending = slot.known ? slot.sending : wrapped ? Sending::wrapped : Sending::apart;
  bool no_transaction = false;
  const auto enter = [&] {
    part->part.sending = no_transaction ? Sending::apart : sending;
    part->part.resumable = part->part.sets_timeouts = slot.resumable;
  };
  enter();
  for (std::size_t i = 0; i < file.script.statements.size(); ++i) {
    const ScriptStatement& statement = file.script.statements[i];
    for (const std::string_view comment : statement.comments) {
      const Directive* directive = directive_of(comment);
      if (directive == nullptr) continue;
      no_transaction = no_transaction || directive->word == Word::no_transaction;
      if (directive->word != Word::no_transaction) {
        part = directive->word == Word::up ? &migration.up : &migration.down;
        sending = directive->sending;
        migration.lacks_down = true;
      }
      enter();
    }
    part->places.emplace_back(number, i);
  }
}

// Flyway runs a file outside of a transaction where a statement needs that.
void settle_sending(SqlPart& part, const Found& found, const SqlFile& file) {
  const auto& statements = file.script.statements;
  if (is_flyway(found.path.filename().string()) &&
      std::any_of(statements.begin(), statements.end(),
                  [](const ScriptStatement& each) { return cannot_share(each.text); }))
    part.part.sending = Sending::apart;
}

}  // namespace

SqlMigrations read_migrations(const std::vector<std::string>& paths, bool wrapped) {
  for (const std::string& path : paths)
    if (!fs::exists(path)) throw FileError("read", path, ENOENT);
  std::vector<Found> found = find_files(paths);
  // What runs behind everything that was asked for says nothing of it.
  while (!found.empty() && !found.back().wanted) found.pop_back();
  SqlMigrations all;
  all.files.resize(found.size());
  for_each_in_parallel(found.size(),
                       [&](std::size_t i) { all.files[i] = read_file(found[i].path.string()); });
  std::string last;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Slot& slot = found[i].slot;
    if (all.migrations.empty() || slot.key != last) {
      all.migrations.emplace_back();
      all.migrations.back().wanted = false;
      last = slot.key;
    }
    SqlMigration& migration = all.migrations.back();
    migration.files.push_back(i);
    migration.wanted = migration.wanted || found[i].wanted;
    migration.lacks_down = migration.lacks_down || slot.paired;
    take_statements(migration, all.files[i], i, slot, wrapped);
    settle_sending(slot.down ? migration.down : migration.up, found[i], all.files[i]);
  }
  for (SqlMigration& migration : all.migrations)
    migration.lacks_down = migration.lacks_down && migration.down.places.empty();
  return all;
}

void parse_statements(const SqlMigrations& all, SqlMigration& migration) {
  for (SqlPart* part : {&migration.up, &migration.down})
    for (const auto& [file, statement] : part->places)
      part->part.statements.emplace_back(all.files[file].script.statements[statement].text);
}

}  // namespace schemac
