#include "compiler/plan/work.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <unordered_map>

#include "compiler/ir/shell.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac {
namespace {

// Whether one of the SQL texts in the value is such, with the field that it is of.
template <class Predicate>
bool any_text_of(const FieldInfo& field, const Value& value, const Predicate& is_such) {
  if (field.role == Role::intent) return false;
  if (const SqlText* text = value.sql()) return is_such(field, *text);
  const List* list = value.list();
  if (list == nullptr) return false;
  const bool one = field.listing == Listing::one || field.listing == Listing::group;
  for (std::size_t i = 0; i < list->size(); ++i) {
    if (field.record.empty()) {
      if (const SqlText* text = (*list)[i].sql(); text != nullptr && is_such(field, *text))
        return true;
    } else if (one) {
      if (any_text_of(field.record[i], (*list)[i], is_such)) return true;
    } else {
      const List& record = *(*list)[i].list();
      for (std::size_t f = 0; f < record.size(); ++f)
        if (any_text_of(field.record[f], record[f], is_such)) return true;
    }
  }
  return false;
}

bool holds_text(const Object& object) {
  const auto always = [](const FieldInfo&, const SqlText&) { return true; };
  for (std::size_t i = 0; i < object.kind().fields.size(); ++i)
    if (any_text_of(object.kind().fields[i], object.values[i], always)) return true;
  return false;
}

class Decider {
 public:
  Decider(const World& world, const Target& target, const Context& context)
      : world_(world), target_(target), context_(context), work_(world.size()) {}

  std::vector<Work> run(const std::vector<Change>& changes, const std::vector<Rename>& renames,
                        const std::vector<ObjectIndex>& anew) {
    for (const Rename& rename : renames)
      if (const ObjectIndex i = world_.index_of(rename.to); i != kNoObject)
        work_[i].rename = &rename;
    for (const Change& change : changes) take(change);
    for (ObjectIndex i = 0; i < world_.size(); ++i)
      if (!work_[i].changes.empty() && !work_[i].drop) alter(i);
    for (const ObjectIndex i : anew) replace(i, kNoObject);
    for (ObjectIndex i = 0; i < world_.size(); ++i)
      if (work_[i].create || !work_[i].changes.empty()) make_type_anew_for(i);
    for (ObjectIndex i = 0; i < world_.size(); ++i)
      if (work_[i].drop || work_[i].rebuilds_texts) queue_.push_back(i);
    while (!queue_.empty()) {
      const ObjectIndex i = queue_.back();
      queue_.pop_back();
      spread(i);
    }
    move_aside_for_heirs();
    find_company();
    for (ObjectIndex i = 0; i < world_.size(); ++i)
      if (work_[i].drop) work_[i].drops_silently = rules(i).drop_keeps_parts || drops_nothing(i);
    return std::move(work_);
  }

 private:
  const KindRules& rules(ObjectIndex i) const { return target_.rules_of(world_.id(i).kind()); }

  void take(const Change& change) {
    const ObjectIndex i = world_.index_of(change.id);
    switch (change.verb) {
      case Change::Verb::create:
        work_[i].create = true;
        break;
      case Change::Verb::drop:
        work_[i].drop = true;
        break;
      case Change::Verb::set:
        work_[i].changes.push_back(&change);
        break;
      case Change::Verb::rename:
        break;
    }
  }

  // Changes that share an alter function make one call; one that cannot be made in place replaces
  // the object, whatever the others could.
  void alter(ObjectIndex i) {
    Work& work = work_[i];
    if (is_kept_part(i)) return replace(world_.was().parent[i], kNoObject);
    std::vector<decltype(FieldRule::alter)> called;
    for (const Change* change : work.changes) {
      const FieldRule& rule = rule_of(i, change->field);
      if (rule.on_change == OnChange::ignore) continue;
      if (rule.on_change == OnChange::replace) return replace(i, kNoObject);
      work.rebuilds_texts = work.rebuilds_texts || rule.rebuilds_texts;
      const auto same = std::find(called.begin(), called.end(), rule.alter);
      if (same != called.end()) {
        work.alters[static_cast<std::size_t>(same - called.begin())].because.push_back(change);
        continue;
      }
      std::optional<Actions> actions = rule.alter(*world_.before(i), *world_.after(i), context_);
      if (!actions) return replace(i, kNoObject);
      called.push_back(rule.alter);
      work.alters.push_back({std::move(*actions), {change}});
    }
  }

