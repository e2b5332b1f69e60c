#include "compiler/kinds/text_search_configuration.h"

#include <algorithm>

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

const TokenMapping* mapping_of(const std::vector<TokenMapping>& mappings, const Ident& token) {
  const auto at = std::find_if(mappings.begin(), mappings.end(),
                               [&](const TokenMapping& mapping) { return mapping.token == token; });
  return at == mappings.end() ? nullptr : &*at;
}

// What is mapped differently, in place; `was` is empty for a new configuration.
Actions map(const QName& name, const std::vector<TokenMapping>& was,
            const std::vector<TokenMapping>& now) {
  const Sql alter = sql("ALTER TEXT SEARCH CONFIGURATION ", name);
  Actions actions;
  for (const TokenMapping& mapping : was)
    if (mapping_of(now, mapping.token) == nullptr)
      actions.push_back(statement(sql(alter, " DROP MAPPING FOR ", mapping.token)));
  for (const TokenMapping& mapping : now) {
    const TokenMapping* before = mapping_of(was, mapping.token);
    if (before != nullptr && *before == mapping) continue;
    std::vector<Sql> dictionaries;
    for (const QName& dictionary : mapping.dictionaries) dictionaries.push_back(sql(dictionary));
    actions.push_back(
        statement(sql(alter, before == nullptr ? sql(" ADD") : sql(" ALTER"), " MAPPING FOR ",
                      mapping.token, " WITH ", join(dictionaries, ", "))));
  }
  return actions;
}

Actions create(const Typed<TextSearchConfiguration>& configuration, const Context&) {
  Actions actions = map(configuration.qname(), {}, configuration.mappings);
  actions.insert(actions.begin(),
                 statement(sql("CREATE TEXT SEARCH CONFIGURATION ", configuration.qname(),
                               " (PARSER = ", configuration.parser, ")")));
  return actions;
}

std::optional<Actions> set_mappings(const Typed<TextSearchConfiguration>& was,
                                    const Typed<TextSearchConfiguration>& now, const Context&) {
  return map(now.qname(), was.mappings, now.mappings);
}

Actions drop(const Typed<TextSearchConfiguration>& configuration, const Context&) {
  return {statement(sql("DROP TEXT SEARCH CONFIGURATION ", configuration.qname()), {},
                    Loss::rebuildable)};
}

Actions rename(const Typed<TextSearchConfiguration>& was, const Typed<TextSearchConfiguration>& now,
               const Context&) {
  return {statement(sql("ALTER TEXT SEARCH CONFIGURATION ", QName{now.qname().schema, was.name()},
                        " RENAME TO ", now.name()))};
}

Sql address(const Object& configuration) {
  return sql("TEXT SEARCH CONFIGURATION ", qname(configuration.id));
}

constexpr FieldRule kFields[] = {
    replaces("parser"),
    alters<set_mappings>("mappings"),
};
static_assert(covers(text_search_configuration_kind, kFields),
              "every field of a text search configuration needs a rule, in their order");

}  // namespace

extern constexpr KindRules text_search_configuration_rules{.create = on<create>,
                                                           .drop = on<drop>,
                                                           .rename = on_both<rename>,
                                                           .address = address,
                                                           .fields = kFields};

}  // namespace schemac::postgres
