// Settings, operators and SQL text.
#include <algorithm>

#include "compiler/bind/bind_diags.h"
#include "compiler/bind/reader.h"
#include "compiler/names/secrets.h"
#include "compiler/parse/type_parser.h"

namespace schemac {
namespace {

// The text of a group or body without what encloses it and without blanks at its ends.
SourceSpan inside(const Item& item) {
  SourceSpan span = item.span;
  const std::string_view text = span.text();
  std::size_t mark = 1;
  if (item.kind == ItemKind::body) mark = text.find('$', 1) + 1;
  span.begin += static_cast<std::uint32_t>(mark);
  span.end -= static_cast<std::uint32_t>(mark);
  const auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  const std::string_view all = span.file->text();
  while (span.begin < span.end && blank(all[span.begin])) ++span.begin;
  while (span.end > span.begin && blank(all[span.end - 1])) --span.end;
  return span;
}

}  // namespace

// -- Settings and operators ----------------------------------------------------------------------

std::optional<Value> Reader::read_setting(const FieldInfo& field, Cursor& cursor) {
  const Item* from = cursor.at;
  std::string name;
  for (;;) {
    auto part = read_name(cursor);
    if (!part) return std::nullopt;
    name += part->text;
    if (!cursor.is_symbol(0, ".")) break;
    name += '.';
    ++cursor.at;
  }
  if (field.no_secrets && looks_secret(name)) {
    fail(secret_option(name), span_between(from, cursor.at), kSecretHint);
    return std::nullopt;
  }
  std::vector<Value> setting(2);
  setting[0] = name;
  if (!cursor.is_symbol(0, "=") && !cursor.is_word(0, "to")) {
    if (field.listing == Listing::repeat) {
      fail_expected("`=`", cursor);
      return std::nullopt;
    }
    setting[1] = std::string("true");  // `with (security_barrier)`
    return Value(List(std::move(setting)));
  }
  ++cursor.at;
  std::string value;
  for (bool first = true;; first = false) {
    if (!first) value += ", ";
    if (cursor.is_symbol(0, "-") && cursor.is(1, ItemKind::number)) value += (cursor.at++)->text;
    if (cursor.is(0, ItemKind::string)) {
      const auto text = literal_value(cursor.at->text);
      if (!text) fail_expected("a plain string", cursor);
      // The server shows an empty list of names so.
      value +=
          field.listing == Listing::repeat && text && text->empty() ? "\"\"" : text.value_or("");
    } else if (cursor.is(0, ItemKind::number) || cursor.is(0, ItemKind::word)) {
      value += cursor.at->text;
    } else if (cursor.is(0, ItemKind::quoted)) {
      value += dsl_ident(cursor.at->text);
    } else {
      fail_expected("a value", cursor);
    }
    if (failed_) return std::nullopt;
    ++cursor.at;
    // Only what is no list itself can be set to a list.
    if (field.listing != Listing::repeat || !cursor.is_symbol(0, ",")) break;
    ++cursor.at;
  }
  setting[1] = std::move(value);
  return Value(List(std::move(setting)));
}

std::optional<Value> Reader::read_operation(const FieldInfo& field, Cursor& cursor) {
  // Where operators of the model can be meant, one of its name is; others stand for themselves.
  const auto resolved = [&](const QName& name) {
    if (field.refers != Refers::operation) return name;
    const std::string_view home = binding_.drafts[draft_].home;
    return binding_.among(binding_.names.find(Space::operation, name, home), name);
  };
  if (cursor.is_word(0, "operator") && cursor.is(1, ItemKind::group)) {
    Cursor inner = cursor_over(cursor.at[1].items, cursor.at[1].span);
    QName name;
    if (inner.is_name(0)) {
      auto schema = read_name(inner);
      if (!schema || !inner.is_symbol(0, ".")) {
        fail_expected("`.`", inner);
        return std::nullopt;
      }
      ++inner.at;
      name.schema = std::move(*schema);
    }
    if (!inner.is(0, ItemKind::symbol) || inner.end - inner.at != 1) {
      fail_expected("an operator", inner);
      return std::nullopt;
    }
    name.name = Ident(inner.at->text);
    cursor.at += 2;
    name = resolved(name);
    if (name.schema.text == "pg_catalog") name.schema = Ident();
    return Value(std::move(name));
  }
  if (!cursor.is(0, ItemKind::symbol)) {
    fail_expected("an operator", cursor);
    return std::nullopt;
  }
  return Value(resolved(QName{{}, Ident((cursor.at++)->text)}));
}

// -- SQL text ------------------------------------------------------------------------------------

namespace {

// Where the catalog looks for the unqualified names of the draft's texts.
std::string_view home_in_catalog(const Binding& binding, const Draft& draft) {
  const Draft* top = &draft;
  while (top->parent != Draft::none) top = &binding.drafts[top->parent];
  return top->kind->scope == Scope::database ? kPublic : std::string_view(draft.schema);
}

Space space_of(NameUse::What what) {
  switch (what) {
    case NameUse::What::relation:
      return Space::relation;
    case NameUse::What::function:
      return Space::routine;
    case NameUse::What::type:
      return Space::type;
    case NameUse::What::collation:
      return Space::collation;
    case NameUse::What::operation:
      return Space::operation;
  }
  return Space::relation;
}

std::optional<NameChange::What> changed_by(NameUse::What what) {
  switch (what) {
    case NameUse::What::relation:
      return NameChange::What::relation;
    case NameUse::What::function:
      return NameChange::What::function;
    case NameUse::What::type:
      return NameChange::What::type;
    case NameUse::What::collation:
      return NameChange::What::collation;
    case NameUse::What::operation:
      return std::nullopt;  // never unqualified outside its schema
  }
  return std::nullopt;
}

}  // namespace

// The names that a file's schema gives to a text of an object in another one get that schema: the
// object's own would give them another meaning.
std::string Reader::text_at_home(const SourceSpan& at, TextForm form,
                                 const TextFacts& facts) const {
  const Draft& draft = binding_.drafts[draft_];
  const std::string_view home = home_in_catalog(binding_, draft);
  if (home == draft.home) return std::string(at.text());
  std::vector<NameChange> changes;
  for (const NameUse& use : facts.uses) {
    const auto what = changed_by(use.what);
    if (!what || !use.name.schema.empty()) continue;
    const Space space = space_of(use.what);
    const Names::Entry* meant = binding_.names.find(space, use.name, draft.home);
    if (meant != nullptr && meant != binding_.names.find(space, use.name, home))
      changes.push_back({*what, use.name, use.name.name, meant->name});
  }
  if (changes.empty()) return std::string(at.text());
  return rename_in_text(at.text(), form, changes, {});
}

// Whether a text that our parser cannot read is taken as it is: where every server that the schema
// is for has a later one. Reports it either way.
bool Reader::takes_unread(const TextError& error, const SourceSpan& at) {
  SourceSpan place = at;
  place.begin = std::min(at.end, at.begin + static_cast<std::uint32_t>(error.offset));
  place.end = std::min(at.end, place.begin + 1);
  const int ours = parser_version();
  if (error.maybe_newer && binding_.server_version() > ours) {
    binding_.report({newer_sql(error.message, std::to_string(ours)), place});
    return true;
  }
  std::string hint;
  if (error.maybe_newer && binding_.server_version() == 0)
    hint = "SQL that came after PostgreSQL " + std::to_string(ours) +
           " needs a later `server_version` in schemac.toml";
  fail(sql_syntax(error.message), place, std::move(hint));
  return false;
}

std::optional<Value> Reader::sql_text(const SourceSpan& at, TextForm form) {
  const TextFacts& facts = binding_.facts(at.text(), form);
  if (facts.error && !takes_unread(*facts.error, at)) return std::nullopt;
  if (!facts.error) binding_.texts.push_back({draft_, &facts, at, intent_});
  return Value(SqlText{text_at_home(at, form, facts), {}, 0});
}

std::optional<Value> Reader::read_expression(Cursor& cursor) {
  if (!cursor.is(0, ItemKind::group)) {
    fail_expected("an expression in parentheses", cursor);
    return std::nullopt;
  }
  return sql_text(inside(*cursor.at++), TextForm::expression);
}

std::optional<Value> Reader::read_key(Cursor& cursor) {
  if (cursor.is(0, ItemKind::group)) return read_expression(cursor);
  const Item* from = cursor.at;
  while (cursor.is_name(0) && cursor.is_symbol(1, ".")) cursor.at += 2;
  if (!cursor.is_name(0) || !cursor.is(1, ItemKind::group)) {
    fail_expected("a column or an expression", cursor);
    return std::nullopt;
  }
  cursor.at += 2;
  return sql_text(span_between(from, cursor.at), TextForm::expression);
}

// A literal, a name or a call, with casts behind it; anything else stands in parentheses.
std::optional<Value> Reader::read_value(Cursor& cursor) {
  const Item* from = cursor.at;
  if (cursor.is(0, ItemKind::group) && !cursor.is_symbol(1, "::")) return read_expression(cursor);
  if (cursor.is_symbol(0, "-") || cursor.is_symbol(0, "+")) ++cursor.at;
  if (cursor.is_name(0)) {
    while (cursor.is_name(0) && cursor.is_symbol(1, ".") && cursor.is_name(2)) cursor.at += 2;
    ++cursor.at;
    if (cursor.is(0, ItemKind::group) || cursor.is(0, ItemKind::string)) {
      ++cursor.at;
    } else if (cursor.is_symbol(0, "[")) {  // array[…]
      while (!cursor.done() && !cursor.is_symbol(0, "]")) ++cursor.at;
      if (!cursor.done()) ++cursor.at;
    }
  } else if (cursor.is(0, ItemKind::string) || cursor.is(0, ItemKind::number) ||
             cursor.is(0, ItemKind::group)) {
    ++cursor.at;
  } else {
    fail_expected("a literal, a name, a call or an expression in parentheses", cursor);
    return std::nullopt;
  }
  while (cursor.is_symbol(0, "::") && cursor.is_name(1)) {
    const SourceSpan rest = span_between(cursor.at + 1, cursor.end);
    const auto type = parse_type(rest.text());
    ++cursor.at;
    if (!type) break;
    while (!cursor.done() && cursor.at->span.begin < rest.begin + type->length) ++cursor.at;
  }
  return sql_text(span_between(from, cursor.at), TextForm::expression);
}

std::optional<Value> Reader::read_body(const FieldInfo& field, Cursor& cursor) {
  if (!cursor.is(0, ItemKind::body)) {
    fail_expected("a body in dollar quotes, `$$ … $$`,", cursor);
    return std::nullopt;
  }
  const Item& item = *cursor.at++;
  if (field.shape == Shape::body) return Value(item.text);
  SourceSpan at = inside(item);
  // A query's own semicolon would end the statement that holds it.
  if (field.shape == Shape::query)
    while (at.end > at.begin &&
           std::string_view("; \t\r\n").find(at.file->text()[at.end - 1]) != std::string_view::npos)
      --at.end;
  return sql_text(at, form_of(field.shape));
}

}  // namespace schemac
