#include "compiler/bind/binding.h"

#include <array>

#include "compiler/bind/bind_diags.h"
#include "compiler/ir/type.h"

namespace schemac {
namespace {

// Types that people write most, for suggestions.
constexpr std::string_view kCommonTypes[] = {
    "bigint",    "bigserial", "bit",         "boolean",   "bool",
    "box",       "bytea",     "char",        "character", "cidr",
    "circle",    "date",      "daterange",   "decimal",   "double precision",
    "float",     "inet",      "int",         "int2",      "int4",
    "int4range", "int8",      "int8range",   "integer",   "interval",
    "json",      "jsonb",     "line",        "macaddr",   "money",
    "name",      "numeric",   "oid",         "path",      "point",
    "polygon",   "real",      "serial",      "smallint",  "text",
    "time",      "timestamp", "timestamptz", "timetz",    "tsquery",
    "tsrange",   "tstzrange", "tsvector",    "uuid",      "varbit",
    "varchar",   "xml"};

// Trigger functions that every server has.
constexpr std::array<std::string_view, 3> kBuiltinTriggerFunctions{
    "suppress_redundant_updates_trigger", "tsvector_update_trigger",
    "tsvector_update_trigger_column"};

bool is_system(const QName& name) {
  return name.schema.text == "pg_catalog" || name.schema.text == "information_schema" ||
         (name.schema.empty() && name.name.text.starts_with("pg_"));
}

}  // namespace

SourceSpan place_of(const Draft& draft, std::size_t field) {
  SourceSpan span = draft.object.declared_at;
  for (const FieldPlace& place : draft.places)
    if (place.field == field) span.begin = place.begin, span.end = place.end;
  return span;
}

void Binding::report(const Problem& problem) {
  const bool first =
      reported_.emplace(problem.at.file.get(), problem.at.begin, problem.message.text).second;
  if (!first) return;
  Reported reported = sink_.report(problem.message, problem.at);
  if (!problem.hint.empty()) reported.hint(problem.hint);
  for (const Label& label : problem.labels) reported.label(label.at, label.message);
  for (const SourceSpan& include : includes) reported.label(include, "included here");
}

std::string show(const QName& name) {
  const std::string last = dsl_ident(name.name.text);
  return name.schema.empty() ? last : dsl_ident(name.schema.text) + "." + last;
}

std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string near = nearest(word, candidates);
  return near.empty() ? "" : "did you mean `" + near + "`?";
}

bool Binding::schema(std::string_view name, const SourceSpan& at) {
  if (names.has_schema(name)) return true;
  report({unknown_schema(name), at,
          "a file that starts with `schema " + dsl_ident(name) + ";` declares it"});
  return false;
}

std::optional<QName> Binding::relation(const QName& written, const SourceSpan& at,
                                       std::string_view home) {
  if (const Names::Entry* entry = names.find(Space::relation, written, home)) return entry->name;
  if (is_system(written)) return written;
  if (const auto* extension = names.installed(Space::relation, written))
    return QName{Ident(extension->schema), written.name};
  const std::string_view where = written.schema.empty() ? home : written.schema.text;
  report({unknown_relation(show(written)), at,
          suggestion(written.name.text, names.candidates(Space::relation, where))});
  return std::nullopt;
}

std::optional<TypeRef> Binding::type(const TypeRef& written, const SourceSpan& at,
                                     std::string_view home) {
  if (auto type = resolve_type(names, written, home)) return type;
  const std::string& name = written.name.name.text;
  std::string hint;
  const ExtensionInfo* extension = extension_of_type(name);
  if (extension == nullptr) {
    auto candidates = names.candidates(
        Space::type,
        written.name.schema.empty() ? home : std::string_view(written.name.schema.text));
    candidates.insert(candidates.end(), std::begin(kCommonTypes), std::end(kCommonTypes));
    const auto brought = extension_types();
    candidates.insert(candidates.end(), brought.begin(), brought.end());
    const std::string near = nearest(name, candidates);
    if (!near.empty()) hint = "did you mean `" + near + "`?";
    const QName found{{}, Ident(near)};
    const bool declared = names.find(Space::type, found, home) != nullptr ||
                          names.installed(Space::type, found) != nullptr;
    if (!declared) extension = extension_of_type(near);
    if (extension != nullptr) hint += " it needs `extension " + dsl_ident(extension->name) + ";`";
  } else {
    hint = "it needs `extension " + dsl_ident(extension->name) + ";`";
  }
  report({unknown_type(show(written.name)), at, hint});
  return std::nullopt;
}

QName Binding::among(const Names::Entry* declared, const QName& written) const {
  if (declared != nullptr) return declared->name;
  return written.schema.text == "pg_catalog" ? QName{{}, written.name} : written;
}

std::optional<QName> Binding::object(const KindInfo& kind, const QName& written,
                                     const SourceSpan& at, std::string_view home) {
  const Names::Entry* declared = names.find(kind, written, home);
  if (declared != nullptr || !kind.complete) return among(declared, written);
  report({unknown_object(kind.noun, show(written)), at,
          suggestion(written.name.text, names.candidates(kind))});
  return std::nullopt;
}

std::optional<QName> Binding::function(const QName& written, const SourceSpan& at,
                                       std::string_view home) {
  if (const Names::Entry* entry = names.find(Space::routine, written, home)) return entry->name;
  for (std::string_view builtin : kBuiltinTriggerFunctions)
    if (written.name.text == builtin &&
        (written.schema.empty() || written.schema.text == "pg_catalog"))
      return QName{{}, written.name};
  if (written.schema.text == "pg_catalog") return QName{{}, written.name};
  const auto* extension = names.installed(Space::routine, written);
  if (extension == nullptr) extension = names.unknown_extension();
  if (extension != nullptr) {
    if (!written.schema.empty()) return written;
    return QName{Ident(extension->schema), written.name};
  }
  const std::string_view where = written.schema.empty() ? home : written.schema.text;
  report({unknown_function(show(written)), at,
          suggestion(written.name.text, names.candidates(Space::routine, where))});
  return std::nullopt;
}

}  // namespace schemac
