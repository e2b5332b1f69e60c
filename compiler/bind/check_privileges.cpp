#include "compiler/bind/check_privileges.h"

#include <algorithm>

#include "compiler/bind/bind_diags.h"
#include "compiler/bind/catalog_names.h"
#include "compiler/ir/signature.h"

namespace schemac {
namespace {

constexpr std::string_view kAll = "all";

using Words = std::span<const std::string_view>;

std::size_t place_of(Words words, std::string_view word) {
  return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

bool has(Words words, std::string_view word) {
  return place_of(words, word) < words.size();
}

// The kind whose rights an object speaks of: that of what it stands on, or one of those that go by
// the word for all that is made later.
const KindInfo* granted_kind(const Object& object) {
  const auto& fields = object.kind().fields;
  if (std::none_of(fields.begin(), fields.end(), [](const FieldInfo& field) {
        return !field.record.empty() && field.record.front().refers == Refers::privilege;
      }))
    return nullptr;
  if (object.kind().stands_on != nullptr) return &object.parent.kind();
  const Value* word = referring_value(object, Refers::granted_on);
  if (word == nullptr || word->text() == nullptr) return nullptr;
  for (const KindInfo* kind : all_kinds())
    if (kind->granted_as == *word->text() && kind->granted_with.empty()) return kind;
  return nullptr;
}

// In the order of the vocabulary, columns of one privilege together, `all` for what is all.
List completed(Words words, const KindInfo& on, const List& written) {
  std::vector<bool> whole(words.size());
  std::vector<std::set<std::string>> columns(words.size());
  for (const Value& value : written) {
    const List& one = *value.list();
    std::string_view word = *one[0].text();
    if (word == kAll && on.privileges.size() == 1) word = on.privileges[0];
    const std::size_t at = place_of(words, word);
    if (const List* names = one[1].list())
      for (const Value& name : *names) columns[at].insert(name.ident()->text);
    else
      whole[at] = true;
  }
  const auto is_whole = [&](std::string_view word) { return whole[place_of(words, word)]; };
  if (is_whole(kAll) || (on.privileges.size() > 1 &&
                         std::all_of(on.privileges.begin(), on.privileges.end(), is_whole))) {
    whole.assign(words.size(), false);
    whole[place_of(words, kAll)] = true;
  }
  List result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Value word = std::string(words[i]);
    if (whole[i]) result.push_back(List{word, Value()});
    if (columns[i].empty()) continue;
    List names;
    for (const std::string& name : columns[i]) names.push_back(Ident(name));
    result.push_back(List{word, std::move(names)});
  }
  return result;
}

class Checker {
 public:
  Checker(Binding& binding, Catalog& catalog) : binding_(binding), catalog_(catalog) {
    for (const KindInfo* kind : all_kinds())
      if (kind->for_whole_file) owner_kind_ = kind;
  }

  void check(const Draft& draft) {
    Object* object = draft.broken ? nullptr : catalog_.find(draft.object.id);
    if (object == nullptr) return;
    const KindInfo& kind = object->kind();
    if (kind.for_whole_file && !catalog_.find(object->parent)->parent.empty())
      return binding_.report({follows_parent(to_string(object->parent)), object->declared_at});
    if (kind.wrong != nullptr)
      if (const std::string_view wrong = kind.wrong(object->values); !wrong.empty())
        return binding_.report({impossible(wrong), object->declared_at});
    const KindInfo* on = granted_kind(*object);
    if (on == nullptr || !has_part_to_grant(*object, *on)) return;
    for (std::size_t i = 0; i < object->kind().fields.size(); ++i) {
      const FieldInfo& field = kind.fields[i];
      const List* written = object->values[i].list();
      if (written == nullptr || field.record.empty() ||
          field.record.front().refers != Refers::privilege)
        continue;
      if (!are_known(*object, *on, *written)) return;
      List complete = completed(field.record.front().words, *on, *written);
      if (kind.stands_on != nullptr) check_standard(*object, *on, complete);
      object->values.set(i, std::move(complete));
    }
  }

  // The server knows each privilege of a role once, with the right to grant it on or without.
  void check_once(const Draft& draft) {
    const Object* object = draft.broken ? nullptr : catalog_.find(draft.object.id);
    if (object == nullptr || granted_kind(*object) == nullptr) return;
    const auto& fields = object->kind().fields;
    Values plain = object->values;
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (fields[i].shape == Shape::flag) plain.set(i, Value());
    const Object* other =
        plain == object->values ? nullptr : catalog_.find(id_with(*object, plain));
    if (other == nullptr) return;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const List *more = object->values[i].list(), *less = other->values[i].list();
      if (more == nullptr || less == nullptr || !meet(*more, *less)) continue;
      binding_.report({granted_twice(to_string(other->id)),
                       object->declared_at,
                       "",
                       {{other->declared_at, "here"}}});
    }
  }

