#include "compiler/diff/owners.h"

#include <algorithm>
#include <vector>

#include "compiler/ir/signature.h"
#include "compiler/names/names.h"

namespace schemac {
namespace {

bool names_role(const Object& object, std::size_t field, const std::string& role) {
  const Ident* named = object.values[field].ident();
  return object.kind().fields[field].refers == Refers::role && named != nullptr &&
         named->text == role;
}

// The owner that `other` names is the one who reads, so that the database has nothing to say.
void name_owner(Catalog& live, const Object& named) {
  if (!names_role(named, 0, live.read_by) || !live.contains(named.parent)) return;
  const Object* known = live.find(named.id);
  if (known != nullptr && !names_role(*known, 0, std::string(kCurrentUser))) return;
  Object added = named;
  added.declared_at = {};
  live.add(std::move(added));
}

// Schema public is an object only where something is said about it.
void forget_owners(Catalog& live, const Catalog& other) {
  std::vector<ObjectId> forgotten;
  for (const Object& object : live.objects())
    if (object.kind().for_whole_file) forgotten.push_back(object.id);
  for (const ObjectId& id : forgotten) {
    const ObjectId on = live.find(id)->parent;
    live.erase(id);
    if (!on.kind().names_others || on.name() != kPublic || other.contains(on)) continue;
    const auto& rest = live.objects();
    if (std::none_of(rest.begin(), rest.end(),
                     [&](const Object& object) { return object.parent == on; }))
      live.erase(on);
  }
}

// The ids under which a database may know what `object` says of the role that reads.
std::vector<ObjectId> ids_as_read(const Object& object, const std::string& reader) {
  const KindInfo& kind = object.kind();
  std::vector<Values> forms{object.values};
  for (std::size_t i = 0; i < kind.fields.size(); ++i) {
    if (!names_role(object, i, reader)) continue;
    for (std::size_t form = forms.size(); form-- > 0;) {
      forms.push_back(forms[form]);
      forms.back().set(i, Ident(std::string(kCurrentUser)));
      if (kind.fields[i].required) continue;
      forms.push_back(forms[form]);
      forms.back().set(i, Value());
    }
  }
  std::vector<ObjectId> ids;
  for (std::size_t form = 1; form < forms.size(); ++form)
    ids.push_back(id_with(object, forms[form]));
  return ids;
}

void name_roles(Catalog& live, const Object& naming, const Catalog& other) {
  if (live.contains(naming.id)) return;
  for (const ObjectId& id : ids_as_read(naming, live.read_by)) {
    const Object* found = live.find(id);
    if (found == nullptr || other.contains(id)) continue;
    Object named = *found;
    named.id = naming.id;
    for (std::size_t i = 0; i < named.kind().fields.size(); ++i)
      if (names_role(naming, i, live.read_by)) named.values.set(i, naming.values[i]);
    live.erase(id);
    live.add(std::move(named));
    return;
  }
}

}  // namespace

void settle_owners(Catalog& live, const Catalog& other) {
  if (live.read_by.empty() || !other.read_by.empty()) return;
  bool any_owner = false;
  for (const Object& object : other.objects()) {
    const KindInfo& kind = object.kind();
    if (kind.for_whole_file) {
      any_owner = true;
      name_owner(live, object);
    } else if (kind.naming == Naming::none && kind.signature != nullptr) {
      name_roles(live, object, other);
    }
  }
  if (!any_owner) forget_owners(live, other);
  live.sort();
}

}  // namespace schemac
