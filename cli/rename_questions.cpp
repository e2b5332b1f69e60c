#include "cli/rename_questions.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <unordered_set>

#include "base/visible.h"
#include "cli/command_diags.h"
#include "cli/declarations.h"
#include "cli/planning_diags.h"
#include "codegen/postgres/postgres.h"
#include "compiler/bind/intent_places.h"
#include "compiler/safety/hazards.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac {
namespace {

std::string name_of(const ObjectId& id, const std::string* value) {
  return path_to_string(id) + (value == nullptr ? "" : "." + dsl_ident(*value));
}

std::string name_before(const LikelyRename& pair) {
  return name_of(pair.objects.from, pair.value ? &pair.value->from : nullptr);
}

std::string name_after(const LikelyRename& pair) {
  return name_of(pair.objects.to, pair.value ? &pair.value->to : nullptr);
}

// Whether `name` is the complete one or its end.
bool names(const std::string& name, const std::string& complete) {
  return complete == name || complete.ends_with("." + name);
}

// Names of functions hold no colon, and what does is quoted.
std::size_t colon_between(const std::string& pair) {
  bool quoted = false;
  for (std::size_t i = 0; i < pair.size(); ++i) {
    if (pair[i] == '"') quoted = !quoted;
    if (pair[i] == ':' && !quoted) return i;
  }
  return std::string::npos;
}

// What the plan does to what a rename would save.
class Losses {
 public:
  Losses(const Planned& planned, const Catalog& from) {
    for (const Finding& finding : find_hazards(planned.up))
      if (finding.step->verb == Verb::drop && finding.hazard->code.starts_with("DS"))
        lost_.insert(finding.step->subject);
    // Values of a type that goes are written anew as another.
    for (const Object& object : from.objects())
      if (object.kind().holds_rows && planned.to.contains(object.id))
        for (const Edge& edge : object.depends) lost_.insert(edge.target);
  }

  bool concern(const LikelyRename& pair) const {
    return pair.value || (lost_.contains(pair.objects.from) &&
                          postgres::rules_of(pair.objects.from.kind()).rename != nullptr);
  }

 private:
  std::unordered_set<ObjectId, ObjectIdHash> lost_;
};

std::string trimmed(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
}

// The line that takes a `was`, with it, and without another one that led nowhere.
void write_line(const Object& now, RenameQuestion& question, Declarations& declarations) {
  const LikelyRename& pair = question.pair;
  const ParsedFile& file = declarations.at(now.declared_at);
  const std::string was =
      pair.value ? string_literal(pair.value->from) : dsl_ident(pair.objects.from.name());
  const std::string_view text = now.declared_at.file->text();
  const auto replace = [&](const SourceSpan& place, const std::string& by) {
    const std::size_t begin = place.begin == 0 ? 0 : text.rfind('\n', place.begin - 1) + 1;
    const std::size_t end = std::min(text.find('\n', place.end), text.size());
    question.line = trimmed(std::string(text.substr(begin, place.begin - begin)) + by +
                            std::string(text.substr(place.end, end - place.end)));
  };
  if (now.was && !pair.value) {
    const auto items = find_was(file, now.declared_at, now.was->text, nullptr);
    if (items.empty()) return;
    question.at = items.back()->span;
    return replace(question.at, was);
  }
  const Item* last =
      place_for_was(file, now.declared_at, now.kind(), pair.value ? &pair.value->to : nullptr);
  if (last == nullptr) return;
  question.at = last->span;
  replace({last->span.file, last->span.end, last->span.end}, " was " + was);
}

bool may_rename(const Plan& plan) {
  const auto any = [&](Change::Verb verb) {
    return std::any_of(plan.changes.begin(), plan.changes.end(),
                       [&](const Change& change) { return change.verb == verb; });
  };
  return any(Change::Verb::set) || (any(Change::Verb::create) && any(Change::Verb::drop));
}

bool somebody_sits_there(const Session& session) {
  return session.settings.format == Format::text && isatty(STDIN_FILENO) == 1 &&
         isatty(STDERR_FILENO) == 1;
}

// Whether the answer is no; then the files say nothing of it and need not.
bool answered_no(const RenameQuestion& question) {
  std::cerr << visible("`" + question.was + "` goes and `" + question.now +
                           "` comes. Is it the same under a new name? [y/n] ",
                       "\n")
            << std::flush;
  std::string answer;
  return std::getline(std::cin, answer) && (answer.starts_with("n") || answer.starts_with("N"));
}

nlohmann::ordered_json question_to_json(const RenameQuestion& question) {
  return {{"from", question.was},
          {"to", question.now},
          {"line", question.line},
          {"not_renamed", question.was + ":" + question.now}};
}

}  // namespace

