#include "compiler/kinds/publication.h"

#include <algorithm>

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

// What a new publication has.
Setting usual(const std::string& name) {
  if (name == "publish") return {name, "insert, update, delete, truncate"};
  if (name == "publish_generated_columns") return {name, "none"};
  return {name, "false"};
}

Sql option(const Setting& setting) {
  return sql(Ident(setting.name), " = ", Literal{setting.value});
}

Actions create(const Typed<Publication>& publication, const Context&) {
  Sql head = sql("CREATE PUBLICATION ", publication.name());
  if (publication.all_tables) head.add(" FOR ALL TABLES");
  std::vector<Sql> options;
  for (const Setting& setting : publication.with) options.push_back(option(setting));
  if (!options.empty()) head.add(sql(" WITH (", join(options, ", "), ")"));
  return {statement(std::move(head))};
}

std::optional<Actions> set_options(const Typed<Publication>& was, const Typed<Publication>& now,
                                   const Context&) {
  std::vector<Sql> options;
  for (const Setting& setting : now.with)
    if (std::find(was.with.begin(), was.with.end(), setting) == was.with.end())
      options.push_back(option(setting));
  for (const Setting& setting : was.with)
    if (std::none_of(now.with.begin(), now.with.end(),
                     [&](const Setting& other) { return other.name == setting.name; }))
      options.push_back(option(usual(setting.name)));
  return Actions{
      statement(sql("ALTER PUBLICATION ", now.name(), " SET (", join(options, ", "), ")"))};
}

Actions drop(const Typed<Publication>& publication, const Context&) {
  return {statement(sql("DROP PUBLICATION ", publication.name()), {}, Loss::rebuildable)};
}

Actions rename(const Typed<Publication>& was, const Typed<Publication>& now, const Context&) {
  return {statement(sql("ALTER PUBLICATION ", was.name(), " RENAME TO ", now.name()))};
}

Sql address(const Object& publication) {
  return sql("PUBLICATION ", Ident(std::string(publication.id.name())));
}

constexpr FieldRule kFields[] = {
    replaces("all_tables"),
    alters<set_options>("with"),
};
static_assert(covers(publication_kind, kFields),
              "every field of a publication needs a rule, in their order");

}  // namespace

extern constexpr KindRules publication_rules{.create = on<create>,
                                             .drop = on<drop>,
                                             .rename = on_both<rename>,
                                             .address = address,
                                             .fields = kFields};

}  // namespace schemac::postgres
