#pragma once
#include "compiler/bind/catalog_names.h"

namespace schemac {

// Reports names in SQL texts that stand for nothing. What a server or an extension may bring is
// given the benefit of the doubt.
class TextChecker {
 public:
  TextChecker(Binding& binding, CatalogNames& names) : binding_(binding), names_(names) {}

  void check(const TextMention& mention);

 private:
  struct Context {
    const TextMention& mention;
    const Object& object;
    std::string_view home;
  };
  void check_use(const Context& context, const NameUse& use);
  void check_column(const Context& context, const ColumnUse& use);
  bool known_to(const Object& relation, const Ident& column, bool& open);
  SourceSpan place(const Context& context, std::size_t offset, std::size_t length) const;

  Binding& binding_;
  CatalogNames& names_;
};

// Reports objects that need each other, as views on views do.
void check_cycles(Binding& binding, const Catalog& catalog);

}  // namespace schemac
