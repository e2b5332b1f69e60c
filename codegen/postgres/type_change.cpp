#include "codegen/postgres/type_change.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "codegen/postgres/postgres.h"
#include "compiler/ir/describe.h"
#include "compiler/kinds/base_type.h"
#include "compiler/kinds/check.h"
#include "compiler/kinds/composite_type.h"
#include "compiler/kinds/domain.h"
#include "compiler/kinds/enum.h"
#include "compiler/kinds/range_type.h"

namespace schemac::postgres {
namespace {

using Name = std::string_view;

template <std::size_t N>
bool is_one_of(Name name, const Name (&list)[N]) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

constexpr Name kStrings[] = {"text", "character varying", "character", "citext"};
constexpr Name kNumbers[] = {"smallint", "integer",          "bigint",
                             "real",     "double precision", "numeric"};
constexpr Name kLimited[] = {"character varying", "bit varying"};

struct Cast {
  Name from, to;
};

// Conversions that the server makes on assignment, from pg_cast; numbers among themselves and
// anything to a string are not repeated here.
constexpr Cast kAssignments[] = {
    {"date", "timestamp without time zone"},
    {"date", "timestamp with time zone"},
    {"timestamp without time zone", "date"},
    {"timestamp without time zone", "time without time zone"},
    {"timestamp without time zone", "timestamp with time zone"},
    {"timestamp with time zone", "date"},
    {"timestamp with time zone", "time without time zone"},
    {"timestamp with time zone", "time with time zone"},
    {"timestamp with time zone", "timestamp without time zone"},
    {"time without time zone", "interval"},
    {"time without time zone", "time with time zone"},
    {"time with time zone", "time without time zone"},
    {"interval", "time without time zone"},
    {"json", "jsonb"},
    {"jsonb", "json"},
    {"cidr", "inet"},
    {"inet", "cidr"},
    {"bit", "bit varying"},
    {"bit varying", "bit"},
    {"integer", "oid"},
    {"bigint", "oid"},
    {"oid", "integer"},
    {"oid", "bigint"},
};

// Conversions that it makes only when asked to; those of kAssignments and all that have a string on
// one side are not repeated.
constexpr Cast kCasts[] = {
    {"boolean", "integer"},
    {"integer", "boolean"},
    {"bit", "integer"},
    {"bit", "bigint"},
    {"integer", "bit"},
    {"bigint", "bit"},
    {"jsonb", "boolean"},
    {"jsonb", "smallint"},
    {"jsonb", "integer"},
    {"jsonb", "bigint"},
    {"jsonb", "numeric"},
    {"jsonb", "real"},
    {"money", "numeric"},
    {"numeric", "money"},
    {"integer", "money"},
    {"bigint", "money"},
    {"macaddr", "macaddr8"},
    {"macaddr8", "macaddr"},
    {"box", "point"},
    {"box", "circle"},
    {"box", "polygon"},
    {"box", "lseg"},
    {"circle", "point"},
    {"circle", "box"},
    {"circle", "polygon"},
    {"polygon", "point"},
    {"polygon", "box"},
    {"polygon", "circle"},
    {"polygon", "path"},
    {"path", "polygon"},
    {"lseg", "point"},
    {"point", "box"},
    {"jsonb", "double precision"},
    {"int4range", "int4multirange"},
    {"int8range", "int8multirange"},
    {"numrange", "nummultirange"},
    {"daterange", "datemultirange"},
    {"tsrange", "tsmultirange"},
    {"tstzrange", "tstzmultirange"},
};

// The same bytes, so that only the catalog changes.
constexpr Cast kRelabels[] = {
    {"character varying", "text"},
    {"text", "character varying"},
    {"cidr", "inet"},
    {"integer", "oid"},
    {"oid", "integer"},
    {"xml", "text"},
    {"citext", "text"},
    {"text", "citext"},
    {"citext", "character varying"},
    {"character varying", "citext"},
};

// Every value of the one is a value of the other, whatever the modifiers of the target leave of it.
constexpr Cast kWidenings[] = {
    {"smallint", "integer"},
    {"smallint", "bigint"},
    {"smallint", "numeric"},
    {"smallint", "real"},
    {"smallint", "double precision"},
    {"integer", "bigint"},
    {"integer", "numeric"},
    {"integer", "double precision"},
    {"bigint", "numeric"},
    {"real", "double precision"},
    {"real", "numeric"},
    {"date", "timestamp without time zone"},
    {"date", "timestamp with time zone"},
    {"timestamp without time zone", "timestamp with time zone"},
    {"timestamp with time zone", "timestamp without time zone"},
    {"json", "jsonb"},
    {"jsonb", "json"},
    {"cidr", "inet"},
    {"integer", "oid"},
    {"oid", "bigint"},
    {"bit", "bit varying"},
    // Refused where the text is none, never bent.
    {"text", "uuid"},
    {"text", "json"},
    {"text", "jsonb"},
    {"text", "inet"},
    {"character varying", "uuid"},
    {"character varying", "json"},
    {"character varying", "jsonb"},
    {"character varying", "inet"},
};

template <std::size_t N>
bool has(const Cast (&casts)[N], Name from, Name to) {
  return std::any_of(std::begin(casts), std::end(casts),
                     [&](const Cast& c) { return c.from == from && c.to == to; });
}

int number(const std::string& text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

int modifier(const TypeRef& type, std::size_t index, int otherwise) {
  return index < type.modifiers.size() ? number(type.modifiers[index]) : otherwise;
}

bool counts_time(Name name) {
  return name.starts_with("time ") || name.starts_with("timestamp ") || name == "interval";
}

// Whether all values of the type as it was fit the modifiers that it gets.
bool fits(const TypeRef& was, const TypeRef& now) {
  if (was.modifiers == now.modifiers || now.modifiers.empty()) return true;
  const Name name = now.name.name.text;
  if (name == "numeric") {
    if (was.modifiers.empty()) return false;
    const int was_scale = modifier(was, 1, 0);
    const int now_scale = modifier(now, 1, 0);
    return now_scale >= was_scale &&
           modifier(now, 0, 0) - now_scale >= modifier(was, 0, 0) - was_scale;
  }
  if (counts_time(name)) {
    constexpr int kMostDigits = 6;
    if (was.modifiers.size() > 1 || now.modifiers.size() > 1) return false;  // interval's fields
    return modifier(now, 0, kMostDigits) >= modifier(was, 0, kMostDigits);
  }
  return !was.modifiers.empty() && modifier(now, 0, 0) >= modifier(was, 0, 0);
}

// Whether the server sees that values need no work when only modifiers change.
bool keeps_bytes(const TypeRef& was, const TypeRef& now) {
  if (was.modifiers == now.modifiers) return true;
  if (now.dimensions > 0 || !fits(was, now)) return false;
  const Name name = now.name.name.text;
  if (is_one_of(name, kLimited) || counts_time(name)) return true;
  return name == "numeric" && (now.modifiers.empty() || modifier(was, 1, 0) == modifier(now, 1, 0));
}

bool is_a(const KindInfo& kind, const TypeRef& type, const Context& plan) {
  const ObjectId id(kind, {type.name.schema.text, type.name.name.text});
  return plan.before(id) != nullptr || plan.after(id) != nullptr;
}

// Whether the plan replaces an enum by another of the same name.
bool is_made_anew(const TypeRef& type, const Context& plan) {
  const ObjectId id(enum_kind, {type.name.schema.text, type.name.name.text});
  const Object *was = plan.before(id), *now = plan.after(id);
  if (was == nullptr || now == nullptr || was->values == now->values) return false;
  const auto fields = rules_of(enum_kind).fields;
  return std::any_of(fields.begin(), fields.end(),
                     [&](const FieldRule& rule) { return !rule.alter(*was, *now, plan); });
}

// Digits before the point that an integer may have; 0 for other types.
int integer_digits(Name name) {
  if (name == "smallint") return 5;
  if (name == "integer") return 10;
  return name == "bigint" ? 19 : 0;
}

bool widens(const TypeRef& was, const TypeRef& now) {
  const Name from = was.name.name.text;
  const Name to = now.name.name.text;
  if (to == "text" || to == "citext") return true;
  if (to == "character varying") {
    if (now.modifiers.empty()) return true;
    return is_one_of(from, kStrings) && fits(was, now);
  }
  if (!has(kWidenings, from, to)) return false;
  if (now.modifiers.empty()) return true;
  const int digits = integer_digits(from);
  return digits > 0 && to == "numeric" && modifier(now, 0, 0) - modifier(now, 1, 0) >= digits;
}

bool assigns(Name from, Name to) {
  return is_one_of(to, kStrings) || (is_one_of(from, kNumbers) && is_one_of(to, kNumbers)) ||
         has(kAssignments, from, to);
}

// Whether the server has no conversion of its own: both types are its own or made here, and none is
// a string, which everything converts to and from. What extensions bring may well convert, but not
// from JSON.
bool needs_text(const TypeRef& from, const TypeRef& to, const Context& plan) {
  const Name a = from.name.name.text;
  const Name b = to.name.name.text;
  const auto is_string = [](const TypeRef& type) {
    const Name name = type.name.name.text;
    return type.dimensions == 0 && (is_one_of(name, kStrings) || name == "name");
  };
  if (is_string(from) || is_string(to)) return false;
  if ((from.dimensions > 0) != (to.dimensions > 0)) return true;
  const auto is_known = [&](const TypeRef& type) {
    return type.name.schema.empty() || is_a(enum_kind, type, plan) ||
           is_a(composite_type_kind, type, plan) || is_a(base_type_kind, type, plan) ||
           is_a(range_type_kind, type, plan);
  };
  const bool from_json = from.name.schema.empty() && (a == "json" || a == "jsonb");
  return is_known(from) && (is_known(to) || from_json) && !assigns(a, b) && !has(kCasts, a, b);
}

template <class Find, class Checks>
TypeBelow base_type(TypeRef type, const Find& find, const Checks& checks) {
  TypeBelow result{std::move(type), false};
  const int dimensions = std::exchange(result.type.dimensions, 0);  // an array by its elements
  while (result.type.dimensions == 0) {
    const ObjectId id(domain_kind, {result.type.name.schema.text, result.type.name.name.text});
    const Object* object = find(id);
    if (object == nullptr) break;
    const auto domain = typed<Domain>(*object);
    const auto& children = checks(id);
    result.constrained = result.constrained || domain.not_null ||
                         std::any_of(children.begin(), children.end(), [](const Object* child) {
                           return &child->kind() == &check_kind;
                         });
    result.type = domain.type;
  }
  if (dimensions > 0) {
    result.type.dimensions = dimensions;
    result.constrained = false;  // which only values of the domain itself are tried against
  }
  return result;
}

}  // namespace

TypeBelow base_type_before(const TypeRef& type, const Context& plan) {
  return base_type(
      type, [&](const ObjectId& id) { return plan.before(id); },
      [&](const ObjectId& id) { return plan.children_before(id); });
}

TypeBelow base_type_after(const TypeRef& type, const Context& plan) {
  return base_type(
      type, [&](const ObjectId& id) { return plan.after(id); },
      [&](const ObjectId& id) { return plan.children_after(id); });
}

TypeChange base_type_change(const TypeRef& from, const TypeRef& to) {
  TypeChange change;
  if ((from.dimensions > 0) != (to.dimensions > 0)) return change;
  if (from.name == to.name) {
    change.rewrites = !keeps_bytes(from, to);
    change.rebuilds_indexes = change.rewrites;
    change.loses = !fits(from, to);
    change.explicit_cast = false;
    return change;
  }
  const Name a = from.name.name.text;
  const Name b = to.name.name.text;
  change.rewrites = !has(kRelabels, a, b) || !to.modifiers.empty();
  change.rebuilds_indexes = change.rewrites || a == "citext" || b == "citext";
  change.loses = !widens(from, to);
  change.explicit_cast = !assigns(a, b);
  return change;
}

TypeChange type_change(const TypeRef& was, const TypeRef& now, const Context& plan) {
  const TypeRef from = base_type_before(was, plan).type;
  const auto [to, constrained] = base_type_after(now, plan);
  TypeChange change = base_type_change(from, to);
  const bool same_depth = (from.dimensions > 0) == (to.dimensions > 0);
  const bool anew = from.name == to.name && is_made_anew(from, plan);
  change.by_text = (from.name != to.name || anew || !same_depth) && needs_text(from, to, plan);
  if (!same_depth) return change;
  if (anew) {
    change.rewrites = change.rebuilds_indexes = true;
    change.loses = false;
    change.explicit_cast = !assigns(from.name.name.text, to.name.name.text);
  } else if (is_one_of(from.name.name.text, kStrings) && is_a(enum_kind, to, plan)) {
    change.loses = false;  // refused where the text is no value, never bent
  }
  // Each value must be tried against the domain's constraints.
  if (constrained && was.name != now.name) change.rewrites = change.rebuilds_indexes = true;
  return change;
}

}  // namespace schemac::postgres
