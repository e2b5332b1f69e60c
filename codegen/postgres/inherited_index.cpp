#include "codegen/postgres/inherited_index.h"

#include <algorithm>

#include "codegen/postgres/index_marks.h"
#include "codegen/postgres/made_names.h"
#include "codegen/postgres/parts.h"
#include "compiler/kinds/comment.h"
#include "compiler/kinds/exclusion.h"
#include "compiler/kinds/index.h"
#include "compiler/kinds/inherited_index.h"

namespace schemac::postgres {
namespace {

using Targets = std::vector<std::optional<std::int64_t>>;

struct Matters {
  std::vector<Setting> with;
  std::optional<Ident> tablespace;
  Targets targets;  // by key
  bool replica_identity = false;
  bool cluster = false;
  std::optional<std::string> comment, constraint_comment;
};

// An index as statements call it.
struct Place {
  ObjectId table;
  Ident name;
};

const Value* value_of(const Object& object, std::string_view name) {
  for (std::size_t i = 0; i < object.kind().fields.size(); ++i)
    if (object.kind().fields[i].name == name)
      return object.values[i].absent() ? nullptr : &object.values[i];
  return nullptr;
}

std::optional<std::string> text_of(const Value* value) {
  return value == nullptr ? std::nullopt : std::optional(*value->text());
}

std::optional<std::string> comment_on(const Context& plan, Side side, const Object& object) {
  for (const Object* child : children(plan, side, object.id))
    if (&child->kind() == &comment_kind) return typed<Comment>(*child).text;
  return std::nullopt;
}

Targets targets_of(const Object& key) {
  Targets targets;
  if (&key.kind() == &index_kind)
    for (const IndexKey& one : typed<Index>(key).keys) targets.push_back(one.statistics);
  if (&key.kind() == &exclusion_kind)
    for (const ExclusionElement& one : typed<Exclusion>(key).elements)
      targets.push_back(one.key.statistics);
  return targets;
}

// What the server gives to the index of a partition.
Matters given_by(const Object& key) {
  Matters matters;
  if (const Value* with = value_of(key, "with"))
    matters.with = from_value<std::vector<Setting>>(*with);
  if (const Value* tablespace = value_of(key, "tablespace"))
    matters.tablespace = *tablespace->ident();
  matters.targets = targets_of(key);
  return matters;
}

Matters own_matters(const Context& plan, Side side, const Object& key) {
  Matters matters = given_by(key);
  matters.replica_identity = value_of(key, "replica_identity") != nullptr;
  matters.cluster = value_of(key, "cluster") != nullptr;
  const bool index = &key.kind() == &index_kind;
  matters.comment = index ? comment_on(plan, side, key) : text_of(value_of(key, "index_comment"));
  if (!index) matters.constraint_comment = comment_on(plan, side, key);
  return matters;
}

Matters with_said(Matters matters, const Typed<InheritedIndex>& said) {
  if (!said.with.empty() || said.no_options) matters.with = said.with;
  if (said.tablespace) matters.tablespace = said.tablespace;
  for (const KeyStatistics& one : said.statistics) {
    const auto at = static_cast<std::size_t>(one.key);
    if (at > 0 && at <= matters.targets.size()) matters.targets[at - 1] = one.target;
  }
  matters.replica_identity = said.replica_identity;
  matters.cluster = said.cluster;
  matters.constraint_comment = said.constraint_comment;
  return matters;
}

const Object* said_of(const Context& plan, Side side, const Object& key,
                      const ObjectId& partition) {
  for (const Object* child : children(plan, side, partition))
    if (&child->kind() == &inherited_index_kind &&
        typed<InheritedIndex>(*child).of.text == key.id.name())
      return child;
  return nullptr;
}

Matters inherited_matters(const Context& plan, Side side, const Object& key,
                          const ObjectId& partition) {
  const Object* said = said_of(plan, side, key, partition);
  if (said == nullptr) return given_by(key);
  Matters matters = with_said(given_by(key), typed<InheritedIndex>(*said));
  matters.comment = comment_on(plan, side, *said);
  return matters;
}

QName qualified(const Place& place) {
  return {qname(place.table).schema, place.name};
}

Action set_target(const Place& place, std::size_t key, std::int64_t target, const Context& plan) {
  return statement(sql("ALTER INDEX ", qualified(place), " ALTER COLUMN ",
                       static_cast<std::int64_t>(key + 1), " SET STATISTICS ", target),
                   touch_only(plan, place.table, Lock::share_update_exclusive));
}

Action comment_to(const Place& place, const Sql& address, const std::optional<std::string>& text,
                  const Context& plan) {
  return statement(sql("COMMENT ON ", address, " IS ", text ? sql(Literal{*text}) : sql("NULL")),
                   touch_only(plan, place.table, Lock::share_update_exclusive));
}

Sql alter_table_of(const Place& place) {
  return sql("ALTER TABLE ", qname(place.table));
}

void reach_marks(const Matters& was, const Matters& now, const Place& place, const Context& plan,
                 Actions& actions) {
  const auto say = [&](const Sql& words, Lock lock) {
    actions.push_back(
        statement(sql(alter_table_of(place), words), touch_only(plan, place.table, lock)));
  };
  if (now.replica_identity && !was.replica_identity)
    say(sql(" REPLICA IDENTITY USING INDEX ", place.name), Lock::access_exclusive);
  if (was.replica_identity && !now.replica_identity && !has_replica_index(plan, place.table)) {
    const Object* table = plan.after(place.table);
    const Value* word = table == nullptr ? nullptr : value_of(*table, "replica_identity");
    say(sql(" REPLICA IDENTITY ", word == nullptr ? sql("DEFAULT") : sql(Word{*word->text()})),
        Lock::access_exclusive);
  }
  if (now.cluster && !was.cluster)
    say(sql(" CLUSTER ON ", place.name), Lock::share_update_exclusive);
  if (was.cluster && !now.cluster && !is_clustered(plan, place.table))
    say(sql(" SET WITHOUT CLUSTER"), Lock::share_update_exclusive);
}

// The statements that make one of the other.
Actions reach(const Matters& was, const Matters& now, const Place& place, const Context& plan) {
  const Sql alter = sql("ALTER INDEX ", qualified(place));
  Actions actions = set_parameters(alter, was.with, now.with,
                                   touch_only(plan, place.table, Lock::share_update_exclusive));
  if (was.tablespace != now.tablespace)
    actions.push_back(
        statement(sql(alter, " SET TABLESPACE ", now.tablespace.value_or(Ident("pg_default"))),
                  touch_only(plan, place.table, Lock::access_exclusive)));
  for (std::size_t i = 0; i < now.targets.size() && i < was.targets.size(); ++i)
    if (was.targets[i].value_or(-1) != now.targets[i].value_or(-1))
      actions.push_back(set_target(place, i, now.targets[i].value_or(-1), plan));
  reach_marks(was, now, place, plan, actions);
  if (was.comment != now.comment)
    actions.push_back(comment_to(place, sql("INDEX ", qualified(place)), now.comment, plan));
  if (was.constraint_comment != now.constraint_comment)
    actions.push_back(comment_to(place, sql("CONSTRAINT ", place.name, " ON ", qname(place.table)),
                                 now.constraint_comment, plan));
  return actions;
}

Place place_of(const Object& object) {
  return {object.parent, Ident(std::string(object.id.name()))};
}

// Whether the table had it as its own before, and keeps it.
bool was_own(const Typed<InheritedIndex>& said, const Context& plan) {
  const auto& parts = plan.children_before(said.object->parent);
  return std::any_of(parts.begin(), parts.end(), [&](const Object* part) {
    return comes_to_partitions(*part) && part->id.name() == said.id().name();
  });
}

Actions create(const Typed<InheritedIndex>& said, const Context& plan) {
  const Object* key = inherited_key_of(plan, Side::after, *said.object);
  if (key == nullptr || was_own(said, plan)) return {};
  Actions actions = name_inherited_key(*said.object, plan);
  const Matters given = given_by(*key);
  append(actions, reach(given, with_said(given, said), place_of(*said.object), plan));
  const Object* was = plan.before(said.id());
  const Object* former = was == nullptr ? nullptr : inherited_key_of(plan, Side::before, *was);
  for (Action& action : actions) {
    action.after = {said.object->parent, key->id};
    // What had the name for another goes with that.
    if (former != nullptr) action.after.push_back(former->id);
    // What was said of it under another name is taken back before.
    for (const Object* part : plan.children_before(said.object->parent))
      if (&part->kind() == &inherited_index_kind && part->id != said.id() &&
          typed<InheritedIndex>(*part).of == said.of)
        action.after.push_back(part->id);
  }
  return actions;
}

// The index stays, and is as further up again; one that is made anew has nothing of its own.
Actions drop(const Typed<InheritedIndex>& said, const Context& plan) {
  const Object* key = inherited_key_of(plan, Side::after, *said.object);
  if (key == nullptr) return {};
  const Object* again = plan.after(said.id());
  Actions actions;
  if (again == nullptr || typed<InheritedIndex>(*again).of != said.of) {
    const Matters given = given_by(*key);
    actions = reach(with_said(given, said), given, place_of(*said.object), plan);
  }
  append(actions, unname_inherited_key(*said.object, plan));
  return actions;
}

std::optional<Actions> set_matters(const Typed<InheritedIndex>& was,
                                   const Typed<InheritedIndex>& now, const Context& plan) {
  const Object* key = inherited_key_of(plan, Side::after, *now.object);
  if (key == nullptr) return std::nullopt;
  const Matters given = given_by(*key);
  return reach(with_said(given, was), with_said(given, now), place_of(*now.object), plan);
}

Sql address(const Object& index) {
  return sql("INDEX ", qualified(place_of(index)));
}

constexpr FieldRule kFields[] = {
    replaces("of"),
    alters<set_matters>("statistics"),
    alters<set_matters>("with"),
    alters<set_matters>("no_options"),
    alters<set_matters>("tablespace"),
    alters<set_matters>("replica_identity"),
    alters<set_matters>("cluster"),
    alters<set_matters>("constraint_comment"),
};
static_assert(covers(inherited_index_kind, kFields),
              "every field of an inherited index needs a rule, in their order");

// Partitions below the table of `key`, which go on having what it makes of them.
std::vector<ObjectId> partitions_with(const Context& plan, const Object& key) {
  std::vector<ObjectId> with = tables_below(plan, key.parent);
  std::erase_if(with, [&](const ObjectId& id) {
    const Object *was = plan.before(id), *now = plan.after(id);
    return was == nullptr || now == nullptr || now->value("partition_of").absent() ||
           !now->value("foreign").absent() ||
           was->value("partition_of") != now->value("partition_of");
  });
  return with;
}

}  // namespace

Actions restore_statistics_below(const Context& plan, const Object& index) {
  Actions actions;
  for (const ObjectId& partition : partitions_with(plan, index)) {
    const Object* said = said_of(plan, Side::after, index, partition);
    if (said == nullptr || plan.before(said->id) == nullptr) continue;
    for (const KeyStatistics& one : typed<InheritedIndex>(*said).statistics)
      actions.push_back(
          set_target(place_of(*said), static_cast<std::size_t>(one.key - 1), one.target, plan));
  }
  return actions;
}

Actions give_statistics(const Context& plan, const Object& partition) {
  Actions actions;
  for (const Object* key : keys_above(plan, Side::after, partition)) {
    if (plan.before(key->id) == nullptr) continue;  // made later, it reaches the partition
    const Matters matters = inherited_matters(plan, Side::after, *key, partition.id);
    const Place place{partition.id, Ident(inherited_name(plan, Side::after, *key, partition.id))};
    const Object* said = said_of(plan, Side::after, *key, partition.id);
    const Targets given = targets_of(*key);
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (!given[i] || matters.targets[i] != given[i]) continue;
      Action action = set_target(place, i, *given[i], plan);
      action.late = true;
      action.after = {key->id};
      if (said != nullptr) action.after.push_back(said->id);
      actions.push_back(std::move(action));
    }
  }
  return actions;
}

