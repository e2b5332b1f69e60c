#include "compiler/plan/reasons.h"

#include "compiler/ir/type.h"

namespace schemac {
namespace {

// A value short enough for one line of a comment, or "".
std::string shown(const Value& value, const FieldInfo& field) {
  constexpr std::size_t kShownBytesMax = 40;
  std::string text;
  if (value.absent()) {
    text = field.shape == Shape::flag ? "false" : std::string(field.absent);
    if (text.empty()) text = "none";
  } else if (const bool* flag = std::get_if<bool>(&value)) {
    text = *flag ? "true" : "false";
  } else if (const auto* number = value.integer()) {
    text = std::to_string(*number);
  } else if (const Ident* name = value.ident()) {
    text = name->text;
  } else if (const TypeRef* type = value.type()) {
    text = to_string(*type);
  } else if (const std::string* word = value.text();
             word != nullptr && field.shape != Shape::body) {
    text = *word;
  } else if (const SqlText* sql = value.sql()) {
    text = sql->written;
  }
  const bool one_line = text.find('\n') == std::string::npos && text.size() <= kShownBytesMax;
  return one_line ? text : std::string();
}

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
