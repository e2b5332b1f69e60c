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

bool starts_parts(const KindInfo& kind, const Statement& member) {
  return std::any_of(kind.fields.begin(), kind.fields.end(), [&](const FieldInfo& field) {
    return field.holds_parts && match_phrase(behind(member, 0), field.clause) > 0;
  });
}

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
  if (!cursor.is_name(0)) return;
  if (kind.names_others) names.add_schema(cursor.at->text);
  if (!has_qualified_name(kind)) return;
  const bool qualified = cursor.is_symbol(1, ".") && cursor.is_name(2);
  const std::string& schema = qualified ? cursor.at[0].text : home;
  const std::string& name = qualified ? cursor.at[2].text : cursor.at[0].text;
  if (kind.spaces.relation) names.add(Space::relation, schema, name, 0);
  if (kind.spaces.type) names.add(Space::type, schema, name, 0);
  if (kind.spaces.routine) names.add(Space::routine, schema, name, 0);
}

}  // namespace schemac
