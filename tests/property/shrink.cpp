// Making a failing pair small enough to be read.
#include <algorithm>
#include <set>

#include "tests/property/edit.h"
#include "tests/property/pair.h"
#include "tests/property/repair.h"
#include "tests/property/rights.h"
#include "tests/property/things.h"

namespace schemac::property {

namespace {

template <class T>
void erase(std::vector<T>& list, Id id) {
  std::erase_if(list, [&](const T& entity) { return entity.id == id; });
}

// Calls `visit` with every list of entities in both models: the same list, twice.
template <class Visit>
void visit_lists(Model& a, Model& b, const Visit& visit) {
  visit(a.schemas, b.schemas);
  visit(a.extensions, b.extensions);
  visit(a.enums, b.enums);
  visit(a.domains, b.domains);
  visit(a.composites, b.composites);
  visit(a.sequences, b.sequences);
  visit(a.routines, b.routines);
  visit(a.tables, b.tables);
  visit(a.views, b.views);
  visit(a.things, b.things);
  visit(a.default_rights, b.default_rights);
  const auto members = [&](auto& parents, auto& others, auto... lists) {
    for (auto& parent : parents)
      if (auto* other = find(others, parent.id)) (visit(parent.*lists, other->*lists), ...);
  };
  members(a.extensions, b.extensions, &Extension::brought);
  members(a.enums, b.enums, &Enum::labels);
  members(a.domains, b.domains, &Domain::checks);
  members(a.composites, b.composites, &Composite::attributes);
  members(a.tables, b.tables, &Table::columns, &Table::constraints, &Table::indexes,
          &Table::triggers, &Table::policies, &Table::notes, &Table::inherited, &Table::rules,
          &Table::statistics);
  members(a.views, b.views, &View::outputs, &View::indexes, &View::triggers, &View::rules,
          &View::statistics);
}

void erase_everywhere(Model& model, Id id) {
  visit_lists(model, model, [&](auto& list, auto&) { erase(list, id); });
}

std::set<Id> ids_of(Model& model) {
  std::set<Id> ids;
  visit_lists(model, model, [&](auto& list, auto&) {
    for (const auto& entity : list) ids.insert(entity.id);
  });
  return ids;
}

// An entity with nothing that can be left out.
void plain(Entity& entity) {
  entity.comment.clear();
}
void plain(Schema& schema) {
  schema.comment.clear();
  schema.owner.clear();
  schema.file_owner.clear();
  schema.rights.clear();
}
void plain(Column& column) {
  Column bare;
  static_cast<Entity&>(bare) = column;
  bare.type = column.type;
  bare.nullable = column.nullable;
  bare.comment.clear();
  column = bare;
}
void plain(Table& table) {
  table.comment.clear();
  table.owner.clear();
  table.rights.clear();
  table.with.clear();
  table.unlogged = false;
  table.security.reset();
  table.replica.clear();
  table.order.clear();
}
void plain(Policy& policy) {
  policy.comment.clear();
  policy.roles.clear();
  policy.other = 0;
}
void plain(Constraint& constraint) {
  constraint.comment.clear();
  constraint.include.clear();
  constraint.partial = constraint.nulls_not_distinct = false;
  constraint.deferrable = constraint.deferred = constraint.not_valid = false;
  constraint.fillfactor = 0;
  constraint.on_delete = constraint.on_update = constraint.match = "";
  constraint.set_columns = constraint.no_inherit = false;
  constraint.condition.function = 0;
  constraint.replica_identity = constraint.cluster = false;
}
void plain(Index& index) {
  index.comment.clear();
  index.with.clear();
  index.include.clear();
  index.partial = index.replica_identity = index.cluster = false;
}
void plain(Trigger& trigger) {
  trigger.comment.clear();
  trigger.arguments.clear();
  trigger.columns.clear();
  trigger.has_when = false;
}
void plain(View& view) {
  view.comment.clear();
  view.owner.clear();
  view.rights.clear();
  view.with.clear();
  view.restricted = view.names_in_list = false;
}
void plain(Routine& routine) {
  routine.comment.clear();
  routine.owner.clear();
  routine.rights.clear();
  routine.settings.clear();
  routine.parallel.clear();
  routine.strict = routine.security_definer = routine.leakproof = false;
  routine.cost = routine.rows = 0;
}
void plain(Sequence& sequence) {
  sequence.comment.clear();
  sequence.owner.clear();
  sequence.rights.clear();
  sequence.counting = {};
  sequence.width = 0;
}
void plain(Domain& domain) {
  domain.comment.clear();
  domain.owner.clear();
  domain.rights.clear();
  domain.collation.clear();
  domain.initial.reset();
  domain.not_null = false;
}

void plain(Thing& thing) {
  thing.comment.clear();
  thing.owner.clear();
  thing.rights.clear();
  thing.k = 0;
}
void plain(Output& output) {
  output.comment.clear();
  output.compression.clear();
  output.initial.reset();
  output.statistics.reset();
  output.n_distinct.reset();
}
void plain(Rule& rule) {
  rule.comment.clear();
  rule.enabled.clear();
  rule.column = rule.target = 0;
}
void plain(Enum& e) {
  e.comment.clear();
  e.owner.clear();
  e.rights.clear();
}
void plain(Composite& composite) {
  composite.comment.clear();
  composite.owner.clear();
  composite.rights.clear();
}

// A name that hides nothing.
void short_name(Entity& entity) {
  if (!entity.name.empty() && entity.name != "public")
    entity.name = "n" + std::to_string(entity.id);
  if (!entity.was.empty()) entity.was = "w" + std::to_string(entity.id);
}
void short_name(Extension&) {}
void short_name(ColumnNote&) {}
void short_name(DefaultRight&) {}
void short_name(Thing& thing) {
  if (can_be_renamed(thing.sort)) short_name(static_cast<Entity&>(thing));
}

// What can be tried on the entity `id`, most promising first.
std::vector<ModelPair> smaller(const ModelPair& pair, Id id) {
  std::vector<ModelPair> found;
  const auto add = [&](const auto& change) {
    ModelPair candidate = pair;
    change(candidate);
    repair(candidate.a);
    repair(candidate.b);
    settle_owners(candidate.a, candidate.b);
    found.push_back(std::move(candidate));
  };
  add([&](ModelPair& p) {
    erase_everywhere(p.a, id);
    erase_everywhere(p.b, id);
  });
  add([&](ModelPair& p) {  // as it was
    visit_lists(p.a, p.b, [&](auto& was, auto& now) {
      if (const auto* before = find(was, id)) {
        if (auto* after = find(now, id)) *after = *before;
      }
    });
  });
  add([&](ModelPair& p) {
    visit_lists(p.a, p.b, [&](auto& was, auto& now) {
      for (auto* list : {&was, &now})
        if (auto* entity = find(*list, id)) plain(*entity);
    });
  });
  add([&](ModelPair& p) {
    std::string former;
    visit_lists(p.a, p.b, [&](auto& was, auto& now) {
      auto* before = find(was, id);
      auto* after = find(now, id);
      if (after != nullptr) short_name(*after);
      if (before == nullptr) return;
      const bool renamed = after != nullptr && !after->was.empty();
      short_name(*before);
      if (renamed) before->name = after->was;
    });
  });
  return found;
}

// What two failures must have in common to be the same: the oracle, and how a crash begins.
std::string signature(const test::Failure& failure) {
  std::string text = failure.oracle;
  if (const std::size_t line = failure.text.find('\n');
      failure.oracle == "crash" && line != text.npos)
    text += failure.text.substr(line, 40);
  return text;
}

std::size_t length(const ModelPair& pair) {
  return print_pair(pair).size();
}

}  // namespace

ModelPair shrink(const ModelPair& pair, const test::Failure& failure, const PairOptions& options,
                 int tries) {
  ModelPair best = pair;
  std::size_t best_length = length(best);
  const auto fails_alike = [&](const ModelPair& candidate) {
    const Outcome outcome = judge_pair(candidate, options);
    return std::any_of(
        outcome.failures.begin(), outcome.failures.end(),
        [&](const test::Failure& other) { return signature(other) == signature(failure); });
  };
  for (bool progress = true; progress && tries > 0;) {
    progress = false;
    std::set<Id> ids = ids_of(best.a);
    ids.merge(ids_of(best.b));
    // What was made last is needed least.
    for (auto id = ids.rbegin(); id != ids.rend() && tries > 0; ++id)
      for (const ModelPair& candidate : smaller(best, *id)) {
        const std::size_t candidate_length = length(candidate);
        if (candidate_length >= best_length) continue;
        if (--tries < 0) break;
        if (!fails_alike(candidate)) continue;
        best = candidate;
        best_length = candidate_length;
        progress = true;
        break;
      }
  }
  return best;
}

}  // namespace schemac::property
