#pragma once
// Writing the rules of a kind: typed functions, and a table row for each of its fields.
//
//   static Actions create(const Typed<Index>& index, const Context& plan);
//   static Actions set_storage(const Typed<Index>& was, const Typed<Index>& now, const Context&);
//   constexpr FieldRule kFields[] = {replaces("method"), alters<set_storage>("with"), …};
//   static_assert(covers(index_kind, kFields), "…");
//   extern constexpr KindRules index_rules{.create = on<create>, …, .fields = kFields};

#include <algorithm>
#include <iterator>

#include "codegen/postgres/postgres.h"
#include "compiler/ir/describe.h"

namespace schemac::postgres {

template <class T>
void append(std::vector<T>& list, std::vector<T> more) {
  std::move(more.begin(), more.end(), std::back_inserter(list));
}

namespace detail {
template <class F>
struct FirstArgument;
template <class R, class T, class... Rest>
struct FirstArgument<R (*)(const Typed<T>&, Rest...)> {
  using type = T;
};
template <class R, class T, class... Rest>
struct FirstArgument<R (*)(const Typed<T>&, const Typed<T>&, Rest...)> {
  using type = T;
};
template <auto F>
using KindStruct = typename FirstArgument<decltype(F)>::type;
}  // namespace detail

// Typed functions as the planner calls them.
template <auto F>
Actions on(const Object& object, const Context& plan) {
  return F(typed<detail::KindStruct<F>>(object), plan);
}
template <auto F>
Actions on_both(const Object& was, const Object& now, const Context& plan) {
  using T = detail::KindStruct<F>;
  return F(typed<T>(was), typed<T>(now), plan);
}
template <auto F>
std::optional<Actions> on_change(const Object& was, const Object& now, const Context& plan) {
  using T = detail::KindStruct<F>;
  return F(typed<T>(was), typed<T>(now), plan);
}

constexpr FieldRule replaces(std::string_view field) {
  return {field, OnChange::replace};
}
constexpr FieldRule ignores(std::string_view field, std::string_view why) {
  return {field, OnChange::ignore, nullptr, false, why};
}
template <auto F>
constexpr FieldRule alters(std::string_view field) {
  return {field, OnChange::alter, on_change<F>};
}
template <auto F>
constexpr FieldRule alters_under_texts(std::string_view field) {
  return {field, OnChange::alter, on_change<F>, true};
}

// Whether the table has one row for each field of the kind, in their order; intents need none.
constexpr bool covers(const KindInfo& kind, std::span<const FieldRule> rules) {
  std::size_t next = 0;
  for (const FieldInfo& field : kind.fields) {
    if (field.role == Role::intent) continue;
    if (next >= rules.size() || rules[next].field != field.name) return false;
    ++next;
  }
  return next == rules.size();
}

}  // namespace schemac::postgres
