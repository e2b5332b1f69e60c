#include "cli/report_diagram.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/ir/type.h"

namespace schemac {
namespace {

constexpr std::size_t kTouchedMax = 60, kBoxesMax = 80;
constexpr std::size_t kRowsMax = 14;   // of a table that has more, only those that matter are shown
constexpr std::size_t kPartsMax = 10;  // indexes, constraints

bool is_table(const Object& object) {
  return object.parent.empty() && object.kind().holds_rows && object.kind().spaces.relation;
}
bool is_column(const Object& object) {
  return object.kind().recorded_order && object.kind().holds_rows;
}

bool same_object(const Object& one, const Object& other) {
  return one.id.name() == other.id.name() && one.values == other.values;
}

// The columns that an object names in its field called `field`.
std::vector<std::string> columns_of(const Object& object, std::string_view field) {
  std::vector<std::string> names;
  const List* list = object.value(field).list();
  if (list == nullptr) return names;
  for (const Value& item : *list)
    if (const Ident* ident = item.ident()) names.push_back(ident->text);
  return names;
}

// The table that a foreign key leads to, where the object is one.
std::optional<ObjectId> referred(const Object& object, const Catalog& catalog) {
  if (object.kind().name != "foreign_key") return std::nullopt;
  const QName* name = object.value("references").qname();
  if (name == nullptr || object.parent.empty()) return std::nullopt;
  ObjectId id(object.parent.kind(), {name->schema.text, name->name.text});
  return catalog.contains(id) ? std::optional(id) : std::nullopt;
}

// One of the two catalogs, and what is asked of it.
struct Side {
  const Catalog& catalog;
  Children children;
  explicit Side(const Catalog& from) : catalog(from), children(from) {}

  std::set<std::string> key_of(const ObjectId& table) const {
    std::set<std::string> names;
    for (const Object* child : children.of(table))
      if (child->kind().identifies == Identifies::primary)
        for (std::string& name : columns_of(*child, "columns")) names.insert(std::move(name));
    return names;
  }
};

class Drawer {
 public:
  explicit Drawer(const Report& report)
      : report_(report), before_(report.before), after_(report.after) {
    for (const Object& object : report.before.objects()) {
      const ObjectId now = renamed(object.id, report.renames);
      if (now != object.id) former_.emplace(now, object.id);
    }
  }

  Diagram draw() {
    std::vector<ObjectId> touched = touched_tables();
    if (touched.size() > kTouchedMax) {
      diagram_.left_out = touched.size() - kTouchedMax;
      touched.resize(kTouchedMax);
    }
    for (const ObjectId& id : with_neighbours(touched)) add_box(id);
    place();
    add_edges(before_, false);
    add_edges(after_, true);
    for (const DiagramBox& box : diagram_.boxes)
      if (box.touched) diagram_.changes.push_back(sentence(box));
    return std::move(diagram_);
  }

 private:
  // The object that `id`, a name of today, was before; itself where it kept its name.
  ObjectId former(const ObjectId& id) const {
    const auto at = former_.find(id);
    return at == former_.end() ? id : at->second;
  }
  const Object* was(const ObjectId& id) const { return before_.catalog.find(former(id)); }
  const Object* now(const ObjectId& id) const { return after_.catalog.find(id); }

  // By the ids of today, those that changed before those that come or go.
  std::vector<ObjectId> touched_tables() {
    for (const ObjectId& id : report_.changed) {
      const ObjectId whole = whole_of(id, report_.after, report_.before);
      const ObjectId today = renamed(whole, report_.renames);
      const Object* table = now(today) != nullptr ? now(today) : was(today);
      if (table != nullptr && is_table(*table)) touched_.insert(today);
    }
    std::vector<ObjectId> ids(touched_.begin(), touched_.end());
    std::sort(ids.begin(), ids.end());
    std::stable_partition(ids.begin(), ids.end(), [&](const ObjectId& id) {
      return was(id) != nullptr && now(id) != nullptr;
    });
    return ids;
  }

