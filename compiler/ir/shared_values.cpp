#include "compiler/ir/shared_values.h"

#include <functional>
#include <string_view>

namespace schemac {
namespace {

// Takes parts of values one by one.
class Mixer {
 public:
  void number(std::size_t number) { hash_ = (hash_ ^ number) * kPrime; }
  void text(std::string_view text) { number(std::hash<std::string_view>()(text)); }
  void name(const QName& name) {
    text(name.schema.text);
    text(name.name.text);
  }
  void value(const Value& value) {
    number(value.index());
    if (const bool* flag = std::get_if<bool>(&value)) number(*flag ? 1 : 0);
    if (const auto* integer = value.integer()) number(static_cast<std::size_t>(*integer));
    if (const std::string* string = value.text()) text(*string);
    if (const Ident* ident = value.ident()) text(ident->text);
    if (const QName* qname = value.qname()) name(*qname);
    if (const TypeRef* type = value.type()) {
      name(type->name);
      for (const std::string& modifier : type->modifiers) text(modifier);
    }
    if (const SqlText* sql = value.sql()) text(sql->written);
    if (const List* list = value.list())
      for (const Value& item : *list) this->value(item);
  }
  std::size_t hash() const { return hash_ ^ (hash_ >> 32); }

 private:
  static constexpr std::size_t kPrime = 0x9e3779b97f4a7c15;
  std::size_t hash_ = 0;
};

}  // namespace

std::size_t SharedValues::Hash::operator()(const Values& values) const {
  Mixer mixer;
  for (const Value& value : values) mixer.value(value);
  return mixer.hash();
}

}  // namespace schemac
