#include "cli/idle_intents.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "cli/declarations.h"
#include "cli/planning_diags.h"
#include "codegen/postgres/postgres.h"
#include "compiler/bind/intent_places.h"
#include "compiler/diff/declared_intents.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac {
namespace {

using State = DeclaredIntent::State;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// What to cut out so that items are gone, and the blanks before them. Comments stay.
std::vector<SourceSpan> cuts_of(const std::vector<const Item*>& items) {
  std::vector<SourceSpan> cuts;
  for (const Item* item : items) {
    SourceSpan cut = item->span;
    const std::string_view text = cut.file->text();
    while (item->comments.empty() && cut.begin > 0 && is_blank(text[cut.begin - 1])) --cut.begin;
    cuts.push_back(cut);
  }
  return cuts;
}

std::vector<const Item*> items_of(const DeclaredIntent& intent, Declarations& declarations) {
  const SourceSpan& at = intent.object->declared_at;
  const ParsedFile& file = declarations.at(at);
  if (intent.field != nullptr) return find_clause(file, at, intent.field->clause);
  return find_was(file, at, intent.former, intent.value ? &*intent.value : nullptr);
}

std::string text_of(const DeclaredIntent& intent) {
  if (intent.field != nullptr) return std::string(intent.field->clause);
  return "was " + (intent.value ? string_literal(intent.former) : dsl_ident(intent.former));
}

// The nearest name of what goes from the same place.
std::string meant_by(const DeclaredIntent& intent, const Planned& planned) {
  if (intent.value) return {};
  std::vector<std::string_view> gone;
  for (const Object& was : planned.from.objects())
    if (&was.kind() == &intent.object->kind() && was.parent == intent.object->parent &&
        !planned.to.contains(was.id))
      gone.push_back(was.id.name());
  return nearest(intent.former, gone);
}

// What a server gives no other name, as an extension, is dropped and made anew.
void doubt_what_is_made_anew(const Plan& plan, std::vector<DeclaredIntent>& intents) {
  std::set<ObjectId> made;
  for (const Segment& segment : plan.segments)
    for (const Step& step : segment.steps)
      if (step.verb == Verb::create && postgres::rules_of(step.subject.kind()).rename == nullptr)
        made.insert(step.subject);
  for (DeclaredIntent& intent : intents)
    if (intent.field == nullptr && !intent.value && made.contains(intent.object->id))
      intent.state = State::unknown;
}

std::vector<DeclaredIntent> intents_in(const Planned& planned) {
  const std::vector<Rename> renames = find_renames(planned.from, planned.to);
  const bool any = !renames.empty() || renames_values(planned.from, planned.to);
  if (!any) return declared_intents(planned.from, planned.to, planned.up.changes);
  const Catalog renamed = apply_renames(planned.from, planned.to, renames).catalog;
  return declared_intents(renamed, planned.to, planned.up.changes);
}

// A statement with the rest of its line, where that is empty then.
SourceSpan cut_of_statement(SourceSpan cut) {
  const std::string_view text = cut.file->text();
  while (cut.begin > 0 && (text[cut.begin - 1] == ' ' || text[cut.begin - 1] == '\t')) --cut.begin;
  const bool line_begins = cut.begin == 0 || text[cut.begin - 1] == '\n';
  if (line_begins && cut.end < text.size() && text[cut.end] == '\n') ++cut.end;
  return cut;
}

// What a statement asks to keep, and where it stands.
using StatementPlace = std::pair<std::string, std::uint32_t>;
StatementPlace place_of(const Retained& asked) {
  return {asked.at.file->path(), asked.at.begin};
}

// What was asked to be kept and is aside already, or was not there. In a mixin one that is left to
// be kept is enough.
void add_idle_retains(const Planned& planned, std::vector<IdleIntent>& idle) {
  std::map<StatementPlace, IdleIntent> places;
  std::set<StatementPlace> open;
  for (const postgres::Unretained& unretained : planned.unretained)
    open.insert(place_of(unretained.asked));
  for (const Retained& asked : planned.retained) {
    bool done = false;
    for (const Object& object : planned.to.objects()) {
      if (!postgres::keeps_aside(object.id, asked.id)) continue;
      done = true;
      if (object.was) open.insert(place_of(asked));
    }
    const std::string text =
        "retain " + std::string(asked.id.kind().name) + " " + dsl_ident(asked.id.name());
    places.try_emplace(
        place_of(asked),
        IdleIntent{text, asked.id, done, true, "", asked.at, {cut_of_statement(asked.at)}});
  }
  for (auto& [place, intent] : places)
    if (!open.contains(place)) idle.push_back(std::move(intent));
}

}  // namespace