NotRenamed::NotRenamed(const std::vector<std::string>& pairs, Sink& sink) {
  for (const std::string& pair : pairs) {
    const std::size_t colon = colon_between(pair);
    if (colon == std::string::npos || colon == 0 || colon + 1 == pair.size())
      sink.report(diags::usage("--not-renamed takes OLD:NEW, two names, and not `" + pair + "`"))
          .hint("for example: --not-renamed customer.fax:customer.website");
    else
      pairs_.push_back({pair.substr(0, colon), pair.substr(colon + 1)});
  }
}

bool NotRenamed::rules_out(const LikelyRename& pair) {
  const std::string before = name_before(pair), after = name_after(pair);
  bool any = false;
  for (Pair& said : pairs_)
    if (names(said.was, before) && names(said.now, after)) any = said.used = true;
  return any;
}

void NotRenamed::add(const LikelyRename& pair) {
  pairs_.push_back({name_before(pair), name_after(pair), true});
}

void NotRenamed::report_unused(Sink& sink) const {
  for (const Pair& said : pairs_)
    if (!said.used) sink.report(diags::not_renamed_unused(said.was + ":" + said.now));
}

std::vector<RenameQuestion> find_rename_questions(const Planned& planned,
                                                  const RuledOut& ruled_out) {
  std::vector<RenameQuestion> questions;
  if (!may_rename(planned.up)) return questions;
  const std::vector<Rename> renames = find_renames(planned.from, planned.to);
  Renamed renamed;
  const bool any = !renames.empty() || renames_values(planned.from, planned.to);
  if (any) renamed = apply_renames(planned.from, planned.to, renames);
  const Catalog& from = any ? renamed.catalog : planned.from;
  const std::vector<LikelyRename> likely = likely_renames(from, planned.to, ruled_out);
  if (likely.empty()) return questions;
  const Losses losses(planned, from);
  Declarations declarations;
  for (const LikelyRename& pair : likely) {
    if (!losses.concern(pair)) continue;
    RenameQuestion question{pair, {}, name_before(pair), name_after(pair), {}};
    const Object* now = planned.to.find(pair.objects.to);
    if (now->declared_at.known()) {
      question.at = now->declared_at;
      write_line(*now, question, declarations);
    }
    questions.push_back(std::move(question));
  }
  return questions;
}

void report_rename_questions(const std::vector<RenameQuestion>& questions, Severity severity,
                             Sink& sink) {
  for (const RenameQuestion& question : questions) {
    Message message = diags::likely_rename(question.was, question.now);
    message.severity = severity;
    const std::string way = question.line.empty() ? "say so by `was` in the declaration"
                                                  : "make the line `" + question.line + "`";
    sink.report(message, question.at)
        .about(to_string(question.pair.objects.to))
        .hint("if it is one, " + way +
              ", and nothing is lost; if not, generate with --not-renamed " + question.was + ":" +
              question.now);
  }
}

bool settle_renames(const Session& session, const std::vector<std::string>& not_renamed,
                    const Planned& planned, Outcome& outcome) {
  const std::size_t errors = session.sink.error_count();
  NotRenamed settled(not_renamed, session.sink);
  outcome.exit_code = kExitFailed;
  if (session.sink.error_count() > errors) return false;
  const auto ask = [&] {
    return find_rename_questions(planned,
                                 [&](const LikelyRename& pair) { return settled.rules_out(pair); });
  };
  std::vector<RenameQuestion> questions = ask();
  while (!questions.empty() && somebody_sits_there(session) && answered_no(questions.front())) {
    // What is not its new name leaves room for another that is.
    settled.add(questions.front().pair);
    questions = ask();
  }
  settled.report_unused(session.sink);
  outcome.exit_code = kExitDone;
  if (questions.empty()) return true;
  report_rename_questions(questions, Severity::error, session.sink);
  outcome.exit_code = kExitFindings;
  outcome.result = {{"revision", nullptr}, {"questions", nlohmann::ordered_json::array()}};
  for (const RenameQuestion& question : questions)
    outcome.result["questions"].push_back(question_to_json(question));
  return false;
}

}  // namespace schemac
