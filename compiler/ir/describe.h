#pragma once
// Typed views of objects. A kind is a plain struct and a tuple of fields, each bound to a member:
//
//   struct Enum { std::vector<EnumLabel> labels; };
//   template <> struct Describe<Enum> {
//     static constexpr std::tuple fields{field("labels", &Enum::labels,
//     "…").listed(Listing::block)};
//   };
//   inline constexpr KindInfo enum_kind = describe<Enum>({.name = "enum", …});
//
// Engines see KindInfo and Value; only the rules of one kind see its struct, through typed<Enum>().

#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "compiler/ir/catalog.h"

namespace schemac {

template <class T>
struct Describe;  // specialised for each kind and each record

template <class T>
concept Described = requires {
  Describe<T>::fields;
};

namespace detail {

template <class T>
struct Unwrap {
  using type = T;
  static constexpr bool list = false;
  static constexpr bool optional = false;
};
template <class T>
struct Unwrap<std::optional<T>> {
  using type = T;
  static constexpr bool list = false;
  static constexpr bool optional = true;
};
template <class T>
struct Unwrap<std::vector<T>> {
  using type = T;
  static constexpr bool list = true;
  static constexpr bool optional = false;
};

template <class T>
constexpr Shape shape_of() {
  if constexpr (std::is_same_v<T, bool>)
    return Shape::flag;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return Shape::integer;
  else if constexpr (std::is_same_v<T, std::string>)
    return Shape::text;
  else if constexpr (std::is_same_v<T, Ident>)
    return Shape::ident;
  else if constexpr (std::is_same_v<T, QName>)
    return Shape::qname;
  else if constexpr (std::is_same_v<T, TypeRef>)
    return Shape::type;
  else if constexpr (std::is_same_v<T, SqlText>)
    return Shape::expr;
  else
    return Shape::record;
}

template <class T>
constexpr std::span<const FieldInfo> record_fields();

}  // namespace detail

// One row of a kind's table: a member and what engines may know about it. The clause in the schema
// language is the field's name with blanks for underscores unless `as` says otherwise.
template <class Struct, class Member>
struct Field {
  using Owner = Struct;
  Member Struct::*member;
  FieldInfo info;

  constexpr Field as(std::string_view clause) const {
    return with([&](FieldInfo& i) { i.clause = clause; });
  }
  constexpr Field shaped(Shape shape) const {
    return with([&](FieldInfo& i) { i.shape = shape; });
  }
  constexpr Field listed(Listing listing) const {
    return with([&](FieldInfo& i) { i.listing = listing; });
  }
  constexpr Field at(Place place) const {
    return with([&](FieldInfo& i) { i.place = place; });
  }
  constexpr Field absent(std::string_view value) const {
    return with([&](FieldInfo& i) { i.absent = value; });
  }
  constexpr Field required() const {
    return with([&](FieldInfo& i) { i.required = true; });
  }
  constexpr Field since(int version) const {
    return with([&](FieldInfo& i) { i.since = version; });
  }
  constexpr Field newer(std::span<const Newer> words) const {
    return with([&](FieldInfo& i) { i.newer = words; });
  }
  constexpr Field refers(Refers what) const {
    return with([&](FieldInfo& i) { i.refers = what; });
  }
  // A name of an object of the kind called so.
  constexpr Field refers(std::string_view kind) const {
    return with([&](FieldInfo& i) {
      i.refers = Refers::object;
      i.object = kind;
    });
  }
  constexpr Field refers_above(std::string_view kind = {}) const {
    return with([&](FieldInfo& i) {
      i.refers = Refers::above;
      i.object = kind;
    });
  }
  // Together with the object that a kind without names has for the type.
  constexpr Field along(std::string_view kind) const {
    return with([&](FieldInfo& i) { i.object = kind; });
  }
  constexpr Field brings_type() const {
    return with([&](FieldInfo& i) { i.brings_type = true; });
  }
  constexpr Field no_secrets() const {
    return with([&](FieldInfo& i) { i.no_secrets = true; });
  }
  constexpr Field intent() const {
    return with([&](FieldInfo& i) { i.role = Role::intent; });
  }
  constexpr Field unordered() const {
    return with([&](FieldInfo& i) { i.unordered = true; });
  }
  constexpr Field spread() const {
    return with([&](FieldInfo& i) { i.spread = true; });
  }
  constexpr Field unmodified() const {
    return with([&](FieldInfo& i) { i.unmodified = true; });
  }
  constexpr Field brings_columns() const {
    return with([&](FieldInfo& i) { i.brings_columns = true; });
  }
  constexpr Field holds_parts() const {
    return with([&](FieldInfo& i) { i.holds_parts = true; });
  }
  constexpr Field words(std::span<const std::string_view> choices) const {
    return with([&](FieldInfo& i) {
      i.shape = Shape::word;
      i.words = choices;
    });
  }

