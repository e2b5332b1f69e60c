#include "compiler/plan/reasons.h"

#include "compiler/plan/value_words.h"

namespace schemac {
namespace {

std::string describe_change(const Change& change) {
  const FieldInfo& field = change.id.kind().fields[change.field];
  std::string name(field.name);
  for (char& c : name)
    if (c == '_') c = ' ';
  const std::string before = shown(*change.before, field);
  const std::string after = shown(*change.after, field);
  if (before.empty() || after.empty()) return name + " changed";
  if (before == after) return name + " " + before + " finds other columns";
  return name + " " + before + " -> " + after;
}

}  // namespace

std::vector<Reason> reasons_for(const World& world, const std::vector<Work>& work, const Node& node,
                                const std::vector<Rename>& renames) {
  const Work& own = work[node.object];
  const ObjectId& id = world.id(node.object);
  const Object* before = world.before(node.object);
  const Object* after = world.after(node.object);
  const SourceSpan at = after != nullptr && after->declared_at.known() ? after->declared_at
                        : before != nullptr                            ? before->declared_at
                                                                       : SourceSpan{};
  std::vector<Reason> reasons;
  if (node.verb == Verb::rename) {
    for (const Rename& rename : renames)
      if (own.rename == &rename)
        reasons.push_back({id, "renamed from " + std::string(rename.from.name()), at});
    if (reasons.empty()) reasons.push_back({id, "shows columns that were renamed", at});
    return reasons;
  }
  const RareList<const Change*>& changes =
      node.because.empty() && !own.carried ? own.changes : node.because;
  for (const Change* change : changes) reasons.push_back({id, describe_change(*change), at});
  if (!reasons.empty()) return reasons;
  std::string text = after == nullptr ? "dropped" : before == nullptr ? "added" : "replaced";
  if (own.carried)
    text = "follows " + path_to_string(world.id(own.carried_to));
  else if (own.around != kNoObject)
    text = "rebuilt around " + path_to_string(world.id(own.around));
  reasons.push_back({id, std::move(text), at});
  return reasons;
}

}  // namespace schemac