std::vector<IdleIntent> find_idle_intents(const Planned& planned) {
  struct Group {
    State state;
    const DeclaredIntent* intent;
    SourceSpan at;
    std::vector<SourceSpan> cut;
  };
  std::vector<DeclaredIntent> intents = intents_in(planned);
  doubt_what_is_made_anew(planned.up, intents);
  Declarations declarations;
  std::map<std::tuple<std::string, std::uint32_t, std::string>, Group> groups;
  for (const DeclaredIntent& intent : intents) {
    if (!intent.object->declared_at.known()) continue;
    const std::vector<const Item*> items = items_of(intent, declarations);
    Group group{intent.state, &intent, intent.object->declared_at, cuts_of(items)};
    if (!items.empty()) {
      group.at = items.front()->span;
      group.at.end = items.back()->span.end;
    }
    const auto key = std::tuple(group.at.file->path(), group.at.begin, text_of(intent));
    const auto [at, added] = groups.try_emplace(key, group);
    if (!added && intent.state < at->second.state) at->second = group;
  }
  std::vector<IdleIntent> idle;
  for (auto& [key, group] : groups) {
    if (group.state == State::open) continue;
    const bool done = group.state == State::done;
    idle.push_back({text_of(*group.intent), group.intent->object->id, done, false,
                    done ? "" : meant_by(*group.intent, planned), group.at, std::move(group.cut)});
  }
  add_idle_retains(planned, idle);
  std::sort(idle.begin(), idle.end(), [](const IdleIntent& a, const IdleIntent& b) {
    return std::pair(a.at.file->path(), a.at.begin) < std::pair(b.at.file->path(), b.at.begin);
  });
  return idle;
}

void report_idle_intents(const Planned& planned, Sink& sink) {
  for (const IdleIntent& intent : find_idle_intents(planned)) {
    const std::string object = to_string(intent.object);
    if (intent.done)
      sink.report(diags::intent_done(intent.text, object), intent.at)
          .about(object)
          .hint("`schemac fmt --prune` removes it");
    else if (intent.keeps)
      sink.report(diags::retains_nothing(intent.text), intent.at).about(object);
    else
      sink.report(diags::was_unknown(intent.text, object), intent.at)
          .about(object)
          .hint(intent.meant.empty() ? "" : "did you mean `was " + dsl_ident(intent.meant) + "`?");
  }
}

std::map<std::string, std::string> pruned_files(const Planned& planned) {
  std::map<std::string, std::string> texts;
  const std::vector<IdleIntent> idle = find_idle_intents(planned);
  // From the end of a file on, so that places hold still.
  for (auto intent = idle.rbegin(); intent != idle.rend(); ++intent) {
    if (!intent->done) continue;
    for (auto cut = intent->cut.rbegin(); cut != intent->cut.rend(); ++cut) {
      const auto [file, added] = texts.try_emplace(cut->file->path());
      if (added) file->second = std::string(cut->file->text());
      file->second.erase(cut->begin, cut->end - cut->begin);
    }
  }
  return texts;
}

std::vector<const Object*> objects_with_intents(const Catalog& catalog) {
  std::vector<const Object*> found;
  for (const DeclaredIntent& intent : declared_intents(catalog, catalog, {}))
    found.push_back(intent.object);
  return found;
}

}  // namespace schemac