  // Pairs of tables, by ids of today.
  std::vector<std::pair<ObjectId, ObjectId>> links() const {
    std::vector<std::pair<ObjectId, ObjectId>> found;
    for (const Side* side : {&before_, &after_})
      for (const Object& object : side->catalog.objects())
        if (const auto to = referred(object, side->catalog))
          found.emplace_back(today(object.parent, *side), today(*to, *side));
    return found;
  }
  ObjectId today(const ObjectId& id, const Side& side) const {
    return &side == &before_ ? renamed(id, report_.renames) : id;
  }

  std::vector<ObjectId> with_neighbours(std::vector<ObjectId> ids) const {
    const std::set<ObjectId> shown(ids.begin(), ids.end());
    std::set<ObjectId> near;
    for (const auto& [from, to] : links()) {
      if (shown.contains(from) && !shown.contains(to)) near.insert(to);
      if (shown.contains(to) && !shown.contains(from)) near.insert(from);
    }
    for (const ObjectId& id : near)
      if (ids.size() < kBoxesMax) ids.push_back(id);
    return ids;
  }

  void add_box(const ObjectId& id) {
    DiagramBox box;
    box.id = id;
    box.touched = touched_.contains(id);
    const Object *before = was(id), *after = now(id);
    box.present_before = before != nullptr;
    box.present_after = after != nullptr;
    box.mark = before == nullptr  ? Mark::added
               : after == nullptr ? Mark::dropped
               : box.touched      ? Mark::changed
                                  : Mark::same;
    if (before != nullptr) box.before = table(*before, before_, box);
    if (after != nullptr) box.after = table(*after, after_, box);
    diagram_.boxes.push_back(std::move(box));
  }

  DiagramTable table(const Object& object, const Side& side, const DiagramBox& box) const {
    DiagramTable result{path_to_string(object.id), {}, 0, {}, 0};
    const std::set<std::string> keys = side.key_of(object.id);
    std::set<std::string> tied = keys;
    for (const Object* child : side.children.of(object.id))
      if (referred(*child, side.catalog))
        for (std::string& name : columns_of(*child, "columns")) tied.insert(std::move(name));
    std::size_t columns = 0;
    for (const Object* child : side.children.of(object.id)) columns += is_column(*child) ? 1 : 0;
    for (const Object* child : side.children.of(object.id)) {
      const Mark mark = box.mark == Mark::changed ? mark_of(*child, side) : Mark::same;
      if (!is_column(*child)) {
        add_part(*child, mark, result);
        continue;
      }
      const std::string name(child->id.name());
      const bool matters = mark != Mark::same || tied.contains(name);
      const bool all = box.touched && columns <= kRowsMax;
      const bool fits = result.rows.size() < (matters ? 4 * kRowsMax : kRowsMax);
      if ((all || matters || box.mark == Mark::added || box.mark == Mark::dropped) && fits)
        result.rows.push_back({name, type_of(*child), mark, keys.contains(name)});
      else
        ++result.rows_left_out;
    }
    return result;
  }

  static void add_part(const Object& part, Mark mark, DiagramTable& table) {
    if (mark == Mark::same || part.kind().documents) return;
    if (table.parts.size() >= kPartsMax) {
      ++table.parts_left_out;
      return;
    }
    table.parts.push_back({std::string(part.id.name()), std::string(part.kind().noun), mark});
  }

  static std::string type_of(const Object& column) {
    const TypeRef* type = column.value("type").type();
    const bool* nullable = std::get_if<bool>(&column.value("nullable"));
    return (type == nullptr ? "" : to_string(*type)) +
           (nullable != nullptr && *nullable ? " null" : "");
  }

  // Whether a child of a table is the same on the other side, with all that stands in it.
  Mark mark_of(const Object& child, const Side& side) const {
    const bool is_before = &side == &before_;
    const ObjectId today_id = today(child.id, side);
    const Object* other = is_before ? now(today_id) : was(today_id);
    if (other == nullptr) return is_before ? Mark::dropped : Mark::added;
    if (!same_object(child, *other)) return Mark::changed;
    const auto parts = [](const Object& whole, const Side& in) {
      std::vector<const Object*> all;
      for (const Object* part : in.children.of(whole.id))
        if (!part->kind().documents) all.push_back(part);
      return all;
    };
    const auto mine = parts(child, side), theirs = parts(*other, is_before ? after_ : before_);
    const bool same =
        std::equal(mine.begin(), mine.end(), theirs.begin(), theirs.end(),
                   [](const Object* one, const Object* two) { return same_object(*one, *two); });
    return same ? Mark::same : Mark::changed;
  }