 private:
  // Whether lists of privileges have one in common, on the whole or on a column.
  static bool meet(const List& some, const List& others) {
    const auto same = [](const Value& a, const Value& b) {
      const List &one = *a.list(), &other = *b.list();
      const bool whole = one[1].absent() && other[1].absent();
      if (whole && (*one[0].text() == kAll || *other[0].text() == kAll)) return true;
      if (one[0] != other[0] || one[1].absent() != other[1].absent()) return false;
      return whole ||
             std::any_of(one[1].list()->begin(), one[1].list()->end(), [&](const Value& c) {
               const List& columns = *other[1].list();
               return std::find(columns.begin(), columns.end(), c) != columns.end();
             });
    };
    return std::any_of(some.begin(), some.end(), [&](const Value& a) {
      return std::any_of(others.begin(), others.end(), [&](const Value& b) { return same(a, b); });
    });
  }

  bool has_part_to_grant(const Object& object, const KindInfo& on) {
    if (on.granted_with.empty()) return true;
    if (!catalog_.find(object.parent)->value(on.granted_with).absent()) return true;
    const std::string verb(object.kind().keyword);
    binding_.report({nothing_to_grant(to_string(object.parent), verb, on.granted_with),
                     object.declared_at,
                     "rights on the values stand in its table: `" + verb + " select (" +
                         dsl_ident(object.parent.name()) + ") …`"});
    return false;
  }

  bool are_known(const Object& object, const KindInfo& on, const List& privileges) {
    for (const Value& value : privileges) {
      const std::string& word = *value.list()->front().text();
      if (word == kAll || has(on.privileges, word)) continue;
      std::string known = "there is";
      for (const std::string_view other : on.privileges) known += " `" + std::string(other) + "`";
      const Value* all = referring_value(object, Refers::granted_on);
      binding_.report(
          {unknown_privilege(word, all == nullptr ? std::string(on.plural) : *all->text()),
           object.declared_at, known});
      return false;
    }
    return true;
  }

  // Whose the object is that this one stands on: `current_user`, where nobody is named.
  std::string owner_of(const Object& object) const {
    for (ObjectId id = object.parent; !id.empty();) {
      const Object* owner = catalog_.find(
          ObjectId::from_key(*owner_kind_, std::string(id.kind().name) + '\0' + id.key()));
      if (owner != nullptr && owner->values[0].ident() != nullptr)
        return owner->values[0].ident()->text;
      const Object* target = catalog_.find(id);
      id = target == nullptr ? ObjectId() : target->parent;
    }
    return std::string(kCurrentUser);
  }

  // What somebody has from the start cannot be granted, and what they lack not be revoked.
  void check_standard(const Object& object, const KindInfo& on, const List& privileges) {
    if (on.rights_vary) return;
    if (on.names_others && object.parent.name() == kPublic) return;  // has rights of its own
    const Object* on_object = catalog_.find(object.parent);
    if (!on_object->parent.empty() && on_object->parent.kind().brings_objects)
      return;  // has those that its script gave
    const Value* named = referring_value(object, Refers::role);
    if (named == nullptr || named->ident() == nullptr) return;
    const std::string& role = named->ident()->text;
    const auto& fields = object.kind().fields;
    for (std::size_t i = 0; i < object.kind().fields.size(); ++i)
      if (fields[i].shape == Shape::flag && !object.values[i].absent()) return;  // beyond that
    const bool owns = role != kPublic && role == owner_of(object);
    for (const Value& value : privileges) {
      const List& one = *value.list();
      const std::string& word = *one[0].text();
      const bool from_start =
          one[1].absent() && (owns || (role == kPublic && has(on.public_privileges, word)));
      if (from_start == object.kind().takes_away) continue;
      const std::string who = role == kPublic ? "everybody" : "`" + role + "`";
      binding_.report({from_start ? had_from_start(who, word, on.plural)
                                  : lacked_from_start(who, word, on.plural),
                       object.declared_at});
    }
  }

  Binding& binding_;
  Catalog& catalog_;
  const KindInfo* owner_kind_ = nullptr;
};

}  // namespace

void check_privileges(Binding& binding, Catalog& catalog) {
  Checker checker(binding, catalog);
  for (const Draft& draft : binding.drafts) checker.check(draft);
  for (const Draft& draft : binding.drafts) checker.check_once(draft);
}

}  // namespace schemac
