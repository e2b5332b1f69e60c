#include "cli/head_lines.h"

#include <algorithm>
#include <map>
#include <set>

#include "cli/merge_diags.h"
#include "cli/placed_statements.h"
#include "cli/revision_graph.h"
#include "cli/runs.h"
#include "cli/three_way.h"
#include "compiler/diff/diff.h"
#include "compiler/print/print.h"
#include "proof/orders.h"
#include "runner/script.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

// The statement of a revision that acts on an object, or the file's beginning.
SourceSpan statement_on(const Revision& revision, const ObjectId& object) {
  const PlanFacts facts = revision.up();
  const Script script = read_script(revision.up_sql->text());
  const auto places = places_of(facts, script);
  for (std::size_t i = 0; i < facts.statements.size(); ++i) {
    if (facts.statements[i].step->subject != object || !places[i]) continue;
    const ScriptStatement& statement = script.statements[*places[i]];
    const std::size_t length = std::min(statement.text.find('\n'), statement.text.size());
    return {revision.up_sql, static_cast<std::uint32_t>(statement.begin),
            static_cast<std::uint32_t>(statement.begin + length)};
  }
  return {revision.up_sql, 0, 0};
}

Message message_of(const Overlap& overlap) {
  const std::string object = to_string(overlap.object);
  const std::string &ours = overlap.ours->id, &theirs = overlap.theirs->id;
  switch (overlap.kind) {
    case Overlap::Kind::both:
      return diags::lines_both_change(object, ours, theirs);
    case Overlap::Kind::need: {
      const std::string by = to_string(overlap.needed_by);
      return overlap.ours_writes ? diags::line_changes_need(object, ours, by, theirs)
                                 : diags::line_changes_need(object, theirs, by, ours);
    }
    case Overlap::Kind::named:
      return diags::lines_share_name(object, ours, to_string(overlap.needed_by), theirs);
  }
  __builtin_unreachable();
}

const ObjectId& object_of(const Overlap& overlap, bool ours) {
  const bool other = overlap.kind == Overlap::Kind::named  ? !ours
                     : overlap.kind == Overlap::Kind::need ? ours != overlap.ours_writes
                                                           : false;
  return other ? overlap.needed_by : overlap.object;
}

Json to_json(const Conflict& conflict) {
  return {{"object", to_string(conflict.object)},
          {"field", conflict.field},
          {"base", conflict.base},
          {"ours", conflict.ours},
          {"theirs", conflict.theirs}};
}

std::string in_words(const Conflict& conflict, const LineOverlap& overlap) {
  const std::string field = conflict.field.empty() ? "" : " (" + conflict.field + ")";
  return "  " + to_string(conflict.object) + field + "\n    base    " + conflict.base +
         "\n    ours    " + conflict.ours + "   " + overlap.ours->head + "\n    theirs  " +
         conflict.theirs + "   " + overlap.theirs->head + "\n";
}

// Of each file that holds something of an overlap: its text with what both sides want.
std::map<std::string, std::string> files_to_write(const ThreeWay& merged,
                                                  const std::set<ObjectId>& wanted) {
  const PrintedSchema printed = print_schema(merged.joined);
  std::map<std::string, std::string> files;
  for (ObjectId id : wanted) {
    // What has no place of its own stands in its parent's file.
    const Object* object = merged.joined.find(id);
    while (object != nullptr && !printed.places.contains(object->id))
      object = object->parent.empty() ? nullptr : merged.joined.find(object->parent);
    if (object == nullptr) continue;
    const std::string& path = printed.places.at(object->id);
    files[path] = printed.files.at(path);
  }
  return files;
}

// The lines in this order on top of what they have in common.
Catalog catalog_behind(const std::vector<const HeadLine*>& order, Catalog catalog) {
  for (const HeadLine* line : order)
    for (const Revision* revision : line->revisions) apply_delta(*revision, catalog);
  catalog.sort();
  return catalog;
}

}  // namespace