  const FieldRule& rule_of(ObjectIndex i, FieldIndex field) const {
    const std::string_view name = world_.id(i).kind().fields[field].name;
    for (const FieldRule& rule : rules(i).fields)
      if (rule.field == name) return rule;
    assert(!"every field of a kind has a rule");
    __builtin_unreachable();
  }

  void replace(ObjectIndex i, ObjectIndex around) {
    Work& work = work_[i];
    if (work.drop && (work.create || world_.after(i) == nullptr)) return;
    if (const ObjectIndex whole = bound_to(i); whole != kNoObject && !work_[whole].drop)
      return replace(whole, around);
    work.alters.clear();
    work.rebuilds_texts = false;
    work.carried = false;
    work.drop = true;
    work.create = true;
    work.around = around;
    work.retired = rules(i).retire != nullptr && must_keep_dependents(i);
    queue_.push_back(i);
    make_type_anew_for(i);
  }

  // The parent that must be made anew before the object can be; kNoObject where none must.
  ObjectIndex bound_to(ObjectIndex i) const {
    const Object* was = world_.before(i);
    if (was == nullptr || rules(i).bound_to_parent == nullptr) return kNoObject;
    return rules(i).bound_to_parent(*was, context_) ? world_.was().parent[i] : kNoObject;
  }

  // Makes the type anew that the object is or stands in, where the server cannot try what the
  // object demands of values.
  void make_type_anew_for(ObjectIndex i) {
    const Object* now = world_.after(i);
    if (now == nullptr || rules(i).tries_values == nullptr) return;
    const Object* was = work_[i].create ? nullptr : world_.before(i);
    const ObjectIndex type = rules(i).retire != nullptr ? i : world_.now().parent[i];
    if (rules(type).retire == nullptr || work_[type].create || world_.before(type) == nullptr)
      return;
    if (rules(i).tries_values(was, *now) && is_held_inside(type)) replace(type, kNoObject);
  }

  // Whether columns that stay hold the type inside arrays or other types, or a domain does so.
  bool is_held_inside(ObjectIndex type) const {
    const auto holds_array = [&](ObjectIndex d) {
      const auto& values = world_.before(d)->values;
      return std::any_of(values.begin(), values.end(), [](const Value& value) {
        return value.type() != nullptr && value.type()->dimensions > 0;
      });
    };
    const auto& dependents = world_.was().dependents[type];
    return std::any_of(dependents.begin(), dependents.end(), [&](ObjectIndex d) {
      if (world_.after(d) == nullptr) return false;
      if (rules(d).retire != nullptr) return holds_array(d) || is_held_inside(d);
      if (rules(d).carry == nullptr) return false;
      const ObjectIndex parent = world_.was().parent[d];
      const bool is_part = parent != kNoObject && rules(parent).retire != nullptr;
      return is_part ? must_keep_dependents(parent) : holds_array(d);
    });
  }

  // Whether something that holds rows depends on the object and stays, if only through another
  // type that must then be moved aside as well, or that goes and leaves its columns to the object.
  bool must_keep_dependents(ObjectIndex i) const {
    for (const ObjectIndex d : world_.was().dependents[i]) {
      const ObjectIndex parent = world_.was().parent[d];  // an attribute of a composite type
      if (world_.after(d) == nullptr) {
        if (leaves_columns(d, i) || (parent != kNoObject && leaves_columns(parent, i))) return true;
        continue;
      }
      if (rules(d).carry != nullptr) return true;
      if (rules(d).retire != nullptr && must_keep_dependents(d)) return true;
      if (parent != kNoObject && rules(parent).retire != nullptr && must_keep_dependents(parent))
        return true;
    }
    return false;
  }

