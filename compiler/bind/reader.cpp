#include "compiler/bind/reader.h"

#include <algorithm>
#include <utility>

#include "compiler/bind/bind_diags.h"
#include "compiler/ir/type.h"
#include "compiler/parse/type_parser.h"

namespace schemac {
namespace {

// Whether a value is what its absence means.
bool is_default(const FieldInfo& field, const Value& value) {
  if (const auto* list = value.list()) return list->empty() && is_list(field);
  if (field.absent.empty()) return false;
  if (const auto* text = value.text()) return *text == field.absent;
  if (const auto* ident = value.ident()) return ident->text == field.absent;
  if (const auto* number = value.integer()) return std::to_string(*number) == field.absent;
  if (const auto* type = value.type()) return to_string(*type) == field.absent;
  return false;
}

// What to say that a clause needs: its words, or what it holds.
std::string describe_field(const FieldInfo& field) {
  if (!field.clause.empty()) return "`" + std::string(field.clause) + "`";
  if (field.shape == Shape::word) {
    std::string words;
    for (std::string_view word : field.words)
      words += (words.empty() ? "`" : " or `") + std::string(word) + "`";
    return words;
  }
  return "its " + std::string(field.name);
}

bool has_clause(const Record& record, std::string_view clause) {
  for (std::size_t i = 0; i < record.fields.size(); ++i)
    if (record.fields[i].clause == clause ||
        (record.mixed_in(i) != nullptr && has_clause(*record.mixed_in(i), clause)))
      return true;
  return false;
}

// A list of names whose order means nothing. One that stands for all the others makes it empty.
List sorted(const FieldInfo& field, List list) {
  const auto name = [](const Value& value) { return value.ident()->text; };
  std::sort(list.begin(), list.end(),
            [&](const Value& a, const Value& b) { return name(a) < name(b); });
  list.erase(std::unique(list.begin(), list.end()), list.end());
  const bool all = !field.absent.empty() && std::any_of(list.begin(), list.end(), [&](auto& value) {
    return name(value) == field.absent;
  });
  return all ? List() : list;
}

// Where NULLs come by default depends on the direction: last, and first where it is descending.
void drop_usual_order(Record& record) {
  const Value* descending = nullptr;
  Value* nulls = nullptr;
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    if (record.fields[i].clause == "desc") descending = &record.values[i];
    if (record.fields[i].name == "nulls") nulls = &record.values[i];
  }
  if (descending == nullptr || nulls == nullptr || nulls->text() == nullptr) return;
  if (*nulls->text() == (descending->absent() ? "nulls last" : "nulls first")) *nulls = Value{};
}

bool written_elsewhere(const FieldInfo& field) {
  return field.place == Place::hidden || field.place == Place::lead ||
         field.place == Place::member || field.listing == Listing::block;
}

}  // namespace

Record::Record(std::span<const FieldInfo> fields_, std::string_view noun_)
    : fields(fields_), noun(noun_), values(fields_.size()) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!is_mixed(fields[i])) continue;
    mixed.resize(fields.size());
    mixed[i] = std::make_unique<Record>(fields[i].record, noun);
  }
}

Reader::Reader(Binding& binding, std::uint32_t draft)
    : binding_(binding),
      draft_(draft),
      fields_(binding.drafts[draft].kind->fields, binding.drafts[draft].kind->noun) {}

void Reader::fail(const Message& message, const SourceSpan& at, std::string hint) {
  if (failed_) return;
  failed_ = true;
  binding_.drafts[draft_].broken = true;
  binding_.report({message, at, std::move(hint)});
}

void Reader::fail_expected(std::string_view what, const Cursor& cursor) {
  if (cursor.done()) {
    SourceSpan at = cursor.span;
    if (at.end > at.begin) at.begin = at.end - 1;
    return fail(expected(what), at);
  }
  fail(expected_instead(what, std::string(cursor.at->span.text().substr(0, 40))), cursor.at->span);
}

// -- Which field a clause is of ------------------------------------------------------------------

Reader::Found Reader::find(Record& record, const Cursor& cursor) {
  Found best;
  const auto offer = [&](Found found) {
    if (found.items > best.items) best = found;
  };
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const FieldInfo& field = record.fields[i];
    if (written_elsewhere(field)) continue;
    if (is_mixed(field)) {
      offer(find(*record.mixed[i], cursor));
    } else if (!field.clause.empty()) {
      offer({&record, i, match_phrase(cursor, field.clause), {}});
    } else if (field.shape == Shape::word && !is_list(field)) {
      for (std::string_view word : field.words)
        offer({&record, i, match_phrase(cursor, word), word});
    }
  }
  return best;
}