HeadLines lines_to(const std::vector<std::string>& heads, const History& history) {
  HeadLines result;
  std::map<const Revision*, int> uses;
  for (const std::string& head : heads)
    for (const Revision* revision : lineage(history, head)) ++uses[revision];
  for (const Revision* revision : lineage(history, heads))
    if (uses[revision] > 1) result.common.push_back(revision);
  result.base = catalog_of(result.common);
  for (const std::string& head : heads) {
    HeadLine& line = result.lines.emplace_back();
    line.head = head;
    for (const Revision* revision : lineage(history, head))
      if (uses[revision] == 1) line.revisions.push_back(revision);
    line.footprint = footprint_of(line.revisions, result.base);
  }
  result.end = catalog_of(lineage(history, heads));
  for (std::size_t i = 0; i < result.lines.size(); ++i)
    for (std::size_t j = i + 1; j < result.lines.size(); ++j)
      for (Overlap& overlap : overlaps(result.lines[i].footprint, result.lines[j].footprint))
        result.overlaps.push_back({&result.lines[i], &result.lines[j], std::move(overlap)});
  return result;
}

void report_overlaps(const HeadLines& lines, Sink& sink) {
  for (const LineOverlap& each : lines.overlaps) {
    const Overlap& overlap = each.overlap;
    sink.report(message_of(overlap), statement_on(*overlap.ours, object_of(overlap, true)))
        .about(to_string(overlap.object))
        .label(statement_on(*overlap.theirs, object_of(overlap, false)), "and here")
        .hint(
            "write what it should be into the schema files, take one of the two lines out, run "
            "`schemac rehash`, and generate it again on top of the other");
  }
}

Outcome describe_overlaps(const HeadLines& lines) {
  Outcome outcome;
  Json conflicts = Json::array(), texts = Json::object();
  std::map<std::pair<const HeadLine*, const HeadLine*>, std::set<ObjectId>> pairs;
  for (const LineOverlap& each : lines.overlaps) {
    std::set<ObjectId>& objects = pairs[{each.ours, each.theirs}];
    objects.insert(each.overlap.object);
    if (!each.overlap.needed_by.empty()) objects.insert(each.overlap.needed_by);
  }
  for (const auto& [pair, objects] : pairs) {
    const auto side = [&](const HeadLine* line) {
      Catalog catalog = lines.base;
      for (const Revision* revision : line->revisions) apply_delta(*revision, catalog);
      catalog.sort();
      return catalog;
    };
    const ThreeWay merged = three_way(lines.base, side(pair.first), side(pair.second));
    if (!merged.conflicts.empty()) outcome.text += "\nto be chosen between; below, ours stands:\n";
    for (const Conflict& conflict : merged.conflicts) {
      outcome.text += in_words(conflict, {pair.first, pair.second, {}});
      conflicts.push_back(to_json(conflict));
    }
    outcome.text += "\nwhat to write into the schema files:\n";
    for (const auto& [path, text] : files_to_write(merged, objects)) {
      outcome.text += "\n// " + path + "\n" + text;
      texts[path] = text;
    }
  }
  outcome.result = {
      {"revision", nullptr}, {"conflicts", std::move(conflicts)}, {"files", std::move(texts)}};
  return outcome;
}

void prove_lines(const HeadLines& lines, postgres::Throwaway& throwaway, Evidence& evidence,
                 Sink& sink) {
  Orders orders{lines.base, lines.end, {}};
  for (const HeadLine& line : lines.lines) {
    std::vector<RevisionFiles>& files = orders.lines.emplace_back();
    for (const Revision* revision : line.revisions) files.push_back(files_of(*revision));
  }
  const std::vector<ProofFailure> failures = prove_orders(orders, throwaway);
  for (const ProofFailure& failure : failures)
    sink.report(
            diags::order_failed(failure.object + (failure.object.empty() ? "" : " "), failure.text))
        .about(failure.object)
        .hint("one of the lines must be generated again on top of the other");
  if (failures.empty()) evidence.orders = 2;
}

void check_orders(const HeadLines& lines, Sink& sink) {
  std::vector<const HeadLine*> order;
  for (const HeadLine& line : lines.lines) order.push_back(&line);
  const Catalog forward = catalog_behind(order, lines.base);
  std::reverse(order.begin(), order.end());
  // Places among siblings, and how a server printed a text beside one line alone, may differ.
  const std::vector<Change> changes = diff(forward, catalog_behind(order, lines.base));
  for (const Change& change : changes)
    if (!change.unproven)
      sink.report(
              diags::orders_differ(order.back()->head, order.front()->head, to_string(change.id)))
          .about(to_string(change.id))
          .hint("one of the lines must be generated again on top of the other");
}

}  // namespace schemac
