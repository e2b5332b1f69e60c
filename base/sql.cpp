#include "base/sql.h"

namespace schemac {
namespace {

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::string render(const Sql& sql, const Dialect& dialect) {
  std::string out;
  sql.each_part([&](Sql::Form form, std::string_view text) {
    switch (form) {
      case Sql::Form::keywords:
      case Sql::Form::fragment:
        out += text;
        break;
      case Sql::Form::identifier:
        out += dialect.quote_ident(text);
        break;
      case Sql::Form::literal:
        out += dialect.quote_literal(text);
        break;
      case Sql::Form::word:
        for (const char c : text) out += upper(c);
        break;
    }
  });
  return out;
}

}  // namespace schemac
