#pragma once
// Two small catalogs, and what the rules of one object say between them.

#include <string>
#include <string_view>
#include <vector>

#include "codegen/postgres/postgres.h"
#include "compiler/ir/describe.h"
#include "compiler/kinds/column.h"
#include "compiler/kinds/table.h"

// Objects of tests name only the fields that matter.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

namespace schemac::postgres {

inline QName shop(std::string name) {
  return {Ident("shop"), Ident(std::move(name))};
}
inline TypeRef type(std::string name, std::vector<std::string> modifiers = {}) {
  return {{{}, Ident(std::move(name))}, std::move(modifiers), 0};
}
inline TypeRef array_of(TypeRef element) {
  element.dimensions = 1;
  return element;
}
inline SqlText text(std::string written) {
  return {std::move(written), {}, 0};
}

template <class T>
Object make(const KindInfo& kind, const std::vector<std::string_view>& path, const T& value,
            ObjectId parent = {}) {
  Object object;
  object.id = ObjectId(kind, path);
  object.parent = std::move(parent);
  object.values = write_fields(value);
  return object;
}

// In schema `shop`, table `item`.
inline ObjectId item_id() {
  return ObjectId(table_kind, {"shop", "item"});
}
inline Object item() {
  return make(table_kind, {"shop", "item"}, Table{});
}
template <class T>
Object in_item(const KindInfo& kind, std::string_view name, const T& value) {
  return make(kind, {"shop", "item", name}, value, item_id());
}
inline Object column(std::string_view name, const Column& value) {
  return in_item(column_kind, name, value);
}

struct Bench {
  Catalog from, to;
  int version = 15;

  Bench& was(Object object) {
    from.add(std::move(object));
    return *this;
  }
  Bench& now(Object object) {
    to.add(std::move(object));
    return *this;
  }
  Bench& both(const Object& object) { return was(object).now(object); }

  template <class Use>
  auto with_context(Use use) const {
    const Children before(from), after(to);
    const Target aim = target(version, Online::never);
    return use(Context(from, to, before, after, aim));
  }

  Actions create(const Object& object) const {
    return with_context(
        [&](const Context& plan) { return rules_of(object.kind()).create(object, plan); });
  }
  Actions drop(const Object& object) const {
    return with_context(
        [&](const Context& plan) { return rules_of(object.kind()).drop(object, plan); });
  }
  Actions rename(const Object& was, const Object& now) const {
    return with_context(
        [&](const Context& plan) { return rules_of(now.kind()).rename(was, now, plan); });
  }
  std::optional<Actions> alter(std::string_view field, const Object& was, const Object& now) const {
    for (const FieldRule& rule : rules_of(now.kind()).fields)
      if (rule.field == field && rule.on_change == OnChange::alter)
        return with_context([&](const Context& plan) { return rule.alter(was, now, plan); });
    return std::nullopt;
  }
};

// The statements, one after the other, each with its semicolon.
inline std::string sql_of(const Actions& actions) {
  std::string text;
  for (const Action& action : actions)
    text += (text.empty() ? "" : "\n") + statement_text(action, dialect()) + ";";
  return text;
}
inline std::string sql_of(const std::optional<Actions>& actions) {
  return actions ? sql_of(*actions) : "replace";
}

// What statements do to relations: `table shop.item ACCESS EXCLUSIVE rewrites scans`.
inline std::string facts_of(const Action& action) {
  std::string text;
  for (const Touch& touch : action.touches) {
    text += (text.empty() ? "" : ", ") + to_string(touch.relation) + " " +
            std::string(to_string(touch.lock));
    if (touch.rewrites) text += " rewrites";
    if (touch.scans) text += " scans";
  }
  if (action.loss == Loss::rows) text += " loses rows";
  return text;
}

}  // namespace schemac::postgres