  // Whether what has the type `leaving`, which goes or loses a part, will have the type `i`.
  bool leaves_columns(ObjectIndex leaving, ObjectIndex i) const {
    if (rules(leaving).retire == nullptr) return false;
    for (const ObjectIndex d : world_.was().dependents[leaving]) {
      const ObjectIndex parent = world_.was().parent[d];
      if (world_.after(d) != nullptr
              ? will_hold(d, i)
              : leaves_columns(d, i) || (parent != kNoObject && leaves_columns(parent, i)))
        return true;
    }
    return false;
  }

  // Whether the object will have the type `i`, if only through other types.
  bool will_hold(ObjectIndex d, ObjectIndex i) const {
    for (const ObjectIndex on : world_.now().depends[d]) {
      if (on == i) return true;
      if (rules(on).retire == nullptr) continue;
      if (will_hold(on, i)) return true;
      for (const ObjectIndex c : world_.now().children[on])
        if (will_hold(c, i)) return true;
    }
    return false;
  }

  // Whether the object is a part of something that rows depend on: an attribute of a type that a
  // column has. No part of that changes in place; the whole is moved aside.
  bool is_kept_part(ObjectIndex i) const {
    const ObjectIndex parent = world_.was().parent[i];
    return parent != kNoObject && world_.after(parent) != nullptr && rules(i).carry != nullptr &&
           rules(parent).retire != nullptr && must_keep_dependents(parent);
  }

  // A type that goes is there until its columns have left it. Where another object takes its name
  // over and those columns as well, if only inside other types, it is moved aside before.
  void move_aside_for_heirs() {
    std::unordered_map<std::string_view, ObjectIndex> heirs;
    for (ObjectIndex i = 0; i < world_.size(); ++i)
      if (work_[i].create && world_.before(i) == nullptr && world_.id(i).kind().spaces.type)
        heirs.emplace(world_.id(i).key(), i);
    if (heirs.empty()) return;
    for (ObjectIndex i = 0; i < world_.size(); ++i) {
      if (!work_[i].drop || world_.after(i) != nullptr || rules(i).retire == nullptr) continue;
      const auto heir = heirs.find(world_.id(i).key());
      work_[i].retired = heir != heirs.end() && leaves_columns(i, heir->second);
    }
  }

  // A type takes its functions along, in one statement. Where others come in their place while
  // columns have yet to leave it, all of them are moved aside before.
  void find_company() {
    for (ObjectIndex i = 0; i < world_.size(); ++i) {
      if (!work_[i].drop || !starts_as_shell(world_.id(i).kind())) continue;
      for (const ObjectIndex d : world_.was().dependents[i]) {
        if (!work_[d].drop || !is_function_of(*world_.before(d), *world_.before(i))) continue;
        work_[d].along = i;
        if (work_[d].create && world_.after(i) == nullptr)
          work_[i].retired = work_[i].retired || must_keep_dependents(i);
      }
    }
  }

  // What a drop, a replacement or a change under texts means for everything around it.
  void spread(ObjectIndex i) {
    const Work& work = work_[i];
    if (!work.drop) {  // altered or carried
      for (const ObjectIndex d : world_.was().dependents[i]) {
        rebuild_text(d, i);
        clear_remade(d, i);
      }
      for (const ObjectIndex c : world_.was().children[i]) rebuild_text(c, i);
      rebuild_texts_of_whole(i);
      return;
    }
    if (goes_unseen(i)) return;
    for (const ObjectIndex c : world_.was().children[i])
      if (!work_[c].drop && world_.after(c) != nullptr && !changes_parent(c)) replace(c, i);
    const auto dependents = world_.was().dependents[i];
    for (const ObjectIndex d : dependents) {
      if (work_[d].drop || world_.after(d) == nullptr) continue;
      if (work.retired && rules(d).carry != nullptr && still_needs(d, i)) {
        if (is_kept_part(d))
          replace(world_.was().parent[d], i);
        else
          carry(d, i);
      } else if (still_needs(d, i) || needs_its_name(d, i) || !moves_away(d) ||
                 goes_on_naming(d, i)) {
        replace(d, i);
      }
    }
  }

