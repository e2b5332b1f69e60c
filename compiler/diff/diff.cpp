#include "compiler/diff/diff.h"

#include <algorithm>

#include "compiler/diff/output_names.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac {
namespace {

Sameness same_texts(const SqlText& a, const SqlText& b, TextForm form) {
  const bool both_seen = !a.canonical.empty() && !b.canonical.empty();
  // Servers of one version print one tree in one way, so their word is final both ways.
  if (both_seen && a.server == b.server) return {a.canonical == b.canonical, false};
  if (same_text(a.written, b.written, form)) return {true, false};
  // An author may well write what a server printed.
  if (!a.canonical.empty() && same_text(a.canonical, b.written, form)) return {true, false};
  if (!b.canonical.empty() && same_text(a.written, b.canonical, form)) return {true, false};
  if (both_seen && same_text(a.canonical, b.canonical, form)) return {true, false};
  return {false, true};
}

Sameness same_records(const FieldInfo& field, const List& a, const List& b) {
  Sameness result{true, false};
  for (std::size_t i = 0; i < field.record.size(); ++i) {
    if (field.record[i].role == Role::intent) continue;
    const Sameness part = same(field.record[i], a[i], b[i]);
    result.same = result.same && part.same;
    result.unproven = result.unproven || part.unproven;
  }
  return result;
}

// Whether a text that stays means other columns than before: `select *` over a table that gained or
// lost one. Only a text without the server's word needs the question.
class Stars {
 public:
  Stars(const Catalog& from, const Catalog& to) : from_(from), to_(to) {}

  bool changed(const FieldInfo& field, const Value& before, const Value& after, const Object& was,
               const Object& now) const {
    const SqlText* a = before.sql();
    const SqlText* b = after.sql();
    if (a == nullptr || b == nullptr) return false;
    if (!a->canonical.empty() && !b->canonical.empty() && a->server == b->server) return false;
    if (!names_new_column(now, from_) && !names_new_column(was, to_)) return false;
    const auto columns = names_in(b->written, form_of(field.shape)).columns;
    return std::any_of(columns.begin(), columns.end(),
                       [](const ColumnName& column) { return column.name.text == "*"; });
  }

 private:
  // Whether `object` names a column that the other catalog does not have.
  static bool names_new_column(const Object& object, const Catalog& other) {
    return std::any_of(object.depends.begin(), object.depends.end(), [&](const Edge& edge) {
      return edge.target.kind().recorded_order && !other.contains(edge.target);
    });
  }

  const Catalog& from_;
  const Catalog& to_;
};

// The server's version that gave an object's texts the form they have; 0 where none has seen them.
int seen_by(const Object& object) {
  int server = 0;
  for (const Value& value : object.values)
    any_text(value, [&](const SqlText& text) {
      server = text.canonical.empty() ? 0 : text.server;
      return true;
    });
  return server;
}

// Names that stand beside a query say nothing once a server has seen it: its text has them. Where
// it has seen one of two queries, nobody can tell.
Sameness same_output_names(const Object& was, const Object& now) {
  const int before = seen_by(was), after = seen_by(now);
  return {before != 0 && before == after, before != after};
}

void diff_fields(const Object& was, const Object& now, const Stars& stars,
                 std::vector<Change>& changes) {
  const auto& fields = now.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].role == Role::intent) continue;
    Sameness result = same(fields[i], was.values[i], now.values[i]);
    if (!result.same && names_output(now.kind(), fields[i])) result = same_output_names(was, now);
    if (result.same && !stars.changed(fields[i], was.values[i], now.values[i], was, now)) continue;
    changes.push_back({.verb = Change::Verb::set,
                       .id = now.id,
                       .was = {},
                       .field = static_cast<FieldIndex>(i),
                       .before = was.values[i],
                       .after = now.values[i],
                       .unproven = result.unproven});
  }
}

// Whether a field says what the object stands in, so that a change of that is a change of a field.
bool names_its_parent(const KindInfo& kind) {
  return std::any_of(kind.fields.begin(), kind.fields.end(),
                     [](const FieldInfo& field) { return field.refers == Refers::owner_column; });
}

Change plain(Change::Verb verb, const ObjectId& id) {
  return {
      .verb = verb, .id = id, .was = {}, .field = 0, .before = {}, .after = {}, .unproven = false};
}

}  // namespace

Sameness same(const FieldInfo& field, const Value& a, const Value& b) {
  if (a == b) return {true, false};
  if (a.index() != b.index()) return {false, false};
  if (const SqlText* text = a.sql()) return same_texts(*text, *b.sql(), form_of(field.shape));
  const List* left = a.list();
  if (left == nullptr) return {false, false};
  const List& right = *b.list();
  if (left->size() != right.size()) return {false, false};
  const bool record = !field.record.empty();
  if (record && (field.listing == Listing::one || field.listing == Listing::group))
    return same_records(field, *left, right);
  // Options in parentheses have no order.
  if (field.shape == Shape::setting && field.listing == Listing::parens)
    return {std::is_permutation(left->begin(), left->end(), right.begin()), false};
  FieldInfo item = field;  // of a plain list: the field without its listing
  item.listing = Listing::one;
  Sameness result{true, false};
  for (std::size_t i = 0; i < left->size(); ++i) {
    const Sameness part = record ? same_records(field, *(*left)[i].list(), *right[i].list())
                                 : same(item, (*left)[i], right[i]);
    result.same = result.same && part.same;
    result.unproven = result.unproven || part.unproven;
  }
  return result;
}

std::vector<Change> diff(const Catalog& from, const Catalog& to) {
  std::vector<Change> changes;
  const std::size_t sizes[] = {from.size(), to.size()};
  changes.reserve(std::max(sizes[0], sizes[1]) -
                  std::min(sizes[0], sizes[1]));  // there are as many
  const Stars stars(from, to);
  auto was = from.objects().begin();
  auto now = to.objects().begin();
  while (was != from.objects().end() || now != to.objects().end()) {
    if (now == to.objects().end() || (was != from.objects().end() && was->id < now->id)) {
      changes.push_back(plain(Change::Verb::drop, (was++)->id));
    } else if (was == from.objects().end() || now->id < was->id) {
      changes.push_back(plain(Change::Verb::create, (now++)->id));
    } else {
      if (was->parent == now->parent || names_its_parent(now->kind())) {
        diff_fields(*was, *now, stars, changes);
      } else {  // an index of the same name on another table
        changes.push_back(plain(Change::Verb::drop, was->id));
        changes.push_back(plain(Change::Verb::create, now->id));
      }
      ++was, ++now;
    }
  }
  return changes;
}

}  // namespace schemac
