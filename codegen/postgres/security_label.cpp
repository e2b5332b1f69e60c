#include "compiler/kinds/security_label.h"

#include <cassert>

#include "codegen/postgres/attached.h"
#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Actions label(const Typed<SecurityLabel>& label, const Object* target, const Sql& text,
              const Context& plan) {
  assert(target != nullptr && rules_of(target->kind()).address != nullptr &&
         "a label stands on an object that has an address");
  return {statement(sql("SECURITY LABEL FOR ", label.provider, " ON ",
                        rules_of(target->kind()).address(*target), " IS ", text),
                    touch_by_word(*target, plan))};
}

Actions create(const Typed<SecurityLabel>& now, const Context& plan) {
  return label(now, plan.after(now.object->parent), sql(Literal{now.label}), plan);
}

// Of an object that stays.
Actions drop(const Typed<SecurityLabel>& was, const Context& plan) {
  if (says_of_gone(was.object->parent, plan)) return {};
  const Object* target = plan.after(was.object->parent);
  if (target == nullptr) target = plan.before(was.object->parent);
  return label(was, target, sql("NULL"), plan);
}

std::optional<Actions> set_label(const Typed<SecurityLabel>&, const Typed<SecurityLabel>& now,
                                 const Context& plan) {
  return create(now, plan);
}

constexpr FieldRule kFields[] = {
    replaces("provider"),
    alters<set_label>("label"),
};
static_assert(covers(security_label_kind, kFields),
              "every field of a security label needs a rule, in their order");

}  // namespace

extern constexpr KindRules security_label_rules{
    .create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