Reader::Found Reader::find_positional(Record& record, const Cursor& cursor) {
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const FieldInfo& field = record.fields[i];
    if (written_elsewhere(field)) continue;
    if (is_mixed(field)) {
      const Found inner = find_positional(*record.mixed[i], cursor);
      if (inner.record != nullptr) return inner;
    } else if (field.place == Place::signature || field.clause.empty()) {
      if (!record.given[i] && can_start(record, i, cursor)) return {&record, i, 0, {}};
    }
  }
  return {};
}

bool Reader::can_start(const Record& record, std::size_t index, const Cursor& cursor) {
  const FieldInfo& field = record.fields[index];
  const auto next = [&](Shape shape) {
    return index + 1 < record.fields.size() && record.fields[index + 1].shape == shape;
  };
  // A column or an expression, never both; a call is an expression.
  if (field.shape == Shape::key && index > 0 && record.given[index - 1]) return false;
  if (field.shape == Shape::ident && next(Shape::key))
    return !record.given[index + 1] && cursor.is_name(0) && !cursor.is(1, ItemKind::group) &&
           !cursor.is_symbol(1, ".");
  if (field.shape == Shape::ident && next(Shape::type) && is_unnamed(record, cursor)) return false;
  return can_start(field, cursor);
}

bool Reader::can_start(const FieldInfo& field, const Cursor& cursor) {
  if (cursor.done()) return false;
  if (field.place == Place::signature || field.listing == Listing::parens ||
      field.listing == Listing::group)
    return cursor.at->kind == ItemKind::group;
  switch (field.shape) {
    case Shape::ident:
    case Shape::qname:
    case Shape::type:
    case Shape::path:
    case Shape::setting:
      return cursor.is_name(0);
    case Shape::expr:
      return cursor.at->kind == ItemKind::group;
    case Shape::key: {
      std::size_t at = 0;
      while (cursor.is_name(at) && cursor.is_symbol(at + 1, ".")) at += 2;
      return cursor.is(0, ItemKind::group) ||
             (cursor.is_name(at) && cursor.is(at + 1, ItemKind::group));
    }
    case Shape::text:
      return cursor.at->kind == ItemKind::string;
    case Shape::integer:
    case Shape::number:
      return cursor.at->kind == ItemKind::number || cursor.is_symbol(0, "-");
    case Shape::value:
      return true;
    case Shape::query:
    case Shape::statements:
    case Shape::body:
      return cursor.at->kind == ItemKind::body;
    case Shape::operation:
      return cursor.at->kind == ItemKind::symbol || cursor.is_word(0, "operator");
    case Shape::record: {
      Record probe(field.record, {});
      return find(probe, cursor).items > 0 || find_positional(probe, cursor).record != nullptr;
    }
    case Shape::flag:
    case Shape::word:
      return false;
  }
  return false;
}

// Whether what stands at the cursor is a type without a name before it: nothing follows the type,
// or a clause does.
bool Reader::is_unnamed(const Record& record, const Cursor& cursor) {
  if (!cursor.is_name(0)) return false;
  const SourceSpan rest = span_between(cursor.at, cursor.end);
  const auto parsed = parse_type(rest.text());
  if (!parsed) return false;
  Cursor behind = cursor;
  while (!behind.done() && behind.at->span.begin < rest.begin + parsed->length) ++behind.at;
  if (behind.done()) return true;
  for (const FieldInfo& field : record.fields)
    if (!field.clause.empty() && match_phrase(behind, field.clause) > 0) return true;
  return behind.is_symbol(0, "=");
}

// -- Reading fields ------------------------------------------------------------------------------

bool Reader::read_clause(Record& record, Cursor& cursor) {
  if (cursor.done() || failed_) return false;
  if (cursor.is_word(0, "asc") && has_clause(record, "desc")) {
    ++cursor.at;  // what is meant anyway
    return true;
  }
  Found found = find(record, cursor);
  if (found.items == 0) found = find_positional(record, cursor);
  if (found.record == nullptr) return false;
  const FieldInfo& field = found.record->fields[found.field];
  if (found.record->given[found.field] && field.listing != Listing::repeat) {
    fail(repeated_clause(std::string(cursor.at->span.text()), record.noun), cursor.at->span);
    return false;
  }
  const Item* from = cursor.at;
  cursor.at += found.items;
  if (!found.word.empty()) {
    set(*found.record, found.field, std::string(found.word), from, cursor);
  } else if (field.shape == Shape::flag) {
    set(*found.record, found.field, true, from, cursor);
    if (const FieldInfo* continued = continued_field(found.record->fields, field))
      take(*found.record, static_cast<std::size_t>(continued - found.record->fields.data()),
           cursor);
  } else {
    take(*found.record, found.field, cursor);
  }
  return !failed_;
}

