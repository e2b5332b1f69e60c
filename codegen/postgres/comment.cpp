#include "compiler/kinds/comment.h"

#include <algorithm>
#include <cassert>

#include "codegen/postgres/attached.h"
#include "codegen/postgres/parts.h"
#include "compiler/kinds/column.h"
#include "compiler/kinds/inherited_column.h"

namespace schemac::postgres {
namespace {

Actions comment_on(const Object* target, const Sql& text, const Context& plan) {
  assert(target != nullptr && rules_of(target->kind()).address != nullptr &&
         "a comment stands on an object that has an address");
  const Sql address = rules_of(target->kind()).address(*target);
  return {statement(sql("COMMENT ON ", address, " IS ", text), touch_by_word(*target, plan))};
}

Actions create(const Typed<Comment>& comment, const Context& plan) {
  return comment_on(plan.after(comment.object->parent), sql(Literal{comment.text}), plan);
}

// The comment that an object has from the start.
Sql first_comment(const Object& target) {
  const bool is_public = target.kind().names_others && target.id.name() == "public";
  return is_public ? sql(Literal{"standard public schema"}) : sql("NULL");
}

// Whether the same column gets another one, as the table's own or as one from further up.
bool is_said_again(const ObjectId& column, const Context& plan) {
  const bool own = &column.kind() == &column_kind;
  if (!own && &column.kind() != &inherited_column_kind) return false;
  const auto children = plan.children_after(
      ObjectId::from_key(own ? inherited_column_kind : column_kind, column.key()));
  return std::any_of(children.begin(), children.end(),
                     [](const Object* child) { return &child->kind() == &comment_kind; });
}

// Of an object that stays.
Actions drop(const Typed<Comment>& comment, const Context& plan) {
  const ObjectId& on = comment.object->parent;
  if (says_of_gone(on, plan) || is_said_again(on, plan)) return {};
  const Object* target = plan.after(comment.object->parent);
  if (target == nullptr) target = plan.before(comment.object->parent);
  return comment_on(target, first_comment(*target), plan);
}

std::optional<Actions> set_text(const Typed<Comment>&, const Typed<Comment>& now,
                                const Context& plan) {
  return create(now, plan);
}

constexpr FieldRule kFields[] = {
    alters<set_text>("text"),
};
static_assert(covers(comment_kind, kFields),
              "every field of a comment needs a rule, in their order");

}  // namespace

extern constexpr KindRules comment_rules{.create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
