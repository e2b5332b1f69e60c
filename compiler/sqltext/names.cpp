#include <algorithm>
#include <set>

#include "compiler/sqltext/walk.h"

namespace schemac {
namespace {

using namespace sqltext;

class Collector : public Walker {
 public:
  explicit Collector(TextFacts& facts) : facts_(facts) {}

  void collect(const Tree& tree) {
    shift_ = tree.shift;
    walk(tree.root);
    // GROUP BY and ORDER BY may mean a column of the output.
    for (ColumnUse& column : facts_.columns)
      if (column.qualifier.empty() && outputs_.contains(column.name.text)) column.open = true;
  }

 protected:
  void on_relation(const PgQuery__RangeVar& relation) override {
    QName name{Ident(relation.schemaname), Ident(relation.relname)};
    use(NameUse::What::relation, name, relation.location);
    facts_.names.relations.push_back(
        {std::move(name),
         Ident(relation.alias == nullptr ? relation.relname : relation.alias->aliasname)});
  }
  void on_column(const PgQuery__ColumnRef& column, bool) override {
    std::vector<std::string> parts = strings(column.n_fields, column.fields);
    if (column.n_fields > 0 && as<PgQuery__AStar>(column.fields[column.n_fields - 1]) != nullptr)
      parts.emplace_back("*");
    add_column(parts, column.location);
  }
  void on_target_column(const char* name, std::int32_t location) override {
    const Level& level = levels().back();
    if (level.empty())
      add_column({name}, location);
    else
      add_column({level.front().alias.text, name}, location);
  }
  void on_joined_column(const char* name) override { add_column({name}, -1); }
  void on_output(const PgQuery__ResTarget& target) override {
    outputs_.insert(target.name);
    if (const auto* column = as<PgQuery__ColumnRef>(target.val)) listed_.insert(column->location);
  }
  void on_function(const PgQuery__FuncCall& call) override {
    QName name = qualified(strings(call.n_funcname, call.funcname));
    use(NameUse::What::function, name, call.location);
    facts_.names.functions.push_back(std::move(name));
  }
  void on_type(const PgQuery__TypeName& type) override {
    if (type.pct_type || type.n_names == 0) return;
    QName name = qualified(strings(type.n_names, type.names));
    if (name.schema.text == "pg_catalog") return;
    use(NameUse::What::type, name, type.location);
    facts_.names.types.push_back(std::move(name));
  }
  void on_collation(const PgQuery__CollateClause& collate) override {
    QName name = qualified(strings(collate.n_collname, collate.collname));
    use(NameUse::What::collation, name, collate.location);
    facts_.names.collations.push_back(std::move(name));
  }
  void on_operator(const PgQuery__AExpr& expression) override {
    use(NameUse::What::operation, qualified(strings(expression.n_name, expression.name)),
        expression.location);
  }
  void on_named(const PgQuery__AConst& constant, std::string_view type) override {
    auto name = parse_qualified(constant.sval->sval);
    if (!name) return;
    if (type == "regclass") {
      use(NameUse::What::relation, *name, constant.location);
      facts_.names.regclasses.push_back(std::move(*name));
    } else if (type == "regtype") {
      use(NameUse::What::type, *name, constant.location);
      facts_.names.types.push_back(std::move(*name));
    } else if (type == "regproc") {
      use(NameUse::What::function, *name, constant.location);
      facts_.names.functions.push_back(std::move(*name));
    }
  }

 private:
  std::size_t offset(std::int32_t location) const {
    const auto at = static_cast<std::size_t>(location);
    return location < 0 || at < shift_ ? ColumnUse::nowhere : at - shift_;
  }
  void use(NameUse::What what, const QName& name, std::int32_t location) {
    facts_.uses.push_back({what, name, offset(location)});
  }
  void add_column(const std::vector<std::string>& parts, std::int32_t location);
  void find_candidates(ColumnUse& use) const;

  TextFacts& facts_;
  std::size_t shift_ = 0;
  std::set<std::string> outputs_;
  std::set<std::int32_t> listed_;  // columns that are a whole output, by place
};

void Collector::add_column(const std::vector<std::string>& parts, std::int32_t location) {
  const std::size_t n = parts.size();
  if (n == 0) return;
  ColumnName column{{}, {}, Ident(parts[n - 1])};
  if (n > 1) column.table = Ident(parts[n - 2]);
  if (n > 2) column.schema = Ident(parts[n - 3]);
  ColumnUse use{column.table, column.name, {}, false, false, offset(location)};
  use.listed = use.name.text == "*" && listed_.contains(location);
  if (column.schema.empty())
    find_candidates(use);
  else
    use.candidates.push_back({{column.schema, column.table}, 0});
  facts_.columns.push_back(std::move(use));
  facts_.names.columns.push_back(std::move(column));
}

void Collector::find_candidates(ColumnUse& use) const {
  const bool star = use.name.text == "*";
  for (int level = static_cast<int>(levels().size()) - 1; level >= 0; --level) {
    for (const InSight& entry : levels()[static_cast<std::size_t>(level)]) {
      if (!use.qualifier.empty() && entry.alias != use.qualifier) continue;
      if (entry.name.empty())
        use.open = true;
      else
        use.candidates.push_back({entry.name, level});
    }
    const bool found = use.open || !use.candidates.empty();
    if (found && (star || !use.qualifier.empty())) return;
  }
}

template <class T>
void make_unique(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace

TextFacts inspect_text(std::string_view text, TextForm form) {
  TextFacts facts;
  Collector collector(facts);
  facts.error = with_tree(text, form, [&](const Tree& tree) {
    collector.collect(tree);
    if (form == TextForm::expression) facts.derived = derived_name(tree.root);
  });
  if (facts.error && facts.error->maybe_newer) add_possible_names(text, facts);
  make_unique(facts.names.relations);
  make_unique(facts.names.functions);
  make_unique(facts.names.types);
  make_unique(facts.names.collations);
  make_unique(facts.names.regclasses);
  make_unique(facts.names.columns);
  return facts;
}

TextNames names_in(std::string_view text, TextForm form) {
  return inspect_text(text, form).names;
}

}  // namespace schemac
