// report [REVISION|FROM TO]: what a reviewer wants to know, on one page.

#include <algorithm>

#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/report_page.h"
#include "cli/revision_expression.h"
#include "cli/revision_graph.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

Json hazards_to_json(const ReportFile& file) {
  Json list = Json::array();
  for (const ReportStatement& statement : file.statements)
    for (const ReportHazard& hazard : statement.hazards)
      list.push_back({{"code", hazard.hazard->code},
                      {"severity", to_string(hazard.hazard->severity)},
                      {"object", to_string(statement.subject)},
                      {"file", file.path},
                      {"line", statement.line},
                      {"accepted", hazard.accepted.empty() ? Json() : Json(hazard.accepted)}});
  return list;
}

Json lost_to_json(const ReportFile& file) {
  Json list = Json::array();
  for (const ObjectId& id : file.lost) list.push_back(to_string(id));
  return list;
}

Json to_json(const Report& report) {
  Json revisions = Json::array();
  for (const ReportRevision& revision : report.revisions)
    revisions.push_back({{"revision", revision.revision->id},
                         {"summary", revision.summary},
                         {"proof", revision.proof},
                         {"statements", revision.up.statements.size()},
                         {"hazards", hazards_to_json(revision.up)},
                         {"hazards_down", hazards_to_json(revision.down)},
                         {"lost", lost_to_json(revision.up)},
                         {"lost_down", lost_to_json(revision.down)}});
  return {{"from", report.from}, {"to", report.to}, {"revisions", std::move(revisions)}};
}

struct Range {
  std::string from, to;
};

// `a:b` as the two that it names.
std::vector<std::string> ends_of_range(std::vector<std::string> names) {
  const std::size_t colon = names.size() == 1 ? names.front().find(':') : std::string::npos;
  if (colon == std::string::npos) return names;
  const std::string from = names.front().substr(0, colon), to = names.front().substr(colon + 1);
  return {from.empty() ? "base" : from, to.empty() ? "head" : to};
}

// What is asked for; std::nullopt where it is nothing, which is then reported.
std::optional<Range> range_of(const ReportOptions& options, const History& history, Sink& sink) {
  const std::vector<std::string> names = ends_of_range(options.names);
  const std::string last = names.empty() ? "@head" : names.back();
  const auto to = resolve_revision(last, history, sink);
  if (!to) return std::nullopt;
  if (to->empty()) {
    sink.report(diags::nothing_to_report()).hint("`schemac generate NAME` makes a revision");
    return std::nullopt;
  }
  if (names.size() < 2) {
    const std::vector<std::string>& parents = history.find(*to)->parents;
    // Of a merge: what it adds to the first line that it joins.
    return Range{parents.empty() ? "" : parents.front(), *to};
  }
  const auto from = resolve_revision(names.front(), history, sink);
  if (!from) return std::nullopt;
  const auto line = lineage(history, *to);
  const bool leads = from->empty() || std::any_of(line.begin(), line.end(), [&](const Revision* r) {
                       return r->id == *from && r->id != *to;
                     });
  if (leads) return Range{*from, *to};
  sink.report(diags::range_empty(*from, *to)).hint("write the earlier one first");
  return std::nullopt;
}

bool wants_html(const Session& session, const ReportOptions& options) {
  return session.settings.format == Format::html ||
         (session.settings.format == Format::text && options.output.ends_with(".html"));
}

}  // namespace

Outcome run_report(const Session& session, const ReportOptions& options) {
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  const Format format = session.settings.format;
  if (format != Format::text && format != Format::json && !is_page(format)) {
    session.sink.report(diags::usage("`report` is written as md, html or json"));
    return outcome;
  }
  // What was edited and not recorded is shown as well: `check` has the say on that.
  const History history = read_revisions(session.settings.migrations, session.sink);
  if (session.sink.has_errors()) return outcome;
  const std::optional<Range> range = range_of(options, history, session.sink);
  if (!range) return outcome;
  const Report report = make_report(history, range->from, range->to, session.settings.allow);
  outcome.exit_code = kExitDone;
  outcome.result = to_json(report);
  if (format == Format::json && options.output.empty()) return outcome;
  outcome.text = wants_html(session, options) ? report_html(report) : report_markdown(report);
  if (options.output.empty() || options.output == "-") return outcome;
  const std::string path = session.settings.user_path(options.output);
  write_atomically(path, outcome.text);
  outcome.text = "wrote " + path + "\n";
  return outcome;
}

}  // namespace schemac
