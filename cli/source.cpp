#include "cli/source.h"

#include <algorithm>
#include <sstream>

#include "cli/files.h"
#include "cli/parallel.h"
#include "cli/revision_expression.h"
#include "cli/source_diags.h"
#include "compiler/bind/bind.h"
#include "compiler/ir/json.h"
#include "compiler/parse/statement.h"
#include "introspect/postgres/connection.h"
#include "introspect/postgres/read.h"
#include "proof/process.h"
#include "runner/runner.h"

namespace schemac {
namespace {

constexpr std::string_view kSchemaEnding = ".schema";
constexpr std::string_view kSourceHint =
    "a source is a folder or .schema file, a database's URL, @head, @REVISION, git:REV:PATH, a "
    "recorded catalog (.json) or `empty`";

// The files of a folder at a revision: names and blobs by `ls-tree`, texts by one `cat-file`.
std::vector<std::shared_ptr<const SourceFile>> git_files(const std::string& revision,
                                                         const std::string& path, Sink& sink) {
  const ProcessResult listed = run_process({"git", "ls-tree", "-r", "-z", revision, "--", path});
  std::vector<std::shared_ptr<const SourceFile>> files;
  if (listed.exit_code != 0) {
    sink.report(diags::git_failed(listed.errors.substr(0, listed.errors.find('\n'))));
    return files;
  }
  std::vector<std::string> names;
  std::string blobs;
  std::istringstream entries(listed.output);
  for (std::string entry; std::getline(entries, entry, '\0');) {
    // `100644 blob 3b18e512…<TAB>schema/customer.schema`
    const std::size_t tab = entry.find('\t');
    const std::size_t blob = entry.find(" blob ");
    if (tab == std::string::npos || blob == std::string::npos || !entry.ends_with(kSchemaEnding))
      continue;
    names.push_back(entry.substr(tab + 1));
    blobs += entry.substr(blob + 6, tab - blob - 6) + "\n";
  }
  if (names.empty()) {
    sink.report(diags::git_nothing(revision, path));
    return files;
  }
  const ProcessResult read = run_process({"git", "cat-file", "--batch"}, blobs);
  std::size_t at = 0;
  for (const std::string& name : names) {
    // `3b18e512… blob 123<LF>`, the bytes, a line end
    const std::size_t line_end = read.output.find('\n', at);
    const std::size_t blank = read.output.rfind(' ', line_end);
    if (line_end == std::string::npos || blank == std::string::npos || blank < at) {
      sink.report(diags::git_failed("cannot read `" + name + "`"));
      return files;
    }
    const std::size_t size = std::stoul(read.output.substr(blank + 1, line_end - blank - 1));
    files.push_back(std::make_shared<const SourceFile>("git:" + revision + ":" + name,
                                                       read.output.substr(line_end + 1, size)));
    at = line_end + 1 + size + 1;
  }
  return files;
}

Source load_git(const std::string& text, const Settings& settings, Sink& sink) {
  Source source{text, SourceForm::declared, {}, {}};
  const std::string expression = text.substr(4);
  const std::size_t colon = expression.find(':');
  // A revision that looks like a flag is none.
  if (colon == std::string::npos || colon == 0 || colon + 1 == expression.size() ||
      expression.front() == '-') {
    sink.report(diags::git_expression(text)).hint("for example `git:main:schema`");
    return source;
  }
  const auto files = git_files(expression.substr(0, colon),
                               settings.user_path(expression.substr(colon + 1)), sink);
  if (sink.has_errors()) return source;
  std::vector<ParsedFile> parsed;
  for (const auto& file : files) parsed.push_back(parse_file(file, sink));
  source.catalog =
      schemac::bind(std::move(parsed), sink, settings.server_version, &source.retained);
  return source;
}

Catalog load_recorded(const std::string& path, Sink& sink) {
  const auto file = std::make_shared<const SourceFile>(path, read_text(path));
  try {
    return catalog_from_json(file->text());
  } catch (const JsonError& error) {
    const auto at = static_cast<std::uint32_t>(std::min(error.offset, file->text().size()));
    sink.report(diags::catalog_broken(
                    error.where.empty() ? error.reason : "`" + error.where + "` " + error.reason),
                {file, at, at});
  }
  return {};
}

Catalog load_revision(const std::string& text, const Settings& settings, Sink& sink) {
  const History history = read_history(settings.migrations, sink);
  if (sink.has_errors()) return {};
  const auto id = resolve_revision(text, history, sink);
  return id ? catalog_after(history, *id) : Catalog{};
}

}  // namespace

std::vector<std::string> schema_files(const std::string& path, Sink& sink) {
  if (path_exists(path))
    return is_folder(path) ? files_under(path, kSchemaEnding) : std::vector{path};
  sink.report(diags::schema_missing(path)).hint("`schemac init` begins a project here");
  return {};
}

std::vector<ParsedFile> parse_files(
    const std::vector<std::string>& paths, Sink& sink,
    const std::function<void(std::size_t, const ParsedFile&)>& visit) {
  std::vector<ParsedFile> files(paths.size());
  std::vector<Sink> sinks(paths.size());
  for_each_in_parallel(paths.size(), [&](std::size_t i) {
    files[i] =
        parse_file(std::make_shared<const SourceFile>(paths[i], read_text(paths[i])), sinks[i]);
    if (visit) visit(i, files[i]);
  });
  for (Sink& each : sinks) sink.take(std::move(each));
  return files;
}

Source load_schema(const std::string& path, const Settings& settings, Sink& sink) {
  Source source{path, SourceForm::declared, {}, {}};
  const std::vector<std::string> paths = schema_files(path, sink);
  if (!sink.has_errors())
    source.catalog =
        schemac::bind(parse_files(paths, sink), sink, settings.server_version, &source.retained);
  return source;
}

bool is_database_url(std::string_view text) {
  return text.starts_with("postgres://") || text.starts_with("postgresql://");
}

Source load_database(const std::string& url, const std::string& ledger) {
  Source source{postgres::display_url(url), SourceForm::live, {}, {}};
  ReadResult read = postgres::read_database(url, {ledger});
  source.catalog = std::move(read.catalog);
  source.unmanaged = std::move(read.unmanaged);
  return source;
}

Source load_source(const std::string& text, const Settings& settings, Sink& sink) {
  if (text == "empty") return {text, SourceForm::recorded, {}, {}};
  if (is_database_url(text)) return load_database(text, settings.ledger);
  if (text.starts_with("@"))
    return {text, SourceForm::recorded, load_revision(text, settings, sink), {}};
  if (text.starts_with("git:")) return load_git(text, settings, sink);
  const std::string path = settings.user_path(text);
  if (text.ends_with(".json") && path_exists(path))
    return {text, SourceForm::recorded, load_recorded(path, sink), {}};
  if (path_exists(path)) {
    Source schema = load_schema(path, settings, sink);
    schema.name = text;
    return schema;
  }
  if (const std::size_t scheme = text.find("://"); scheme != std::string::npos)
    sink.report(diags::database_kind(text.substr(0, scheme))).hint("write `postgres://…`");
  else
    sink.report(diags::source_unknown(text)).hint(std::string(kSourceHint));
  return {text, SourceForm::declared, {}, {}};
}

void report_unmanaged(const std::vector<Unmanaged>& unmanaged, Sink& sink) {
  constexpr std::size_t kNamesMax = 20;
  for (const Unmanaged& kind : unmanaged) {
    std::string names;
    for (std::size_t i = 0; i < std::min(kind.names.size(), kNamesMax); ++i)
      names += (i == 0 ? "" : ", ") + kind.names[i];
    if (kind.names.size() > kNamesMax)
      names += " and " + std::to_string(kind.names.size() - kNamesMax) + " more";
    const std::size_t count = kind.names.size();
    sink.report(
        diags::unmanaged((count == 1 ? "" : std::to_string(count) + " ") + kind.plural, names));
  }
}

}  // namespace schemac
