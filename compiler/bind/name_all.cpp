// Drafts into objects of the catalog.
#include <algorithm>
#include <deque>
#include <unordered_map>
#include <unordered_set>

#include "compiler/bind/bind.h"
#include "compiler/bind/bind_diags.h"
#include "compiler/bind/binding.h"
#include "compiler/names/auto_name.h"

namespace schemac {
namespace {

// The kinds that a serial column is written out with, found by what they are.
const KindInfo& owned_kind() {
  for (const KindInfo* kind : all_kinds())
    for (const FieldInfo& field : kind->fields)
      if (field.refers == Refers::owner_column) return *kind;
  std::abort();
}
const KindInfo& kind_of_comments() {
  for (const KindInfo* kind : all_kinds())
    if (kind->documents) return *kind;
  std::abort();
}

// A name and where it is one: in a draft, or in a schema. Of texts that outlive it.
struct Spot {
  std::uint32_t parent = Draft::none;
  std::string_view schema;
  std::string_view name;

  bool operator==(const Spot&) const = default;
};
struct SpotHash {
  std::size_t operator()(const Spot& spot) const {
    const auto text = std::hash<std::string_view>();
    return text(spot.name) ^ (text(spot.schema) * 3) ^
           (spot.parent * std::size_t{0x9e3779b97f4a7c15});
  }
};
using Spots = std::unordered_set<Spot, SpotHash>;
using Owners = std::unordered_map<Spot, std::uint32_t, SpotHash>;

Spot in_schema(const Draft& draft, std::string_view name) {
  return {.parent = Draft::none, .schema = draft.schema, .name = name};
}
Spot in_parent(const Draft& draft, std::string_view name) {
  return {.parent = draft.parent, .schema = {}, .name = name};
}

class Namer {
 public:
  Namer(Binding& binding, Catalog& catalog) : binding_(binding), catalog_(catalog) {}

  void name_all();

 private:
  void reserve_explicit();
  void reserve_from_above();
  bool comes_from_above(const Draft& draft, std::string_view name) const;
  void reserve(const Draft& draft);
  bool taken(const Draft& draft, std::string_view name) const;
  void choose(Draft& draft);
  ObjectId id_of(const Draft& draft) const;
  bool says_nothing(const Draft& draft) const;
  void place(std::uint32_t index);
  bool check_spaces(const Draft& draft);
  void claim(Owners& space, const Spot& spot, std::uint32_t index);
  void write_out_serial(std::uint32_t column);
  void attach_comment(const Draft& draft);

