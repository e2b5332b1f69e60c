// Values by their shapes.
#include <algorithm>
#include <charconv>

#include "compiler/bind/bind_diags.h"
#include "compiler/bind/reader.h"
#include "compiler/names/secrets.h"
#include "compiler/parse/type_parser.h"

namespace schemac {
namespace {

constexpr std::size_t kNameBytesMax = 63;

std::string_view serial_type(const TypeRef& type) {
  if (!type.name.schema.empty() || !type.modifiers.empty() || type.dimensions > 0) return {};
  const std::string& name = type.name.name.text;
  if (name == "serial" || name == "serial4") return "integer";
  if (name == "bigserial" || name == "serial8") return "bigint";
  if (name == "smallserial" || name == "serial2") return "smallint";
  return {};
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// One escape of an E'' literal, behind its backslash; false where it is none.
bool append_escape(std::string& out, std::string_view text, std::size_t& at) {
  const char c = text[at++];
  const auto number = [&](std::size_t digits_min, std::size_t digits_max, int base, bool code) {
    std::uint32_t value = 0;
    const char* first = text.data() + at;
    const auto [end, error] =
        std::from_chars(first, first + std::min(digits_max, text.size() - at), value, base);
    if (error != std::errc() || static_cast<std::size_t>(end - first) < digits_min || value == 0 ||
        value > 0x10FFFF)
      return false;
    at += static_cast<std::size_t>(end - first);
    if (code)
      append_utf8(out, value);
    else
      out += static_cast<char>(value);
    return true;
  };
  switch (c) {
    case 'b':
      out += '\b';
      return true;
    case 'f':
      out += '\f';
      return true;
    case 'n':
      out += '\n';
      return true;
    case 'r':
      out += '\r';
      return true;
    case 't':
      out += '\t';
      return true;
    case 'x':
      return number(1, 2, 16, false);
    case 'u':
      return number(4, 4, 16, true);
    case 'U':
      return number(8, 8, 16, true);
    default:
      if (c < '0' || c > '7') {
        out += c;
        return true;
      }
      --at;
      return number(1, 3, 8, false);
  }
}

// `execute function f()`, as SQL has it.
bool is_routine_word(const Cursor& cursor) {
  for (const KindInfo* kind : members_of(nullptr).keyed)
    if (kind->spaces.routine && match_phrase(cursor, kind->keyword) > 0) return true;
  return false;
}

}  // namespace

std::optional<std::string> literal_value(std::string_view source) {
  const bool escapes = !source.empty() && (source[0] == 'e' || source[0] == 'E');
  if (escapes) source.remove_prefix(1);
  if (source.size() < 2 || source.front() != '\'') return std::nullopt;
  source = source.substr(1, source.size() - 2);
  std::string out;
  for (std::size_t at = 0; at < source.size();) {
    const char c = source[at++];
    if (c == '\'' && at < source.size()) ++at;
    if (c != '\\' || !escapes)
      out += c;
    else if (at >= source.size() || !append_escape(out, source, at))
      return std::nullopt;
  }
  return out;
}

std::optional<Ident> Reader::read_name(Cursor& cursor) {
  if (!cursor.is_name(0)) {
    fail_expected("a name", cursor);
    return std::nullopt;
  }
  const Item& item = *cursor.at++;
  if (item.kind == ItemKind::word && item.span.text() != item.text)
    binding_.report({folded_name(std::string(item.span.text()), item.text), item.span,
                     "write `\"" + std::string(item.span.text()) + "\"` to keep its letters"});
  if (item.text.size() > kNameBytesMax) {
    fail(name_too_long(item.text), item.span);
    return std::nullopt;
  }
  return Ident(item.text);
}

std::optional<QName> Reader::read_qname(Cursor& cursor) {
  auto first = read_name(cursor);
  if (!first) return std::nullopt;
  if (!cursor.is_symbol(0, ".")) return QName{{}, std::move(*first)};
  ++cursor.at;
  auto second = read_name(cursor);
  if (!second) return std::nullopt;
  return QName{std::move(*first), std::move(*second)};
}

// -- Lists ---------------------------------------------------------------------------------------

std::optional<Value> Reader::read_listed(const FieldInfo& field, Cursor& cursor) {
  List values;
  switch (field.listing) {
    case Listing::one:
      return read_one(field, cursor);
    case Listing::parens:
    case Listing::group:
      return read_group(field, cursor);
    case Listing::repeat: {
      auto value = read_one(field, cursor);
      if (!value) return std::nullopt;
      values.push_back(std::move(*value));
      return values;
    }
    case Listing::commas:
    case Listing::ors:
      for (;;) {
        auto value = read_one(field, cursor);
        if (!value) return std::nullopt;
        values.push_back(std::move(*value));
        if (field.listing == Listing::commas ? !cursor.is_symbol(0, ",") : !cursor.is_word(0, "or"))
          return values;
        ++cursor.at;
      }
    case Listing::block:
      break;
  }
  fail_expected("a list", cursor);
  return std::nullopt;
}

std::optional<Value> Reader::read_group(const FieldInfo& field, Cursor& cursor) {
  if (!cursor.is(0, ItemKind::group)) {
    fail_expected("`(`", cursor);
    return std::nullopt;
  }
  const Item& group = *cursor.at++;
  Cursor inner = cursor_over(group.items, group.span);
  if (field.listing == Listing::group) {
    auto value = read_one(field, inner);
    if (value && !inner.done()) fail_expected("`)`", inner);
    return failed_ ? std::nullopt : std::move(value);
  }
  List values;
  while (!inner.done() && !failed_) {
    // The part up to the next comma is one element, so that a clause cannot reach beyond it.
    const Item* comma = std::find_if(inner.at, inner.end, [](const Item& item) {
      return item.kind == ItemKind::symbol && item.text == ",";
    });
    Cursor element{inner.at, comma, group.span};
    if (element.done()) {
      fail_expected("a value", inner);
      break;
    }
    if (auto value = read_one(field, element)) values.push_back(std::move(*value));
    if (!failed_ && !element.done()) fail_expected("`,` or `)`", element);
    inner.at = comma == inner.end ? comma : comma + 1;
    if (comma != inner.end && inner.done()) fail_expected("a value", inner);
  }
  if (values.empty() && field.required && !failed_) fail(expected("a value"), group.span);
  return failed_ ? std::nullopt : std::optional<Value>(std::move(values));
}

std::optional<Value> Reader::read_one(const FieldInfo& field, Cursor& cursor) {
  switch (field.shape) {
    case Shape::flag:
      return Value(true);
    case Shape::integer:
    case Shape::number:
      return read_number(field, cursor);
    case Shape::word:
      return read_word(field, cursor);
    case Shape::text:
      return read_text(field, cursor);
    case Shape::ident:
      return read_ident(field, cursor);
    case Shape::qname:
      return read_reference(field, cursor);
    case Shape::type:
      return read_type(field, cursor);
    case Shape::expr:
      return read_expression(cursor);
    case Shape::value:
      return read_value(cursor);
    case Shape::key:
      return read_key(cursor);
    case Shape::path:
      return read_path(field, cursor);
    case Shape::setting:
      return read_setting(field, cursor);
    case Shape::operation:
      return read_operation(field, cursor);
    case Shape::query:
    case Shape::statements:
    case Shape::body:
      return read_body(field, cursor);
    case Shape::record:
      return read_record(field, cursor);
  }
  return std::nullopt;
}

std::optional<Value> Reader::read_record(const FieldInfo& field, Cursor& cursor) {
  Record record(field.record, fields_.noun);
  const Item* from = cursor.at;
  while (read_clause(record, cursor)) {
    // `(modulus 4, remainder 1)`: as SQL has some of them.
    if (field.listing == Listing::group && cursor.is_symbol(0, ",")) ++cursor.at;
  }
  if (failed_) return std::nullopt;
  if (cursor.at == from && !cursor.done() && !field.optional) {
    const bool string = field.record.front().shape == Shape::text;
    fail_expected(string                            ? "a string"
                  : field.listing == Listing::group ? "an option"
                                                    : "a value",
                  cursor);
    return std::nullopt;
  }
  List value = complete(record, cursor);
  if (failed_) return std::nullopt;
  const bool empty =
      std::all_of(value.begin(), value.end(), [](const Value& inner) { return inner.absent(); });
  // What can be missing is there once it is written; anything else without a value is absent.
  if (empty && !field.optional && !is_list(field)) return Value{};
  return value;
}

// -- Words, numbers, names -----------------------------------------------------------------------

std::optional<Value> Reader::read_number(const FieldInfo& field, Cursor& cursor) {
  // `start with 5`, `increment by 5`: as SQL has them.
  if (cursor.is(1, ItemKind::number) || cursor.is_symbol(1, "-"))
    if (cursor.is_word(0, "with") || cursor.is_word(0, "by")) ++cursor.at;
  std::string text;
  const SourceSpan at = cursor.done() ? cursor.span : cursor.at->span;
  if (cursor.is_symbol(0, "-")) {
    text = "-";
    ++cursor.at;
  }
  if (!cursor.is(0, ItemKind::number)) {
    fail_expected("a number", cursor);
    return std::nullopt;
  }
  text += cursor.at->text;
  const bool decimal = field.shape == Shape::number;
  if (text.find_first_not_of(decimal ? "-+.eE0123456789" : "-0123456789") != std::string::npos) {
    fail_expected(decimal ? "a number" : "a whole number", cursor);
    return std::nullopt;
  }
  ++cursor.at;
  if (decimal) return Value(std::move(text));
  std::int64_t number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc()) {
    fail(number_out_of_range(text), at);
    return std::nullopt;
  }
  return Value(number);
}

std::optional<Value> Reader::read_word(const FieldInfo& field, Cursor& cursor) {
  std::size_t best = 0;
  std::string_view found;
  std::string choices;
  for (std::string_view word : field.words) {
    const std::size_t items = match_phrase(cursor, word);
    if (items > best) found = word;
    best = std::max(best, items);
    choices += (choices.empty() ? "`" : ", `") + std::string(word) + "`";
  }
  if (best == 0) {
    fail_expected(field.words.size() > 1 ? "one of " + choices : choices, cursor);
    return std::nullopt;
  }
  cursor.at += best;
  return Value(std::string(found));
}

std::optional<Value> Reader::read_text(const FieldInfo& field, Cursor& cursor) {
  // Arguments of triggers are strings to the server however they are written.
  if (field.place == Place::signature &&
      (cursor.is(0, ItemKind::number) || cursor.is(0, ItemKind::word)))
    return Value(std::string((cursor.at++)->span.text()));
  if (!cursor.is(0, ItemKind::string)) {
    fail_expected("a string", cursor);
    return std::nullopt;
  }
  auto value = literal_value(cursor.at->text);
  if (!value) {
    fail_expected("a plain string", cursor);
    return std::nullopt;
  }
  if (field.no_secrets && looks_secret(*value)) {
    fail(secret_option(field.name), cursor.at->span, kSecretHint);
    return std::nullopt;
  }
  ++cursor.at;
  return Value(std::move(*value));
}

std::optional<Value> Reader::read_ident(const FieldInfo& field, Cursor& cursor) {
  const Item* from = cursor.at;
  auto name = read_name(cursor);
  if (!name) return std::nullopt;
  if (field.refers == Refers::column || field.refers == Refers::ref_column)
    binding_.columns.push_back({draft_, field.refers, *name, from->span});
  if (field.refers == Refers::schema && !binding_.schema(name->text, from->span))
    binding_.drafts[draft_].broken = true;
  if (field.refers == Refers::object &&
      !binding_.object(*find_kind(field.object), {{}, *name}, from->span, {}))
    binding_.drafts[draft_].broken = true;
  return Value(std::move(*name));
}

std::optional<Value> Reader::read_reference(const FieldInfo& field, Cursor& cursor) {
  if (field.refers == Refers::function && cursor.is_name(1) && is_routine_word(cursor)) ++cursor.at;
  const Item* from = cursor.at;
  auto name = read_qname(cursor);
  if (!name) return std::nullopt;
  const SourceSpan at = span_between(from, cursor.at);
  Draft& draft = binding_.drafts[draft_];
  std::optional<QName> found = name;
  if (field.refers == Refers::relation)
    found = binding_.relation(*name, at, draft.home);
  else if (field.refers == Refers::function)
    found = binding_.function(*name, at, draft.home);
  else if (field.refers == Refers::collation)
    found = binding_.among(binding_.names.find(Space::collation, *name, draft.home), *name);
  else if (field.refers == Refers::brought && name->schema.empty())
    found->schema = Ident(std::string(draft.home));
  else if (field.refers == Refers::object)
    found = binding_.object(*find_kind(field.object), *name, at, draft.home);
  else if (name->schema.text == "pg_catalog")
    found->schema = Ident();
  if (!found) draft.broken = true;
  return Value(found ? std::move(*found) : std::move(*name));
}

std::optional<Value> Reader::read_type(const FieldInfo& field, Cursor& cursor) {
  if (!cursor.is_name(0)) {
    fail_expected("a type", cursor);
    return std::nullopt;
  }
  const SourceSpan rest = span_between(cursor.at, cursor.end);
  const auto parsed = parse_type(rest.text());
  if (!parsed || parsed->setof) {
    fail_expected("a type", cursor);
    return std::nullopt;
  }
  SourceSpan at = rest;
  at.end = at.begin + static_cast<std::uint32_t>(parsed->length);
  while (!cursor.done() && cursor.at->span.begin < at.end) ++cursor.at;
  Draft& draft = binding_.drafts[draft_];
  if (const std::string_view integer = serial_type(parsed->type); !integer.empty()) {
    const bool takes_default = !members_of(draft.kind).inlined.empty();
    if (&field != &draft.kind->fields.front() || !takes_default) {
      fail(misplaced_shorthand(), at, "write the integer type and a default");
      return std::nullopt;
    }
    draft.serial = true;
    return Value(TypeRef{{{}, Ident(std::string(integer))}, {}, 0});
  }
  auto type = binding_.type(parsed->type, at, draft.home);
  if (!type) {
    draft.broken = true;
    return Value(parsed->type);
  }
  if (field.unmodified) type->modifiers.clear();
  return Value(std::move(*type));
}

std::optional<Value> Reader::read_path(const FieldInfo& field, Cursor& cursor) {
  const Item* from = cursor.at;
  std::vector<Ident> parts;
  for (;;) {
    auto part = read_name(cursor);
    if (!part) return std::nullopt;
    parts.push_back(std::move(*part));
    if (!cursor.is_symbol(0, ".")) break;
    ++cursor.at;
  }
  const SourceSpan at = span_between(from, cursor.at);
  if (field.refers == Refers::owner_column) {
    if (parts.size() < 2 || parts.size() > 3) {
      fail(expected("a column with its table"), at);
      return std::nullopt;
    }
    Draft& draft = binding_.drafts[draft_];
    QName relation{parts.size() == 3 ? parts[0] : Ident(), parts[parts.size() - 2]};
    if (auto found = binding_.relation(relation, at, draft.home)) {
      parts = {found->schema, found->name, parts.back()};
      binding_.columns.push_back({draft_, field.refers, parts.back(), at});
    } else {
      draft.broken = true;
    }
  }
  return Value(List(parts.begin(), parts.end()));
}

}  // namespace schemac
