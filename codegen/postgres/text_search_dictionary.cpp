#include "compiler/kinds/text_search_dictionary.h"

#include <algorithm>

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

// The server keeps numbers as such, and everything else in quotes.
Sql option(const Setting& setting) {
  const bool number =
      !setting.value.empty() && setting.value.find_first_not_of("0123456789") == std::string::npos;
  return sql(Ident(setting.name), " = ",
             number ? sql(Fragment{setting.value}) : sql(Literal{setting.value}));
}

Actions create(const Typed<TextSearchDictionary>& dictionary, const Context&) {
  Sql head = sql("CREATE TEXT SEARCH DICTIONARY ", dictionary.qname(),
                 " (TEMPLATE = ", dictionary.pattern);
  for (const Setting& setting : dictionary.options) head.add(sql(", ", option(setting)));
  return {statement(sql(head, ")"))};
}

std::optional<Actions> set_options(const Typed<TextSearchDictionary>& was,
                                   const Typed<TextSearchDictionary>& now, const Context&) {
  std::vector<Sql> options;
  for (const Setting& setting : was.options) {
    const bool stays = std::any_of(now.options.begin(), now.options.end(),
                                   [&](const Setting& s) { return s.name == setting.name; });
    if (!stays) options.push_back(sql(Ident(setting.name)));
  }
  for (const Setting& setting : now.options)
    if (std::find(was.options.begin(), was.options.end(), setting) == was.options.end())
      options.push_back(option(setting));
  return Actions{
      statement(sql("ALTER TEXT SEARCH DICTIONARY ", now.qname(), " (", join(options, ", "), ")"))};
}

Actions drop(const Typed<TextSearchDictionary>& dictionary, const Context&) {
  return {
      statement(sql("DROP TEXT SEARCH DICTIONARY ", dictionary.qname()), {}, Loss::rebuildable)};
}

Actions rename(const Typed<TextSearchDictionary>& was, const Typed<TextSearchDictionary>& now,
               const Context&) {
  return {statement(sql("ALTER TEXT SEARCH DICTIONARY ", QName{now.qname().schema, was.name()},
                        " RENAME TO ", now.name()))};
}

Sql address(const Object& dictionary) {
  return sql("TEXT SEARCH DICTIONARY ", qname(dictionary.id));
}

constexpr FieldRule kFields[] = {
    replaces("template"),
    alters<set_options>("options"),
};
static_assert(covers(text_search_dictionary_kind, kFields),
              "every field of a text search dictionary needs a rule, in their order");

}  // namespace

extern constexpr KindRules text_search_dictionary_rules{.create = on<create>,
                                                        .drop = on<drop>,
                                                        .rename = on_both<rename>,
                                                        .address = address,
                                                        .fields = kFields};

}  // namespace schemac::postgres
