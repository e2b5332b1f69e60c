#include "base/sql.h"

namespace schemac {
namespace {

struct Renderer {
  const Dialect& dialect;
  std::string& out;

  void operator()(std::string_view keywords) { out += keywords; }
  void operator()(const Ident& name) { out += dialect.quote_ident(name.text); }
  void operator()(const QName& name) {
    if (!name.schema.empty()) out += dialect.quote_ident(name.schema.text) + ".";
    out += dialect.quote_ident(name.name.text);
  }
  void operator()(const Literal& literal) { out += dialect.quote_literal(literal.value); }
  void operator()(const Fragment& fragment) { out += fragment.text; }
  void operator()(const Word& word) {
    for (char c : word.text) out += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
  }
  void operator()(std::int64_t number) { out += std::to_string(number); }
};

}  // namespace

std::string render(const Sql& sql, const Dialect& dialect) {
  std::string out;
  Renderer renderer{dialect, out};
  for (const Sql::Part& part : sql.parts()) std::visit(renderer, part);
  return out;
}

}  // namespace schemac
