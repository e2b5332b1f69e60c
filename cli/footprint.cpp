#include "cli/footprint.h"

#include <algorithm>

#include "cli/name_claims.h"
#include "compiler/diff/diff.h"

namespace schemac {
namespace {

// Whether an object is another one afterwards. Its place among its siblings, and texts that a
// server has seen since, make none of it.
bool changes(const Delta& delta) {
  if (delta.before.id.empty() || delta.after.id.empty()) return true;
  const auto& fields = delta.after.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].role == Role::fact &&
        !same(fields[i], delta.before.values[i], delta.after.values[i]).same)
      return true;
  return delta.before.parent != delta.after.parent;
}

class Footprints {
 public:
  explicit Footprints(const Catalog& base) : base_(base) {}

  void add(const Revision& revision) {
    revision.each_delta([&](const Delta& delta) { add(revision, delta); });
    for (const PlanFacts facts = revision.up(); const StatementFacts& statement : facts.statements)
      add(revision, *statement.step);
  }
  Footprint take() { return std::move(footprint_); }

 private:
  void add(const Revision& revision, const Delta& delta) {
    if (!changes(delta)) return;
    const bool comes = delta.before.id.empty(), goes = delta.after.id.empty();
    const ObjectId& id = goes ? delta.before.id : delta.after.id;
    footprint_.writes[id] = &revision;
    if (comes || goes) footprint_.ends.insert(id);
    if (!comes) add_needs(delta.before, revision);
    if (!goes) add_needs(delta.after, revision);
    if (comes)
      each_claim(delta.after, [&](std::uint64_t name) {
        footprint_.names.emplace(name, Footprint::Need{id, &revision});
      });
  }

  // Something that stays is dropped and made again around something else.
  void add(const Revision& revision, const Step& step) {
    const Object* object = base_.find(step.subject);
    if (object == nullptr || (step.verb != Verb::drop && step.verb != Verb::create)) return;
    footprint_.writes[object->id] = &revision;
    footprint_.ends.insert(object->id);
    add_needs(*object, revision);
  }

  void add_needs(const Object& object, const Revision& revision) {
    const Footprint::Need need{object.id, &revision};
    for (const Edge& edge : object.depends)
      (edge.kind == EdgeKind::hard ? footprint_.needs : footprint_.mentions)
          .emplace(edge.target, need);
    if (object.parent.empty()) return;
    // A table may change while columns come; a column may not while its default does, which is made
    // anew around it. What is said of an object from outside stands apart from that.
    if (object.parent.kind().scope == Scope::parent && !stands_on_others(object.kind()))
      footprint_.needs.emplace(object.parent, need);
    for (ObjectId at = object.parent; !at.empty();) {
      footprint_.parents.emplace(at, need);
      const Object* parent = base_.find(at);
      at = parent == nullptr ? ObjectId() : parent->parent;
    }
  }

  const Catalog& base_;
  Footprint footprint_;
};

using Needs = std::map<ObjectId, Footprint::Need>;

// What `writer` does to that the other line needs and does not write itself.
void add_needed(const Footprint& writer, const Footprint& reader, bool ours_writes,
                std::map<ObjectId, Overlap>& found) {
  const auto look = [&](const Needs& needs, bool ends_only) {
    for (const auto& [id, need] : needs) {
      const auto at = writer.writes.find(id);
      if (at == writer.writes.end() || (ends_only && !writer.ends.contains(id))) continue;
      Overlap overlap{Overlap::Kind::need, id, at->second, need.revision, need.by, ours_writes};
      if (!ours_writes) std::swap(overlap.ours, overlap.theirs);
      found.emplace(id, overlap);
    }
  };
  look(reader.needs, false);
  look(reader.parents, true);
  look(reader.mentions, true);
}

}  // namespace

Footprint footprint_of(const std::vector<const Revision*>& line, const Catalog& base) {
  Footprints footprints(base);
  for (const Revision* revision : line) footprints.add(*revision);
  return footprints.take();
}

std::vector<Overlap> overlaps(const Footprint& ours, const Footprint& theirs) {
  std::map<ObjectId, Overlap> found;
  for (const auto& [id, revision] : ours.writes)
    if (const auto at = theirs.writes.find(id); at != theirs.writes.end())
      found.emplace(id, Overlap{Overlap::Kind::both, id, revision, at->second, {}});
  add_needed(ours, theirs, true, found);
  add_needed(theirs, ours, false, found);
  for (const auto& [name, need] : ours.names)
    if (const auto at = theirs.names.find(name);
        at != theirs.names.end() && at->second.by != need.by)
      found.emplace(need.by, Overlap{Overlap::Kind::named, need.by, need.revision,
                                     at->second.revision, at->second.by});
  std::vector<Overlap> result;
  for (auto& [id, overlap] : found) result.push_back(std::move(overlap));
  return result;
}

}  // namespace schemac