 private:
  template <class F>
  constexpr Field with(F change) const {
    Field copy = *this;
    change(copy.info);
    return copy;
  }
};

template <class Struct, class Member>
constexpr Field<Struct, Member> field(std::string_view name, Member Struct::*member,
                                      std::string_view doc) {
  using Unwrapped = detail::Unwrap<Member>;
  using T = typename Unwrapped::type;
  Field<Struct, Member> result{member, {}};
  result.info.name = name;
  result.info.doc = doc;
  result.info.clause = name;
  result.info.shape = detail::shape_of<T>();
  result.info.listing = Unwrapped::list ? Listing::parens : Listing::one;
  result.info.optional = Unwrapped::optional;
  if constexpr (Described<T>) result.info.record = detail::record_fields<T>();
  return result;
}

namespace detail {

template <class T>
struct Infos {
  static constexpr auto make() {
    return std::apply(
        [](const auto&... f) { return std::array<FieldInfo, sizeof...(f)>{f.info...}; },
        Describe<T>::fields);
  }
  static constexpr auto array = make();
};

template <class T>
constexpr std::span<const FieldInfo> record_fields() {
  return Infos<T>::array;
}

// Counts the members of an aggregate: the most initialisers that it takes.
struct Anything {
  template <class T>
  operator T&() const;
  template <class T>
  operator T&&() const;
};
template <class T, class... Args>
constexpr std::size_t member_count() {
  if constexpr (requires { T{Args{}..., Anything{}}; })
    return member_count<T, Args..., Anything>();
  else
    return sizeof...(Args);
}

}  // namespace detail

// Completes a kind with the fields of its struct.
template <class T>
constexpr KindInfo describe(KindInfo info) {
  static_assert(std::tuple_size_v<decltype(Describe<T>::fields)> == detail::member_count<T>(),
                "every member of a kind's struct needs a field in its table");
  info.fields = detail::Infos<T>::array;
  return info;
}

// -- Values to and from members ------------------------------------------------------------------

template <class T>
T from_value(const Value& value);
template <class T>
Value to_value(const T& member);

template <class T>
void read_fields(T& target, const FieldValues& values) {
  std::size_t i = 0;
  std::apply(
      [&](const auto&... f) {
        ((values[i].absent()
              ? void()
              : void(target.*(f.member) =
                         from_value<std::remove_reference_t<decltype(target.*(f.member))>>(
                             values[i])),
          ++i),
         ...);
      },
      Describe<T>::fields);
}

template <class T>
std::vector<Value> write_fields(const T& source) {
  std::vector<Value> values;
  const T defaults{};
  std::apply(
      [&](const auto&... f) {
        ((values.push_back(
             source.*(f.member) == defaults.*(f.member) ? Value{} : to_value(source.*(f.member)))),
         ...);
      },
      Describe<T>::fields);
  return values;
}

template <class T>
T from_value(const Value& value) {
  if constexpr (detail::Unwrap<T>::list) {
    T items;
    for (const Value& item : *value.list())
      items.push_back(from_value<typename T::value_type>(item));
    return items;
  } else if constexpr (!std::is_same_v<T, typename detail::Unwrap<T>::type>) {
    return from_value<typename T::value_type>(value);  // std::optional
  } else if constexpr (std::is_same_v<T, QName>) {
    return *value.qname();
  } else if constexpr (std::is_same_v<T, TypeRef>) {
    return *value.type();
  } else if constexpr (std::is_same_v<T, SqlText>) {
    return *value.sql();
  } else if constexpr (Described<T>) {
    T record;
    read_fields(record, *value.list());
    return record;
  } else {
    return std::get<T>(value);
  }
}

template <class T>
Value to_value(const T& member) {
  if constexpr (detail::Unwrap<T>::list) {
    List items;
    for (const auto& item : member) items.push_back(to_value(item));
    return items;
  } else if constexpr (!std::is_same_v<T, typename detail::Unwrap<T>::type>) {
    return member ? to_value(*member) : Value{};
  } else if constexpr (Described<T>) {
    return List(write_fields(member));
  } else {
    return Value(member);
  }
}

// An object as its kind's struct, with the names that every rule needs.
template <class T>
struct Typed : T {
  const Object* object = nullptr;

  const ObjectId& id() const { return object->id; }
  Ident name() const { return Ident(std::string(object->id.name())); }
  // Schema and name of an object in a schema; of one inside a table, those of the table.
  QName qname() const {
    const auto path = object->id.path();
    return {Ident(std::string(path[0])), Ident(std::string(path[1]))};
  }
};

template <class T>
Typed<T> typed(const Object& object) {
  Typed<T> result;
  result.object = &object;
  read_fields(static_cast<T&>(result), object.values);
  return result;
}

}  // namespace schemac
