// Owners and rights.
#include <algorithm>

#include "tests/property/maker.h"
#include "tests/property/rights.h"
#include "tests/property/types.h"

namespace schemac::property {

namespace {

using Strings = std::vector<std::string>;

Strings some(Random& random, Strings from) {
  Strings chosen;
  for (const std::string& word : from)
    if (random.chance(40)) chosen.push_back(word);
  return chosen.empty() ? Strings{random.pick(from)} : chosen;
}

}  // namespace

Strings Maker::roles() {
  Strings chosen;
  for (const std::string& role : role_names())
    if (random_.chance(35)) chosen.push_back(role);
  return chosen;
}

std::string Maker::owner() {
  return random_.chance(30) ? "" : random_.chance(15) ? "current_user" : random_.pick(role_names());
}

Right Maker::right(const Model& model, Grantable kind, const std::string& owner, Id relation) {
  Right made;
  if (privileges_of(kind).empty()) return made;
  const bool standard = kind == Grantable::type || kind == Grantable::routine;
  made.privileges = random_.chance(20) ? Strings{"all"} : some(random_, privileges_of(kind));
  if (random_.chance(standard ? 50 : 15)) {
    made.revoked = true;
    made.role = standard && random_.chance(70) ? "public" : owner.empty() ? "current_user" : owner;
    return made;
  }
  made.role = !standard && random_.chance(20) ? "public" : random_.pick(role_names());
  made.option = made.role != "public" && random_.chance(20);
  const std::vector<Shown> shown = columns_of(model, relation);
  if (shown.empty() || random_.chance(60)) return made;
  if (random_.chance(50)) made.privileges.clear();
  for (int i = random_.between(1, 2); i > 0; --i)
    made.on_columns.emplace_back(random_.pick(Strings{"select", "insert", "update", "references"}),
                                 random_.pick(shown).id);
  return made;
}

void Maker::give_rights(Model& model, int percent) {
  const bool owners = random_.chance(60);
  if (owners && random_.chance(30))
    for (Schema& schema : model.schemas)
      if (random_.chance(50)) schema.file_owner = random_.pick(role_names());
  visit_owned(model, [&](Owned& owned, Grantable kind, Id) {
    if (owners && random_.chance(percent)) owned.owner = owner();
    if (kind == Grantable::nothing) return;
    for (int i = random_.chance(percent) ? random_.between(1, 3) : 0; i > 0; --i)
      owned.rights.push_back(right(model, kind, owned.owner, owned.id));
  });
  for (Table& table : model.tables)
    for (Column& column : table.columns)
      if (column.identity && random_.chance(percent))
        column.rights.push_back(right(model, Grantable::sequence, table.owner, 0));
  for (int i = random_.below(3); i > 0; --i) add_default_right(model);
}

void Maker::add_brought(Extension& extension) {
  std::vector<int> own;
  const auto things = brought_things();
  for (std::size_t i = 0; i < things.size(); ++i)
    if (things[i].extension == extension.name) own.push_back(static_cast<int>(i));
  if (own.empty()) return;
  Brought made;
  made.id = next();
  made.which = random_.pick(own);
  const Grantable kind = things[static_cast<std::size_t>(made.which)].kind;
  for (int i = random_.between(1, 2); i > 0; --i) made.rights.push_back(right({}, kind, "", 0));
  extension.brought.push_back(made);
}

void Maker::add_default_right(Model& model) {
  DefaultRight made;
  made.id = next();
  const auto kind = static_cast<Grantable>(random_.below(5));
  made.objects = word_for(kind);
  if (random_.chance(30)) made.maker = random_.pick(role_names());
  const bool standard = kind == Grantable::type || kind == Grantable::routine;
  Right& right = made.right;
  right.privileges = random_.chance(20) ? Strings{"all"} : some(random_, privileges_of(kind));
  right.revoked = standard && random_.chance(40);
  right.role = right.revoked ? "public" : random_.pick(role_names());
  if (right.role == made.maker) made.maker.clear();
  if (!right.revoked) {
    right.option = random_.chance(20);
    if (kind != Grantable::schema && random_.chance(50)) made.schema = some_schema(model);
    if (made.schema != 0 && !right.option && random_.chance(20)) right.role = "public";
  }
  model.default_rights.push_back(made);
}

}  // namespace schemac::property
