// Edits of the rarer kinds.
#include "tests/property/edit.h"
#include "tests/property/things.h"

namespace schemac::property {

void Editor::edit_thing(Model& model) {
  if (model.things.empty()) return maker_.add_thing(model);
  const Thing former = random_.pick(model.things);
  switch (random_.below(5)) {
    case 0:
      find(model.things, former.id)->form = random_.below(12);
      break;
    case 1:
    case 2:
      find(model.things, former.id)->k = random_.below(16);
      break;
    case 3:
      if (former.schema != 0)
        find(model.things, former.id)->schema = random_.pick(model.schemas).id;
      break;
    default: {
      // Made of other things than before.
      const std::size_t before = model.things.size();
      maker_.add_thing(model, former.sort);
      if (model.things.size() == before) return;
      const std::vector<Id> uses = model.things.back().uses;
      model.things.pop_back();
      find(model.things, former.id)->uses = uses;
    }
  }
}

void Editor::edit_extras(Model& model) {
  Relation* relation = some_table(model);
  if (relation == nullptr || (random_.chance(20) && !model.views.empty()))
    relation = model.views.empty() ? nullptr : &random_.pick(model.views);
  if (relation == nullptr) return;
  const View* view = find(model.views, relation->id);
  if (view != nullptr && !view->materialized) return maker_.add_rule(model, *relation);
  switch (random_.below(4)) {
    case 0:
      if (view == nullptr) maker_.add_rule(model, *relation);
      break;
    case 1:
      maker_.add_statistics(model, *relation);
      break;
    case 2:
      if (relation->rules.empty()) return;
      relation->rules.back().k = random_.below(100);
      relation->rules.back().column = 0;
      relation->rules.back().enabled = random_.chance(50) ? "" : "disabled";
      break;
    default:
      if (relation->statistics.empty()) return;
      relation->statistics.back().target = random_.below(500);
      if (random_.chance(40)) relation->statistics.back().kinds = {"ndistinct"};
  }
}

}  // namespace schemac::property