  // Boxes that foreign keys connect come beside each other.
  void place() {
    std::map<ObjectId, std::size_t> numbers;
    for (std::size_t i = 0; i < diagram_.boxes.size(); ++i) numbers[diagram_.boxes[i].id] = i;
    std::vector<std::set<std::size_t>> near(diagram_.boxes.size());
    for (const auto& [from, to] : links()) {
      const auto a = numbers.find(from), b = numbers.find(to);
      if (a == numbers.end() || b == numbers.end() || a == b) continue;
      near[a->second].insert(b->second);
      near[b->second].insert(a->second);
    }
    std::vector<std::size_t> order;
    std::vector<bool> seen(diagram_.boxes.size());
    while (order.size() < diagram_.boxes.size()) {
      std::size_t best = diagram_.boxes.size();
      for (std::size_t i = 0; i < seen.size(); ++i)
        if (!seen[i] && (best == seen.size() || near[i].size() > near[best].size())) best = i;
      seen[best] = true;
      order.push_back(best);
      for (std::size_t at = order.size() - 1; at < order.size(); ++at)
        for (const std::size_t next : near[order[at]])
          if (!seen[next]) {
            seen[next] = true;
            order.push_back(next);
          }
    }
    std::vector<DiagramBox> boxes;
    for (const std::size_t i : order) boxes.push_back(std::move(diagram_.boxes[i]));
    diagram_.boxes = std::move(boxes);
  }

  void add_edges(const Side& side, bool is_after) {
    std::map<ObjectId, std::size_t> numbers;
    for (std::size_t i = 0; i < diagram_.boxes.size(); ++i) numbers[diagram_.boxes[i].id] = i;
    std::vector<const Object*> objects;
    for (const Object& object : side.catalog.objects()) objects.push_back(&object);
    for (const Object* object : objects) {
      const auto to = referred(*object, side.catalog);
      if (!to) continue;
      const auto a = numbers.find(today(object->parent, side));
      const auto b = numbers.find(today(*to, side));
      if (a == numbers.end() || b == numbers.end()) continue;
      const auto first = [](std::vector<std::string> names) {
        return names.empty() ? std::string() : names.front();
      };
      DiagramEdge edge{a->second, b->second, first(columns_of(*object, "columns")),
                       first(columns_of(*object, "ref_columns")), mark_of(*object, side)};
      // What comes or goes with its table is marked there.
      const Mark whole = diagram_.boxes[edge.from].mark;
      if (whole == Mark::added || whole == Mark::dropped) edge.mark = Mark::same;
      (is_after ? diagram_.after : diagram_.before).push_back(std::move(edge));
    }
  }

  static std::string sentence(const DiagramBox& box) {
    if (box.mark == Mark::added) return box.after.name + ": new table";
    if (box.mark == Mark::dropped) return box.before.name + ": dropped table";
    std::vector<std::string> parts;
    if (box.before.name != box.after.name) parts.push_back("renamed from " + box.before.name);
    const auto add = [&](const DiagramTable& table, Mark mark, const std::string& word) {
      for (const auto* rows : {&table.rows, &table.parts})
        for (const DiagramRow& row : *rows)
          if (row.mark == mark)
            parts.push_back(word + " " + (rows == &table.rows ? "column" : row.type) + " " +
                            row.name);
    };
    add(box.after, Mark::added, "new");
    add(box.after, Mark::changed, "changed");
    add(box.before, Mark::dropped, "dropped");
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return box.after.name + ": " + (text.empty() ? "changed" : text);
  }

  const Report& report_;
  const Side before_, after_;
  std::map<ObjectId, ObjectId> former_;  // where a name changed, by that of today
  std::set<ObjectId> touched_;
  Diagram diagram_;
};

}  // namespace

Diagram make_diagram(const Report& report) {
  return Drawer(report).draw();
}

}  // namespace schemac