  // Whether no statement drops the object: it stays as a part of something else, and so does what
  // needs it.
  bool goes_unseen(ObjectIndex i) { return world_.after(i) == nullptr && drops_nothing(i); }

  // Asked more than once of each object in a large plan, and not cheap.
  bool drops_nothing(ObjectIndex i) {
    if (drops_nothing_.empty()) drops_nothing_.resize(world_.size());
    std::optional<bool>& known = drops_nothing_[i];
    if (!known) known = rules(i).drop(*world_.before(i), context_).empty();
    return *known;
  }

  void rebuild_text(ObjectIndex d, ObjectIndex around) {
    if (work_[d].drop || world_.after(d) == nullptr) return;
    const Object& was = *world_.before(d);
    const auto rebuilt_as_text = rules(d).rebuilt_as_text;
    if (holds_text(was) || loses_its_match(d) ||
        (rebuilt_as_text != nullptr && rebuilt_as_text(was, context_)))
      replace(d, around);
  }

  // A part of a type does not change under texts that use the whole: `'(1,)'::pair`.
  void rebuild_texts_of_whole(ObjectIndex i) {
    const ObjectIndex whole = world_.was().parent[i];
    if (whole == kNoObject || rules(whole).retire == nullptr) return;
    for (const ObjectIndex d : world_.was().dependents[whole]) rebuild_text(d, i);
  }

  // What depends on `d` makes way where the server makes that anew because of `changed`.
  void clear_remade(ObjectIndex d, ObjectIndex changed) {
    if (work_[d].drop) return;
    for (const ObjectIndex above : world_.was().dependents[d])
      if (!work_[above].drop && world_.after(above) != nullptr &&
          makes_way(world_, target_, above, d, changed))
        replace(above, changed);
  }

  // Whether columns on both sides of a reference change their types: while only one has, the server
  // may know no way to compare them.
  bool loses_its_match(ObjectIndex d) const {
    const auto& fields = world_.id(d).kind().fields;
    if (std::none_of(fields.begin(), fields.end(),
                     [](const FieldInfo& field) { return field.refers == Refers::ref_column; }))
      return false;
    const auto& depends = world_.was().depends[d];
    return std::count_if(depends.begin(), depends.end(),
                         [&](ObjectIndex on) { return work_[on].rebuilds_texts; }) > 1;
  }

  // Whether the object depends on `on` after the plan as well.
  bool still_needs(ObjectIndex d, ObjectIndex on) const {
    const auto& depends = world_.now().depends[d];
    return std::find(depends.begin(), depends.end(), on) != depends.end();
  }

  // Whether it leaves its parent by a change of its own: a sequence that a column owned.
  bool changes_parent(ObjectIndex c) const {
    return world_.now().parent[c] != world_.was().parent[c] && moves_away(c);
  }

  // Whether a change of its own ends its dependence before what it depends on is dropped: one of
  // what it refers by, not of an option.
  bool moves_away(ObjectIndex d) const {
    const auto& fields = world_.id(d).kind().fields;
    for (const Alter& alter : work_[d].alters)
      for (const Change* change : alter.because)
        if (can_refer(fields[change->field])) return true;
    return false;
  }

  // Whether a text that stays as it is has the name of `on`, and means another object by it later:
  // a call that finds the function of other arguments.
  bool goes_on_naming(ObjectIndex d, ObjectIndex on) const {
    const auto names = [&](const FieldInfo& field, const SqlText& text) {
      const auto uses = inspect_text(text.written, form_of(field.shape)).uses;
      return std::any_of(uses.begin(), uses.end(), [&](const NameUse& use) {
        return use.name.name.text == world_.id(on).name();
      });
    };
    const auto stays = [&](std::size_t field) {
      return std::none_of(work_[d].changes.begin(), work_[d].changes.end(),
                          [&](const Change* change) { return change->field == field; });
    };
    const Object& was = *world_.before(d);
    for (std::size_t i = 0; i < was.kind().fields.size(); ++i)
      if (stays(i) && any_text_of(was.kind().fields[i], was.values[i], names)) return true;
    return false;
  }

