// Edits of who owns what and who may do what.
#include "tests/property/edit.h"
#include "tests/property/rights.h"

namespace schemac::property {

namespace {

void change_option(Right& right) {
  if (!right.revoked && right.role != "public") right.option = !right.option;
}

}  // namespace

void Editor::edit_rights(Model& model) {
  int count = 0;
  visit_owned(model, [&](Owned&, Grantable, Id) { ++count; });
  if (count == 0) return;
  int at = random_.below(count);
  visit_owned(model, [&](Owned& owned, Grantable kind, Id) {
    if (at-- != 0) return;
    if (random_.chance(30) || kind == Grantable::nothing) {
      owned.owner = maker_.owner();
    } else if (owned.rights.empty() || random_.chance(40)) {
      owned.rights.push_back(maker_.right(model, kind, owned.owner, owned.id));
    } else if (random_.chance(50)) {
      owned.rights.pop_back();
    } else {
      owned.rights.back() = maker_.right(model, kind, owned.owner, owned.id);
    }
  });
}

void Editor::edit_brought(Model& model) {
  if (model.extensions.empty()) return;
  Extension& extension = random_.pick(model.extensions);
  if (!extension.brought.empty() && random_.chance(60)) {
    const Id id = random_.pick(extension.brought).id;
    std::erase_if(extension.brought, [&](const Brought& thing) { return thing.id == id; });
  }
  if (random_.chance(70)) maker_.add_brought(extension);
}

void Editor::edit_default_rights(Model& model) {
  std::vector<DefaultRight>& rights = model.default_rights;
  if (rights.empty() || random_.chance(50)) return maker_.add_default_right(model);
  if (random_.chance(50))
    rights.pop_back();
  else
    change_option(random_.pick(rights).right);
}

}  // namespace schemac::property
