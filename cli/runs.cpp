#include "cli/runs.h"

#include <algorithm>

#include "cli/command_diags.h"
#include "cli/comparison.h"
#include "cli/event_log.h"
#include "cli/planning.h"
#include "cli/revision_graph.h"
#include "cli/source.h"
#include "cli/version.h"
#include "introspect/postgres/connection.h"
#include "runner/script.h"

namespace schemac {

std::string database_url(const Session& session) {
  if (session.url.empty()) {
    session.sink.report(diags::url_missing()).hint("give --url postgres://… or set DATABASE_URL");
  } else if (!is_database_url(session.url)) {
    session.sink.report(diags::url_unknown(postgres::display_url(session.url)))
        .hint("write `postgres://…`");
  } else {
    return session.url;
  }
  return {};
}

nlohmann::ordered_json or_null(const std::string& text) {
  return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
}

RevisionFiles files_of(const Revision& revision) {
  RevisionFiles files{revision.id,
                      revision.up_sql->path(),
                      std::string(revision.up_sql->text()),
                      revision.down_sql->path(),
                      std::string(revision.down_sql->text()),
                      script_digest(revision.up_sql->text()),
                      revision.parents,
                      {}};
  revision.each_delta([&](const Delta& delta) {
    for (const Object* object : {&delta.before, &delta.after})
      if (!object->id.empty()) files.change.add(*object);
  });
  return files;
}

RunOptions run_options(const Session& session, const std::string& events) {
  RunOptions options;
  options.ledger = session.settings.ledger;
  options.lock_timeout = session.settings.lock_timeout;
  options.lock_wait = session.settings.lock_wait;
  options.role = session.settings.role;
  options.tool = kTool;
  const Output& output = session.output;
  const auto log =
      events.empty() ? nullptr : std::make_shared<EventLog>(session.settings.user_path(events));
  options.on_event = [&output, log](const RunEvent& event) {
    if (log) log->write(event);
    if (!event.line.empty()) output.progress(event.line);
  };
  return options;
}

Outcome would_run(const std::string& doing, const std::string& file,
                  const std::vector<RevisionFiles>& revisions) {
  Outcome outcome;
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const RevisionFiles& revision : revisions) {
    const bool up = file == "up.sql";
    const Script script = read_script(up ? revision.up_sql : revision.down_sql);
    const std::size_t steps = split_segments(script).segments.size();
    outcome.text += "would " + doing + " " + revision.id + " (" + std::to_string(steps) +
                    (steps == 1 ? " step)\n" : " steps)\n");
    list.push_back({{"revision", revision.id},
                    {"file", up ? revision.up_path : revision.down_path},
                    {"steps", steps}});
  }
  if (revisions.empty()) outcome.text = "nothing to do\n";
  outcome.exit_code = kExitDone;
  outcome.result = {{"would_run", std::move(list)}};
  return outcome;
}

bool is_applied(const std::vector<AppliedRevision>& applied, const std::string& id) {
  return std::any_of(applied.begin(), applied.end(), [&](const AppliedRevision& revision) {
    return revision.id == id && revision.complete();
  });
}

Replaced followed(const History& history, const std::vector<AppliedRevision>& applied, bool begun,
                  Sink& sink) {
  RevisionIds ids;
  for (const AppliedRevision& row : applied)
    if (begun || row.complete()) ids.insert(row.id);
  return follow_replaced(history, ids, sink);
}

void record_replaced(const Session& session, const Replaced& replaced, const std::string& url) {
  for (const Revision* revision : replaced.to_record)
    replace_revisions(url, files_of(*revision), revision->ties.replaces, run_options(session));
}

void report_applied(const History& history, const std::vector<AppliedRevision>& applied,
                    const std::string& url, Sink& sink) {
  const std::string shown = postgres::display_url(url);
  const RevisionIds there = followed(history, applied, false, sink).applied;
  RevisionIds replaced;
  for (const Revision& revision : history.revisions)
    replaced.insert(revision.ties.replaces.begin(), revision.ties.replaces.end());
  for (const AppliedRevision& row : applied) {
    if (replaced.contains(row.id)) continue;
    const Revision* revision = history.find(row.id);
    if (revision == nullptr) {
      sink.report(diags::revision_not_in_folder(row.id, shown))
          .about(row.id)
          .hint("restore " + history.folder + "/" + row.id + " from version control");
      continue;
    }
    if (row.complete() && row.checksum != script_digest(revision->up_sql->text()))
      sink.report(diags::applied_edited(row.id, shown), {revision->up_sql, 0, 0})
          .about(row.id)
          .hint("restore the file, and put what it should do besides into a new revision");
    for (const std::string& need : needs_of(*revision))
      if (!there.contains(need))
        sink.report(diags::applied_out_of_order(row.id, need))
            .about(row.id)
            .hint("if the database has what `" + need + "` makes, `schemac baseline --to " + need +
                  "` records it");
  }
}

void record_as_applied(const Session& session, const std::string& url, const std::string& id) {
  const History history = read_history(session.settings.migrations, session.sink);
  if (session.sink.has_errors()) return;
  Shadow shadow(session.settings.shadow, session.output);
  const Planned planned =
      plan_between({"@" + id, SourceForm::recorded, catalog_after(history, id), {}},
                   load_database(url, session.settings.ledger), session.settings, shadow);
  const auto found = differences(planned.up.changes, planned.from, planned.to);
  if (!found.empty()) {
    std::string objects;
    constexpr std::size_t kNamedMax = 5;
    for (std::size_t i = 0; i < std::min(found.size(), kNamedMax); ++i)
      objects += (i == 0 ? "" : ", ") + to_string(found[i].object);
    if (found.size() > kNamedMax)
      objects += " and " + std::to_string(found.size() - kNamedMax) + " more";
    session.sink.report(diags::baseline_differs(postgres::display_url(url), id))
        .about(id)
        .hint("they differ in " + objects + "; `schemac diff @" + id + " URL` shows how");
    return;
  }
  std::vector<RevisionFiles> files;
  for (const Revision* revision : lineage(history, id)) files.push_back(files_of(*revision));
  record_revisions(url, files, run_options(session));
}

}  // namespace schemac