  static bool can_refer(const FieldInfo& field) {
    switch (field.shape) {
      case Shape::qname:
      case Shape::type:
      case Shape::expr:
      case Shape::value:
      case Shape::key:
      case Shape::path:
      case Shape::operation:
      case Shape::query:
      case Shape::statements:
        return true;
      case Shape::record:
        return std::any_of(field.record.begin(), field.record.end(), can_refer);
      default:
        return field.refers != Refers::nothing;
    }
  }

  // Whether the object will depend on one that cannot be there before `on` is gone, because it has
  // the same name: a materialized view in place of a view.
  bool needs_its_name(ObjectIndex d, ObjectIndex on) const {
    const auto& depends = world_.now().depends[d];
    return std::any_of(depends.begin(), depends.end(), [&](ObjectIndex other) {
      return work_[other].create && world_.id(other).key() == world_.id(on).key();
    });
  }

  // A dependent that keeps its rows: its own type change is made on the way.
  void carry(ObjectIndex d, ObjectIndex replaced) {
    if (work_[d].carried) return;
    if (const ObjectIndex whole = bound_to(d); whole != kNoObject) return replace(whole, replaced);
    work_[d].carried = true;
    work_[d].carried_to = replaced;
    work_[d].alters.erase_if([&](const Alter& alter) {
      return std::all_of(alter.because.begin(), alter.because.end(), [&](const Change* change) {
        return rule_of(d, change->field).rebuilds_texts;
      });
    });
    work_[d].rebuilds_texts = true;
    queue_.push_back(d);
  }

  const World& world_;
  const Target& target_;
  const Context& context_;
  std::vector<Work> work_;
  std::vector<ObjectIndex> queue_;
  std::vector<std::optional<bool>> drops_nothing_;
};

}  // namespace

std::vector<Work> decide_work(const World& world, const std::vector<Change>& changes,
                              const std::vector<Rename>& renames, const Target& target,
                              const Context& context, const std::vector<ObjectIndex>& anew) {
  return Decider(world, target, context).run(changes, renames, anew);
}

bool can_be_replaced(const World& world, const std::vector<Work>& work, ObjectIndex object,
                     const Target& target, const Context& context) {
  const Object* was = world.before(object);
  if (was == nullptr || work[object].drop || work[object].alters.empty() || !holds_text(*was))
    return false;
  const auto parts = world.was().children[object];
  const Actions drop = target.rules_of(was->kind()).drop(*was, context);
  return std::none_of(parts.begin(), parts.end(),
                      [&](ObjectIndex part) { return world.id(part).kind().recorded_order; }) &&
         std::none_of(drop.begin(), drop.end(),
                      [](const Action& action) { return action.loss == Loss::rows; });
}

bool makes_way(const World& world, const Target& target, ObjectIndex above, ObjectIndex d,
               ObjectIndex changed) {
  if (target.rules_of(world.id(above).kind()).said_of_remade) return true;
  const auto remade_with = target.rules_of(world.id(d).kind()).remade_with;
  return remade_with != nullptr && remade_with(*world.before(d), world.id(changed));
}

bool goes(const World& world, const std::vector<Work>& work, const ObjectId& id) {
  const ObjectIndex i = world.index_of(id);
  return i != kNoObject && work[i].drop;
}

ObjectIndex dropped_ancestor(const World& world, const std::vector<Work>& work,
                             ObjectIndex object) {
  const auto above = [&](ObjectIndex i) {
    return work[i].along != kNoObject ? work[i].along : world.was().parent[i];
  };
  ObjectIndex found = kNoObject;
  // What stays moves away from a parent that goes, with all that stands in it.
  for (ObjectIndex at = above(object); at != kNoObject && work[at].drop; at = above(at))
    if (!work[at].drops_silently) found = at;
  return found;
}

}  // namespace schemac