Actions move_below(const Context& plan, const Object& key) {
  Actions actions;
  const auto tablespace = given_by(key).tablespace.value_or(Ident("pg_default"));
  for (const ObjectId& partition : partitions_with(plan, key)) {
    const Object* said = said_of(plan, Side::after, key, partition);
    if (said != nullptr && typed<InheritedIndex>(*said).tablespace) continue;
    const Place place{partition, Ident(inherited_name(plan, Side::after, key, partition))};
    actions.push_back(
        statement(sql("ALTER INDEX ", qualified(place), " SET TABLESPACE ", tablespace),
                  touch_only(plan, partition, Lock::access_exclusive)));
  }
  return actions;
}

Actions hand_over(const Context& plan, const Object& own) {
  const Object* key = counterpart(plan, Side::after, own);
  if (key == nullptr) return {};
  return reach(own_matters(plan, Side::before, own),
               inherited_matters(plan, Side::after, *key, own.parent), place_of(own), plan);
}

Actions take_over(const Context& plan, const Object& own) {
  const Object* key = counterpart(plan, Side::before, own);
  if (key == nullptr) return {};
  return reach(inherited_matters(plan, Side::before, *key, own.parent),
               own_matters(plan, Side::after, own), place_of(own), plan);
}

extern constexpr KindRules inherited_index_rules{.create = on<create>,
                                                 .drop = on<drop>,
                                                 .drop_keeps_parts = true,
                                                 .rename = rename_inherited_key,
                                                 .said_of_remade = true,
                                                 .address = address,
                                                 .fields = kFields};

}  // namespace schemac::postgres
