#include "compiler/kinds/enum.h"

#include <algorithm>

#include "codegen/postgres/parts.h"
#include "compiler/diff/diff.h"

namespace schemac::postgres {
namespace {

using Labels = std::vector<std::string>;

Sql alter_type(const QName& name) {
  return sql("ALTER TYPE ", name, " ");
}

bool contains(const Labels& labels, const std::string& label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

Labels labels_of(const Enum& type) {
  Labels labels;
  for (const EnumLabel& label : type.labels) labels.push_back(label.label);
  return labels;
}

// Makes the renames, in `labels` as well.
Actions rename_labels(Labels& labels, const Object& was, const Object& now, const QName& name) {
  Actions actions;
  for (const auto& [from, to] : value_renames(was, now)) {
    actions.push_back(
        statement(sql(alter_type(name), "RENAME VALUE ", Literal{from}, " TO ", Literal{to})));
    *std::find(labels.begin(), labels.end(), from) = to;
  }
  return actions;
}

// Whether `few` is `many` with some left out.
bool is_subsequence(const Labels& few, const Labels& many) {
  auto at = many.begin();
  for (const std::string& label : few) {
    at = std::find(at, many.end(), label);
    if (at == many.end()) return false;
    ++at;
  }
  return true;
}

Action add_label(const Labels& wanted, std::size_t i, const Labels& had, const QName& name) {
  Sql head = sql(alter_type(name), "ADD VALUE ", Literal{wanted[i]});
  const bool last = std::none_of(wanted.begin() + static_cast<std::ptrdiff_t>(i), wanted.end(),
                                 [&](const std::string& l) { return contains(had, l); });
  if (!last && i > 0) head.add(sql(" AFTER ", Literal{wanted[i - 1]}));
  if (!last && i == 0) head.add(sql(" BEFORE ", Literal{had.front()}));
  Action action = statement(std::move(head));
  action.tx = Tx::commit_after;
  return action;
}

Actions create(const Typed<Enum>& type, const Context&) {
  std::vector<Sql> labels;
  for (const EnumLabel& label : type.labels) labels.push_back(sql(Literal{label.label}));
  return {statement(sql("CREATE TYPE ", type.qname(), " AS ENUM (", join(labels, ", "), ")"))};
}

Actions drop(const Typed<Enum>& type, const Context&) {
  return {statement(sql("DROP TYPE ", type_name({type.qname(), {}, 0})), {}, Loss::rebuildable)};
}

Actions rename(const Typed<Enum>& was, const Typed<Enum>& now, const Context&) {
  return {
      statement(sql(alter_type({now.qname().schema, was.name()}), "RENAME TO ", now.qname().name))};
}

// Labels come in anywhere; one that goes or moves needs a new type, because rows may hold it.
std::optional<Actions> set_labels(const Typed<Enum>& was, const Typed<Enum>& now, const Context&) {
  Labels labels = labels_of(was);
  const Labels wanted = labels_of(now);
  Actions actions = rename_labels(labels, *was.object, *now.object, now.qname());
  if (!is_subsequence(labels, wanted)) return std::nullopt;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (!contains(labels, wanted[i])) actions.push_back(add_label(wanted, i, labels, now.qname()));
  return actions;
}

// Labels are renamed while the columns still have the old type, so that their text carries them
// over, in arrays too.
Actions retire(const Typed<Enum>& was, const Context& plan) {
  Actions actions;
  if (const Object* now = plan.after(was.id())) {
    Labels labels = labels_of(was);
    actions = rename_labels(labels, *was.object, *now, was.qname());
  }
  actions.push_back(
      statement(sql(alter_type(was.qname()), "RENAME TO ", suffixed(was.name(), "__retired"))));
  return actions;
}

Actions drop_retired(const Typed<Enum>& was, const Context&) {
  return {statement(sql(
      "DROP TYPE ", type_name({{was.qname().schema, suffixed(was.name(), "__retired")}, {}, 0})))};
}

Sql address(const Object& type) {
  return sql("TYPE ", type_name({qname(type.id), {}, 0}));
}

constexpr FieldRule kFields[] = {
    alters<set_labels>("labels"),
};
static_assert(covers(enum_kind, kFields), "every field of an enum needs a rule, in their order");

}  // namespace

extern constexpr KindRules enum_rules{.create = on<create>,
                                      .drop = on<drop>,
                                      .rename = on_both<rename>,
                                      .retire = on<retire>,
                                      .drop_retired = on<drop_retired>,
                                      .address = address,
                                      .fields = kFields};

}  // namespace schemac::postgres