void Reader::take(Record& record, std::size_t index, Cursor& cursor) {
  const Item* from = cursor.at;
  const FieldInfo& field = record.fields[index];
  const bool outer = std::exchange(intent_, intent_ || field.role == Role::intent);
  auto value = read_listed(field, cursor);
  intent_ = outer;
  if (!value) return;
  if (field.listing == Listing::repeat && record.given[index]) {
    List items = *record.values[index].list();
    items.push_back(value->list()->front());
    value = std::move(items);
  }
  set(record, index, std::move(*value), from, cursor);
  while (field.spread && cursor.is_symbol(0, ",") && !failed_) {
    ++cursor.at;
    if (auto another = read_one(field, cursor)) repeats_.push_back(std::move(*another));
  }
}

void Reader::set(Record& record, std::size_t index, Value value, const Item* from,
                 const Cursor& cursor) {
  record.given[index] = true;
  if (from != cursor.at)
    record.places.push_back(
        {static_cast<std::uint32_t>(index), from->span.begin, (cursor.at - 1)->span.end});
  if (record.fields[index].unordered) value = sorted(record.fields[index], *value.list());
  if (!is_default(record.fields[index], value)) record.values[index] = std::move(value);
}

void Reader::read_field(std::string_view name, Cursor& cursor) {
  for (std::size_t i = 0; i < fields_.fields.size(); ++i)
    if (fields_.fields[i].name == name) return take(fields_, i, cursor);
}

// The values of a record that was read; reports what it lacks.
List Reader::complete(Record& record, const Cursor& cursor) {
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const FieldInfo& field = record.fields[i];
    if (Record* mixed = record.mixed_in(i)) {
      List inner = complete(*mixed, cursor);
      if (std::any_of(inner.begin(), inner.end(),
                      [](const Value& value) { return !value.absent(); }))
        record.values[i] = std::move(inner);
    }
    if (field.required && record.values[i].absent() && !record.given[i] && !failed_) {
      if (field.shape == Shape::record && record.mixed_in(i) != nullptr) {
        fail_expected("a key", cursor);
      } else {
        fail(missing_clause(record.noun, describe_field(field)),
             cursor.done() ? cursor.span : cursor.at->span);
      }
    }
  }
  drop_usual_order(record);
  return std::move(record.values);
}

void Reader::finish(const Cursor& cursor) {
  Draft& draft = binding_.drafts[draft_];
  draft.object.values = binding_.values.share(complete(fields_, cursor));
  draft.places = std::move(fields_.places);
  for (Value& value : repeats_) {
    Draft another = draft;
    for (std::size_t i = 0; i < draft.kind->fields.size(); ++i)
      if (draft.kind->fields[i].spread) another.object.values.set(i, std::move(value));
    binding_.drafts.push_back(std::move(another));
  }
}

void Reader::read_block(FieldIndex index, const Statement& statement) {
  const FieldInfo& field = fields_.fields[index];
  List values;
  std::set<std::string> seen;
  for (const Statement& line : statement.block) {
    if (line.has_block || line.has_doc) {
      fail(expected("a list of values"), line.span);
      return;
    }
    Cursor cursor = cursor_over(line.items, line.span);
    while (!cursor.done() && !failed_) {
      const Item* from = cursor.at;
      if (auto value = read_one(field, cursor)) {
        const Value& first = value->list() == nullptr ? *value : value->list()->front();
        const std::string key = first.text() != nullptr    ? *first.text()
                                : first.ident() != nullptr ? first.ident()->text
                                                           : std::string();
        if (!seen.insert(key).second) fail(repeated_value(key), from->span);
        values.push_back(std::move(*value));
      }
      if (cursor.done() || failed_) break;
      if (!cursor.is_symbol(0, ",")) fail_expected("`,`", cursor);
      ++cursor.at;
    }
  }
  fields_.given[index] = true;
  if (!values.empty()) fields_.values[index] = std::move(values);
}

// -- Helpers -------------------------------------------------------------------------------------

Cursor cursor_over(std::span<const Item> items, const SourceSpan& span) {
  return {items.data(), items.data() + items.size(), span};
}

SourceSpan span_between(const Item* first, const Item* end) {
  return {first->span.file, first->span.begin, (end - 1)->span.end};
}

}  // namespace schemac
