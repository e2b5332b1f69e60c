#include "compiler/kinds/text_search_template.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Actions create(const Typed<TextSearchTemplate>& pattern, const Context&) {
  Sql head = sql("CREATE TEXT SEARCH TEMPLATE ", pattern.qname(), " (");
  if (pattern.init) head.add(sql("INIT = ", *pattern.init, ", "));
  return {statement(sql(head, "LEXIZE = ", *pattern.lexize, ")"))};
}

Actions drop(const Typed<TextSearchTemplate>& pattern, const Context&) {
  return {statement(sql("DROP TEXT SEARCH TEMPLATE ", pattern.qname()), {}, Loss::rebuildable)};
}

Actions rename(const Typed<TextSearchTemplate>& was, const Typed<TextSearchTemplate>& now,
               const Context&) {
  return {statement(sql("ALTER TEXT SEARCH TEMPLATE ", QName{now.qname().schema, was.name()},
                        " RENAME TO ", now.name()))};
}

Sql address(const Object& pattern) {
  return sql("TEXT SEARCH TEMPLATE ", qname(pattern.id));
}

constexpr FieldRule kFields[] = {
    replaces("init"),
    replaces("lexize"),
};
static_assert(covers(text_search_template_kind, kFields),
              "every field of a text search template needs a rule, in their order");

}  // namespace

extern constexpr KindRules text_search_template_rules{.create = on<create>,
                                                      .drop = on<drop>,
                                                      .rename = on_both<rename>,
                                                      .address = address,
                                                      .fields = kFields};

}  // namespace schemac::postgres
