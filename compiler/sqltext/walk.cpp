#include "compiler/sqltext/walk.h"

#include <algorithm>
#include <array>

namespace schemac::sqltext {
namespace {

// The relation, WITH and FROM of a statement that writes rows, whichever it is.
struct Writing {
  const PgQuery__WithClause* with = nullptr;
  const PgQuery__RangeVar* relation = nullptr;
  std::size_t n_from = 0;
  PgQuery__Node* const* from = nullptr;
  std::size_t n_targets = 0;
  PgQuery__Node* const* targets = nullptr;
};

std::optional<Writing> writing_of(const Message* message) {
  if (const auto* insert = as<PgQuery__InsertStmt>(message))
    return Writing{insert->with_clause, insert->relation, 0, nullptr, insert->n_cols, insert->cols};
  if (const auto* update = as<PgQuery__UpdateStmt>(message))
    return Writing{update->with_clause, update->relation,      update->n_from_clause,
                   update->from_clause, update->n_target_list, update->target_list};
  if (const auto* remove = as<PgQuery__DeleteStmt>(message))
    return Writing{remove->with_clause,
                   remove->relation,
                   remove->n_using_clause,
                   remove->using_clause,
                   0,
                   nullptr};
  if (const auto* merge = as<PgQuery__MergeStmt>(message))
    return Writing{merge->with_clause,
                   merge->relation,
                   merge->source_relation != nullptr,
                   &merge->source_relation,
                   0,
                   nullptr};
  return std::nullopt;
}

constexpr std::array<std::string_view, 3> kSequenceFunctions{"currval", "nextval", "setval"};

}  // namespace

void Walker::walk(const Message* root) {
  if (root != nullptr) visit(root);
}

bool Walker::is_cte(const PgQuery__RangeVar& relation) const {
  return relation.schemaname[0] == '\0' &&
         std::find(ctes_.begin(), ctes_.end(), relation.relname) != ctes_.end();
}

void Walker::add_in_sight(Level& level, const PgQuery__RangeVar& relation) const {
  InSight entry;
  if (!is_cte(relation)) entry.name = {Ident(relation.schemaname), Ident(relation.relname)};
  entry.aliased = relation.alias != nullptr;
  entry.alias = Ident(entry.aliased ? relation.alias->aliasname : relation.relname);
  level.push_back(std::move(entry));
}

void Walker::add_in_sight(Level& level, const PgQuery__Node* item) const {
  // Without an alias its columns can still be named, though not qualified.
  const auto add = [&](const PgQuery__Alias* alias) {
    level.push_back({{}, Ident(alias == nullptr ? "" : alias->aliasname), true});
  };
  if (const auto* relation = as<PgQuery__RangeVar>(item)) {
    add_in_sight(level, *relation);
  } else if (const auto* join = as<PgQuery__JoinExpr>(item)) {
    add_in_sight(level, join->larg);
    add_in_sight(level, join->rarg);
    if (join->alias != nullptr) add(join->alias);
  } else if (const auto* query = as<PgQuery__RangeSubselect>(item)) {
    add(query->alias);
  } else if (const auto* function = as<PgQuery__RangeFunction>(item)) {
    add(function->alias);
  } else if (const auto* table = as<PgQuery__RangeTableFunc>(item)) {
    add(table->alias);
  } else if (const Message* other = held(item)) {
    // TABLESAMPLE and the like stand around a relation.
    for_each_child(other, [&](const auto&, const Message* child) {
      if (const auto* relation = as<PgQuery__RangeVar>(child)) add_in_sight(level, *relation);
    });
  }
}

void Walker::visit(const Message* message) {
  if (const auto* select = as<PgQuery__SelectStmt>(message)) return visit_select(*select);
  if (const auto* relation = as<PgQuery__RangeVar>(message)) {
    if (!is_cte(*relation)) on_relation(*relation);
    return;
  }
  if (const auto* column = as<PgQuery__ColumnRef>(message)) return on_column(*column, false);
  if (const auto* call = as<PgQuery__FuncCall>(message)) return visit_call(*call);
  if (const auto* cast = as<PgQuery__TypeCast>(message)) return visit_cast(*cast);
  if (const auto* type = as<PgQuery__TypeName>(message)) return on_type(*type);
  if (const auto* collate = as<PgQuery__CollateClause>(message)) {
    on_collation(*collate);
    if (const Message* argument = held(collate->arg)) visit(argument);
    return;
  }
  if (const auto* expression = as<PgQuery__AExpr>(message)) on_operator(*expression);
  if (const auto* join = as<PgQuery__JoinExpr>(message))
    for (const std::string& name : strings(join->n_using_clause, join->using_clause))
      on_joined_column(name.c_str());
  if (const auto* element = as<PgQuery__IndexElem>(message))
    if (element->name[0] != '\0') on_target_column(element->name, -1);
  if (writing_of(message)) return visit_writing(message);
  visit_children(message);
}

void Walker::visit_children(const Message* message) {
  for_each_child(message, [&](const auto&, const Message* child) { visit(child); });
}

void Walker::visit_with(const PgQuery__WithClause* with) {
  if (with == nullptr) return;
  const auto name_of = [](const PgQuery__Node* node) {
    return std::string(as<PgQuery__CommonTableExpr>(node)->ctename);
  };
  // Each query sees those before it, and all of them where the clause is recursive.
  if (with->recursive)
    for (std::size_t i = 0; i < with->n_ctes; ++i) ctes_.push_back(name_of(with->ctes[i]));
  for (std::size_t i = 0; i < with->n_ctes; ++i) {
    visit_children(held(with->ctes[i]));
    if (!with->recursive) ctes_.push_back(name_of(with->ctes[i]));
  }
}

void Walker::visit_select(const PgQuery__SelectStmt& select) {
  const std::size_t ctes = ctes_.size();
  visit_with(select.with_clause);
  Level level;
  for (std::size_t i = 0; i < select.n_from_clause; ++i) add_in_sight(level, select.from_clause[i]);
  levels_.push_back(std::move(level));
  on_select(select);
  for_each_child(&select.base, [&](const ProtobufCFieldDescriptor& field, const Message* child) {
    const std::string_view name = field.name;
    if (name == "with_clause") return;
    if (name == "sort_clause") {
      const auto* key = as<PgQuery__SortBy>(child);
      if (const auto* column = key ? as<PgQuery__ColumnRef>(key->node) : nullptr)
        return on_column(*column, true);
    }
    if (name == "target_list")
      if (const auto* target = as<PgQuery__ResTarget>(child)) on_output(*target);
    visit(child);
  });
  levels_.pop_back();
  ctes_.resize(ctes);
}

void Walker::visit_targets(std::size_t count, PgQuery__Node* const* targets) {
  for (std::size_t i = 0; i < count; ++i)
    if (const auto* target = as<PgQuery__ResTarget>(targets[i]))
      on_target_column(target->name, target->location);
}

void Walker::visit_writing(const Message* message) {
  const Writing writing = *writing_of(message);
  const std::size_t ctes = ctes_.size();
  visit_with(writing.with);
  Level level;
  if (writing.relation != nullptr) add_in_sight(level, *writing.relation);
  for (std::size_t i = 0; i < writing.n_from; ++i) add_in_sight(level, writing.from[i]);
  levels_.push_back(std::move(level));
  visit_targets(writing.n_targets, writing.targets);
  for_each_child(message, [&](const ProtobufCFieldDescriptor& field, const Message* child) {
    const std::string_view name = field.name;
    if (name == "with_clause" || name == "cols") return;
    if (name == "on_conflict_clause" || name == "merge_when_clauses")
      for_each_child(child, [&](const auto& inner, const Message* target) {
        if (std::string_view(inner.name) != "target_list") return;
        const auto* set = as<PgQuery__ResTarget>(target);
        if (set != nullptr && set->name[0] != '\0') on_target_column(set->name, set->location);
      });
    visit(child);
  });
  levels_.pop_back();
  ctes_.resize(ctes);
}

void Walker::visit_cast(const PgQuery__TypeCast& cast) {
  const auto parts = cast.type_name == nullptr
                         ? std::vector<std::string>()
                         : strings(cast.type_name->n_names, cast.type_name->names);
  const auto see = [&](const PgQuery__AConst* constant) {
    if (constant == nullptr || constant->val_case != PG_QUERY__A__CONST__VAL_SVAL || parts.empty())
      return;
    if (parts.back().starts_with("reg")) on_named(*constant, parts.back());
    on_literal(*constant, qualified(parts));
  };
  see(as<PgQuery__AConst>(cast.arg));
  if (const auto* array = as<PgQuery__AArrayExpr>(cast.arg))
    for (std::size_t i = 0; i < array->n_elements; ++i)
      see(as<PgQuery__AConst>(array->elements[i]));
  visit_children(&cast.base);
}

void Walker::visit_call(const PgQuery__FuncCall& call) {
  on_function(call);
  const QName name = qualified(strings(call.n_funcname, call.funcname));
  const auto* first = call.n_args > 0 ? as<PgQuery__AConst>(call.args[0]) : nullptr;
  if (first != nullptr && first->val_case == PG_QUERY__A__CONST__VAL_SVAL &&
      (name.schema.empty() || name.schema.text == "pg_catalog") &&
      std::find(kSequenceFunctions.begin(), kSequenceFunctions.end(), name.name.text) !=
          kSequenceFunctions.end())
    on_named(*first, "regclass");
  visit_children(&call.base);
}

}  // namespace schemac::sqltext
