#include "introspect/postgres/overloaded.h"

#include "compiler/sqltext/sqltext.h"

namespace schemac::postgres {
namespace {

class Qualifier {
 public:
  explicit Qualifier(const std::vector<std::string>& overloaded) {
    for (const std::string& name : overloaded)
      changes_.push_back({NameChange::What::function,
                          {{}, Ident(name)},
                          Ident(name),
                          {Ident("pg_catalog"), Ident(name)}});
  }

  void qualify(Object& object) const {
    const auto fields = object.kind().fields;
    for (std::size_t i = 0; i < fields.size(); ++i)
      object.values.set(i, qualified(fields[i], object.values[i]));
  }

 private:
  Value qualified(const FieldInfo& field, const Value& value) const {
    if (const SqlText* text = value.sql()) return qualified(*text, form_of(field.shape));
    const List* list = value.list();
    if (list == nullptr || !has_text(field)) return value;
    const bool record = field.listing == Listing::one || field.listing == Listing::group;
    if (record) return qualified_record(field, *list);
    List items;
    for (const Value& item : *list) {
      const List* parts = item.list();
      items.push_back(parts == nullptr ? qualified(field, item) : qualified_record(field, *parts));
    }
    return items;
  }

  Value qualified_record(const FieldInfo& field, const List& record) const {
    List parts;
    for (std::size_t i = 0; i < field.record.size(); ++i)
      parts.push_back(qualified(field.record[i], record[i]));
    return parts;
  }

  static bool has_text(const FieldInfo& field) {
    for (const FieldInfo& part : field.record)
      if (has_text(part)) return true;
    return field.shape == Shape::expr || field.shape == Shape::value || field.shape == Shape::key ||
           field.shape == Shape::query || field.shape == Shape::statements;
  }

  Value qualified(SqlText text, TextForm form) const {
    for (const NameChange& change : changes_)
      if (text.written.find(change.from.text) != std::string::npos) {
        text.written = rename_in_text(text.written, form, changes_, {});
        break;
      }
    return text;
  }

  std::vector<NameChange> changes_;
};

}  // namespace

void qualify_server_functions(Catalog& catalog, const std::vector<std::string>& overloaded) {
  if (overloaded.empty()) return;
  const Qualifier qualifier(overloaded);
  for (Object& object : catalog.objects()) qualifier.qualify(object);
}

}  // namespace schemac::postgres
