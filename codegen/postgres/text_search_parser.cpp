#include "compiler/kinds/text_search_parser.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Actions create(const Typed<TextSearchParser>& parser, const Context&) {
  Sql head = sql("CREATE TEXT SEARCH PARSER ", parser.qname(), " (\n    START = ", *parser.start,
                 ",\n    GETTOKEN = ", *parser.gettoken, ",\n    END = ", *parser.end,
                 ",\n    LEXTYPES = ", *parser.lextypes);
  if (parser.headline) head.add(sql(",\n    HEADLINE = ", *parser.headline));
  return {statement(sql(head, "\n)"))};
}

Actions drop(const Typed<TextSearchParser>& parser, const Context&) {
  return {statement(sql("DROP TEXT SEARCH PARSER ", parser.qname()), {}, Loss::rebuildable)};
}

Actions rename(const Typed<TextSearchParser>& was, const Typed<TextSearchParser>& now,
               const Context&) {
  return {statement(sql("ALTER TEXT SEARCH PARSER ", QName{now.qname().schema, was.name()},
                        " RENAME TO ", now.name()))};
}

Sql address(const Object& parser) {
  return sql("TEXT SEARCH PARSER ", qname(parser.id));
}

constexpr FieldRule kFields[] = {
    replaces("start"),    replaces("gettoken"), replaces("end"),
    replaces("lextypes"), replaces("headline"),
};
static_assert(covers(text_search_parser_kind, kFields),
              "every field of a text search parser needs a rule, in their order");

}  // namespace

extern constexpr KindRules text_search_parser_rules{.create = on<create>,
                                                    .drop = on<drop>,
                                                    .rename = on_both<rename>,
                                                    .address = address,
                                                    .fields = kFields};

}  // namespace schemac::postgres
