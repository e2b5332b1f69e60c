#include "compiler/bind/declared_names.h"

#include <algorithm>

namespace schemac {

Cursor behind(const Statement& statement, std::size_t items) {
  Cursor cursor = cursor_over(statement.items, statement.span);
  cursor.at += items;
  return cursor;
}

bool has_qualified_name(const KindInfo& kind) {
  return kind.parents.empty() && (kind.scope == Scope::schema || kind.scope == Scope::signature);
}

const KindInfo* retained_kind(const Statement& statement, const KindInfo* parent) {
  const Cursor cursor = behind(statement, 0);
  if (!cursor.is_word(0, "retain") || !cursor.is(1, ItemKind::word) || statement.has_block)
    return nullptr;
  const KindInfo* kind = find_kind(cursor.at[1].text);
  if (kind == nullptr || !kind->holds_rows) return nullptr;
  const auto& parents = kind->parents;
  const bool stands_here =
      parent == nullptr ? parents.empty()
                        : std::find(parents.begin(), parents.end(), parent->name) != parents.end();
  const bool qualified = parent == nullptr && cursor.is_symbol(3, ".") && cursor.is_name(4);
  const std::size_t items = qualified ? 5 : 3;
  return stands_here && cursor.is_name(2) && statement.items.size() == items ? kind : nullptr;
}

bool starts_parts(const KindInfo& kind, const Statement& member) {
  return std::any_of(kind.fields.begin(), kind.fields.end(), [&](const FieldInfo& field) {
    return field.holds_parts && match_phrase(behind(member, 0), field.clause) > 0;
  });
}

namespace {

// The name of the type that comes with the object, by its clause where there is one.
std::string further_type(const KindInfo& kind, std::string_view name, Cursor cursor) {
  if (kind.further_type == nullptr) return {};
  std::vector<Value> values(kind.fields.size());
  for (; !cursor.done(); ++cursor.at)
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
      const std::size_t words =
          kind.fields[i].brings_type ? match_phrase(cursor, kind.fields[i].clause) : 0;
      if (words > 0 && cursor.is_name(words)) values[i] = Ident(cursor.at[words].text);
    }
  return kind.further_type(name, values);
}

}  // namespace

void add_names(const KindInfo& kind, const Statement& statement, std::size_t keyword,
               const std::string& home, Names& names) {
  if (!kind.part_keyword.empty())
    for (const Statement& member : statement.block) {
      const KindMatch match = match_kind(behind(member, 0), &kind);
      if (starts_parts(kind, member))
        for (const Statement& part : member.block)
          add_names(kind, part, match_kind(behind(part, 0), &kind).items, home, names);
      else if (match.kind == &kind)
        add_names(kind, member, match.items, home, names);
    }
  const Cursor cursor = behind(statement, keyword);
  const bool symbol = kind.naming == Naming::symbol;
  const bool qualified = cursor.is_name(0) && cursor.is_symbol(1, ".") &&
                         cursor.is(2, symbol ? ItemKind::symbol : cursor.at[2].kind);
  if (kind.naming == Naming::none || !(cursor.is_name(0) || (symbol && !cursor.done()))) return;
  if (kind.names_others) names.add_schema(cursor.at->text);
  if (!has_qualified_name(kind)) {
    if (kind.parents.empty()) names.add(kind, "", cursor.at->text, "", 0);
    return;
  }
  const std::string& schema = qualified ? cursor.at[0].text : home;
  const std::string& name = qualified ? cursor.at[2].text : cursor.at[0].text;
  names.add(kind, schema, name, further_type(kind, name, cursor), 0);
}

}  // namespace schemac