  Binding& binding_;
  Catalog& catalog_;
  Spots taken_;  // names of relations and constraints
  Spots columns_;
  // What a part has of its own kind of those further up, by the names that the server gives it.
  std::unordered_map<Spot, const Draft*, SpotHash> from_above_;
  std::deque<std::string> names_from_above_;
  std::unordered_map<std::uint32_t, int> positions_;
  std::vector<std::uint32_t> drafts_;  // of each object of the catalog
  Owners relations_, types_, constraints_, routines_;
  std::deque<std::string> further_names_;  // of types
};

void Namer::reserve(const Draft& draft) {
  const NameSpaces& spaces = draft.kind->spaces;
  if (spaces.relation) taken_.insert(in_schema(draft, draft.name.text));
  if (spaces.constraint) taken_.insert(in_parent(draft, draft.name.text));
}

void Namer::reserve_explicit() {
  for (std::uint32_t i = 0; i < binding_.drafts.size(); ++i) {
    const Draft& draft = binding_.drafts[i];
    if (draft.name.empty()) continue;
    reserve(draft);
    if (draft.kind->recorded_order) columns_.insert(in_parent(draft, draft.name.text));
  }
}

// A partition gets indexes from further up when it is made, before its own ones are.
void Namer::reserve_from_above() {
  std::unordered_map<Spot, std::uint32_t, SpotHash> wholes;
  for (std::uint32_t i = 0; i < binding_.drafts.size(); ++i)
    if (const Draft& draft = binding_.drafts[i]; !draft.kind->part_keyword.empty())
      wholes.emplace(in_schema(draft, draft.name.text), i);
  std::unordered_multimap<std::uint32_t, const Draft*> indexes;
  for (const Draft& draft : binding_.drafts)
    if (draft.parent != Draft::none && draft.kind->spaces.relation &&
        !binding_.drafts[draft.parent].kind->part_keyword.empty())
      indexes.emplace(draft.parent, &draft);
  for (std::uint32_t i = 0; i < binding_.drafts.size(); ++i) {
    const Draft& part = binding_.drafts[i];
    for (const Draft* at = &part; at->part_of;) {
      const auto whole = wholes.find({.parent = Draft::none,
                                      .schema = at->part_of->schema.text,
                                      .name = at->part_of->name.text});
      if (whole == wholes.end()) break;
      const auto [first, last] = indexes.equal_range(whole->second);
      for (auto index = first; index != last; ++index) {
        const Draft& above = *index->second;
        const NameParts parts = name_parts(
            *above.kind, above.object.values, part.name.text, [](std::string_view) { return true; },
            binding_.cache);
        names_from_above_.push_back(choose_name(parts, [&](const std::string& name) {
          return from_above_.contains(Spot{.parent = i, .schema = {}, .name = name});
        }));
        from_above_.emplace(Spot{.parent = i, .schema = {}, .name = names_from_above_.back()},
                            &above);
      }
      at = &binding_.drafts[whole->second];
    }
  }
}

// Whether the part of something that `draft` stands in has another index of that name from there.
bool Namer::comes_from_above(const Draft& draft, std::string_view name) const {
  const auto index = from_above_.find(in_parent(draft, name));
  if (index == from_above_.end()) return false;
  const Draft& above = *index->second;
  return above.kind != draft.kind || above.object.values != draft.object.values;
}

bool Namer::taken(const Draft& draft, std::string_view name) const {
  const NameSpaces& spaces = draft.kind->spaces;
  return (spaces.relation &&
          (taken_.contains(in_schema(draft, name)) || comes_from_above(draft, name))) ||
         (spaces.constraint && taken_.contains(in_parent(draft, name)));
}

void Namer::choose(Draft& draft) {
  const Draft& parent = binding_.drafts[draft.parent];
  const auto has_column = [&](std::string_view name) {
    return columns_.contains(in_parent(draft, name));
  };
  const NameParts parts =
      name_parts(*draft.kind, draft.object.values, parent.name.text, has_column, binding_.cache);
  draft.name =
      Ident(choose_name(parts, [&](const std::string& name) { return taken(draft, name); }));
  reserve(draft);
}

ObjectId Namer::id_of(const Draft& draft) const {
  const KindInfo& kind = *draft.kind;
  const auto joined = [](std::initializer_list<std::string_view> parts) {
    std::string key;
    for (std::string_view part : parts) (key += key.empty() ? "" : std::string(1, '\0')) += part;
    return key;
  };
  const auto parent = [&]() -> const std::string& {
    return binding_.drafts[draft.parent].object.id.key();
  };
  const std::string name =
      is_named_by_values(kind) ? kind.signature(draft.object.values) : draft.name.text;
  switch (kind.scope) {
    case Scope::database:
      return ObjectId::from_key(kind, name);
    case Scope::schema:
      return ObjectId::from_key(kind, joined({draft.schema, name}));
    case Scope::signature: {
      const std::string signature = kind.signature(draft.object.values);
      return ObjectId::from_key(kind, joined({draft.schema, draft.name.text}) + '\0' + signature);
    }
    case Scope::parent:
      return ObjectId::from_key(kind, joined({parent(), name}));
    case Scope::single:
      return ObjectId::from_key(kind, parent());
    case Scope::target:
    case Scope::attached: {
      const std::string on =
          std::string(binding_.drafts[draft.parent].kind->name) + '\0' + parent();
      if (kind.signature == nullptr) return ObjectId::from_key(kind, on);
      return ObjectId::from_key(kind, on + '\0' + kind.signature(draft.object.values));
    }
  }
  std::abort();
}

// A sequence, owned by the column, and a default that takes its next value: what the server makes
// of a serial type.
void Namer::write_out_serial(std::uint32_t index) {
  Draft& column = binding_.drafts[index];
  const Draft& table = binding_.drafts[column.parent];
  Draft sequence;
  sequence.kind = &owned_kind();
  sequence.schema = column.schema;
  sequence.home = column.home;
  sequence.object.declared_at = column.object.declared_at;
  sequence.name_span = column.name_span;
  sequence.name =
      Ident(choose_name({table.name.text, column.name.text, "seq"},
                        [&](const std::string& name) { return taken(sequence, name); }));
  const TypeRef type = *column.object.values[0].type();
  for (std::size_t i = 0; i < sequence.kind->fields.size(); ++i) {
    const FieldInfo& field = sequence.kind->fields[i];
    if (field.shape == Shape::type && type.name.name.text != field.absent)
      sequence.object.values.set(i, type);
    if (field.refers == Refers::owner_column)
      sequence.object.values.set(i,
                                 List{Ident(std::string(column.schema)), table.name, column.name});
  }
  std::string plain;
  for (const std::string_view part : {sequence.schema, std::string_view(sequence.name.text)})
    plain += (plain.empty() ? "" : ".") + dsl_ident(part);
  std::string literal;
  for (char c : plain) literal += c == '\'' ? std::string("''") : std::string(1, c);
  Draft initial;
  initial.kind = members_of(column.kind).inlined.front();
  initial.parent = index;
  initial.schema = column.schema;
  initial.home = column.home;
  initial.object.declared_at = column.object.declared_at;
  initial.name_span = column.name_span;
  initial.object.values.set(0, SqlText{"nextval('" + literal + "'::regclass)", {}, 0});
  reserve(binding_.drafts.emplace_back(std::move(sequence)));
  place(static_cast<std::uint32_t>(binding_.drafts.size() - 1));
  binding_.drafts.push_back(std::move(initial));
  place(static_cast<std::uint32_t>(binding_.drafts.size() - 1));
}

void Namer::claim(Owners& space, const Spot& spot, std::uint32_t index) {
  const auto [at, added] = space.emplace(spot, index);
  Draft& draft = binding_.drafts[index];
  if (added || draft.broken) return;
  draft.broken = true;
  const Draft& other = binding_.drafts[at->second];
  binding_.report({name_taken(to_string(draft.object.id), to_string(other.object.id)),
                   draft.name_span,
                   "",
                   {{other.name_span, "here"}}});
}

// Whether a draft gives an object to the one who makes it. Schema public alone is another's.
bool Namer::says_nothing(const Draft& draft) const {
  if (!draft.kind->for_whole_file || draft.object.values[0].ident() == nullptr) return false;
  const Draft& on = binding_.drafts[draft.parent];
  const bool of_public = on.kind->names_others && on.name.text == kPublic;
  return draft.object.values[0].ident()->text == kCurrentUser && !of_public;
}

void Namer::place(std::uint32_t index) {
  Draft& draft = binding_.drafts[index];
  Object& object = draft.object;
  object.id = id_of(draft);
  if (draft.parent != Draft::none) object.parent = binding_.drafts[draft.parent].object.id;
  if (draft.kind->recorded_order) object.position = positions_[draft.parent]++;
  if (says_nothing(draft)) return;
  for (std::size_t i = 0; i < draft.kind->fields.size(); ++i) {
    const List* path = object.values[i].list();
    if (draft.kind->fields[i].refers != Refers::owner_column || path == nullptr) continue;
    // The object stands under the column that owns it.
    for (const KindInfo* kind : all_kinds()) {
      if (kind->parents.empty() || !kind->recorded_order || !kind->holds_rows) continue;
      std::vector<std::string_view> parts;
      for (const Value& part : *path) parts.push_back(part.ident()->text);
      object.parent = ObjectId(*kind, parts);
    }
  }
  if (const Object* same = catalog_.find(object.id)) {
    const Draft& other =
        binding_.drafts[drafts_[static_cast<std::size_t>(same - catalog_.objects().data())]];
    draft.broken = true;
    return binding_.report({duplicate_definition(to_string(object.id)),
                            draft.name_span,
                            "",
                            {{other.name_span, "first here"}}});
  }
  const NameSpaces& spaces = draft.kind->spaces;
  if (spaces.relation) claim(relations_, in_schema(draft, draft.name.text), index);
  if (spaces.type) claim(types_, in_schema(draft, draft.name.text), index);
  if (draft.kind->further_type != nullptr)
    claim(types_,
          in_schema(draft, further_names_.emplace_back(
                               draft.kind->further_type(draft.name.text, object.values))),
          index);
  if (spaces.constraint) claim(constraints_, in_parent(draft, draft.name.text), index);
  if (spaces.routine)
    claim(routines_, {.parent = Draft::none, .schema = {}, .name = object.id.key()}, index);
  catalog_.add(object);
  drafts_.push_back(index);
}

void Namer::attach_comment(const Draft& draft) {
  if (!draft.doc || !catalog_.contains(draft.object.id)) return;
  const KindInfo& kind = kind_of_comments();
  Object comment;
  comment.id =
      ObjectId::from_key(kind, std::string(draft.kind->name) + '\0' + draft.object.id.key());
  comment.parent = draft.object.id;
  comment.values.set(0, draft.doc->text);
  comment.declared_at = draft.doc->at;
  catalog_.add(std::move(comment));
}

void Namer::name_all() {
  std::size_t objects = 0;
  for (const Draft& draft : binding_.drafts)
    objects += 1 + (draft.doc ? 1 : 0) + (draft.serial ? 2 : 0);
  catalog_.reserve(objects);
  drafts_.reserve(binding_.drafts.size());
  taken_.reserve(binding_.drafts.size());
  reserve_explicit();
  reserve_from_above();
  const std::size_t declared = binding_.drafts.size();
  for (std::uint32_t i = 0; i < declared; ++i) {
    Draft& draft = binding_.drafts[i];
    if (draft.name.empty() && draft.kind->naming != Naming::none) {
      if (draft.kind->naming != Naming::automatic) continue;  // reported: it has no name
      choose(draft);
    }
    place(i);
    if (draft.serial) write_out_serial(i);
  }
  for (const Draft& draft : binding_.drafts) attach_comment(draft);
}

}  // namespace

void name_all(Binding& binding, Catalog& catalog) {
  Namer(binding, catalog).name_all();
}

}  // namespace schemac
