#include "cli/new_revision.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <stdexcept>

#include "cli/files.h"
#include "cli/version.h"
#include "codegen/postgres/postgres.h"
#include "codegen/render.h"
#include "runner/script.h"

namespace schemac {
namespace {

constexpr std::size_t kTimeDigits = 14;
constexpr std::size_t kSlugBytesMax = 60;

// Now, or the time that a reproducible run is told.
std::time_t current_time() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch == nullptr || *epoch == '\0') return std::time(nullptr);
  char* end = nullptr;
  const long long seconds = std::strtoll(epoch, &end, 10);
  if (*end != '\0' || seconds < 0)
    throw std::runtime_error("SOURCE_DATE_EPOCH is `" + std::string(epoch) +
                             "`, which is no number of seconds");
  return static_cast<std::time_t>(seconds);
}

std::string stamp(std::time_t time) {
  std::tm utc = {};
  gmtime_r(&time, &utc);
  char text[kTimeDigits + 1];
  if (std::strftime(text, sizeof text, "%Y%m%d%H%M%S", &utc) != kTimeDigits)
    throw std::runtime_error("the time of the new revision has no year of four digits");
  return text;
}

std::time_t time_of(const std::string& stamp_text) {
  std::tm utc = {};
  if (strptime(stamp_text.c_str(), "%Y%m%d%H%M%S", &utc) == nullptr) return 0;
  return timegm(&utc);
}

}  // namespace

std::string utc_time() {
  const std::time_t now = current_time();
  std::tm utc = {};
  gmtime_r(&now, &utc);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

std::string slug(std::string_view name) {
  std::string text;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain)
      text += c;
    else if (!text.empty() && text.back() != '_')
      text += '_';
  }
  text.resize(std::min(text.size(), kSlugBytesMax));
  while (text.ends_with('_')) text.pop_back();
  return text;
}

std::string time_before(std::chrono::seconds age) {
  return stamp(current_time() - static_cast<std::time_t>(age.count()));
}

std::string new_revision_time(const History& history) {
  std::string latest;
  for (const Revision& revision : history.revisions)
    latest = std::max(latest, revision.id.substr(0, kTimeDigits));
  std::string time = stamp(current_time());
  if (time <= latest) time = stamp(time_of(latest) + 1);
  return time;
}

std::string new_revision_id(const std::string& time, std::string_view name) {
  return time + "_" + slug(name);
}

std::shared_future<RevisionSql> make_sql(const NewRevision& revision, const Planned& planned) {
  RenderInput input;
  input.revision = revision.id;
  input.name = revision.name;
  for (const std::string& parent : revision.parents)
    input.parents += (input.parents.empty() ? "" : ", ") + parent;
  input.tool = kTool;
  if (revision.proof) input.proof = summary(*revision.proof);
  input.up = &planned.up;
  input.down = &planned.down;
  input.dialect = &postgres::dialect();
  return std::async(std::launch::deferred, [input = std::move(input)] {
    std::map<std::string, std::string> files = render_files(input, "native");
    return RevisionSql{std::move(files.at("up.sql")), std::move(files.at("down.sql"))};
  });
}

RevisionParts make_parts(const NewRevision& revision, const Planned& planned) {
  return {make_sql(revision, planned), std::async(std::launch::async, [&planned] {
            const Dialect& dialect = postgres::dialect();
            return RevisionFacts{facts_of(planned.up, dialect), facts_of(planned.down, dialect)};
          })};
}

std::vector<Recorded> write_json(const NewRevision& revision, const Planned& planned,
                                 const std::shared_future<RevisionFacts>& facts,
                                 const RevisionWriter::Take& take) {
  RevisionWriter writer({.id = revision.id,
                         .name = revision.name,
                         .tool = std::string(kTool),
                         .parents = revision.parents,
                         .ties = revision.ties,
                         .baseline = revision.baseline,
                         .server = planned.server,
                         .intents = intents_of(planned.from, planned.to),
                         .proof = revision.proof},
                        take);
  std::vector<Recorded> recorded;
  each_change(planned.from, planned.to, [&](const Object* before, const Object* after) {
    const bool gone = after == nullptr;
    recorded.push_back({(gone ? before : after)->id, gone, writer.add(before, after)});
  });
  writer.finish(facts.get().up, facts.get().down);
  return recorded;
}

WrittenRevision write_revision(const History& history, const NewRevision& revision,
                               const Planned& planned, const RevisionParts& parts) {
  const std::string path = history.folder + "/" + revision.id;
  WrittenRevision written;
  written.revision = {revision.id, revision.name, revision.parents, revision.ties,
                      revision.baseline};
  NewFolder folder(path);
  JsonDigest digest;
  std::future<std::vector<Recorded>> recorded = std::async(std::launch::async, [&] {
    return write_json(revision, planned, parts.facts, [&](std::string_view piece) {
      folder.write("revision.json", piece);
      digest.add(piece);
    });
  });
  const RevisionSql& sql = parts.sql.get();
  written.recorded = recorded.get();
  const JsonDigest::Digests json = digest.end();
  folder.write("up.sql", sql.up);
  folder.write("down.sql", sql.down);
  std::vector<SumLine> lines = history.sum;
  const std::string before = lines.empty() ? "" : lines.back().hash;
  lines.push_back({revision.id,
                   chained_hash(before, revision.id, script_digest(sql.up), script_digest(sql.down),
                                json.timeless),
                   {}});
  const std::string sum = sum_text(lines), sum_path = history.folder + "/" + std::string(kSumFile);
  folder.take_place();
  write_atomically(sum_path, sum);
  written.files = {{path + "/revision.json", json.file},
                   {path + "/up.sql", sha256(sql.up)},
                   {path + "/down.sql", sha256(sql.down)},
                   {sum_path, sha256(sum)}};
  return written;
}

}  // namespace schemac
