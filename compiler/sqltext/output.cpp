#include <algorithm>

#include "compiler/sqltext/walk.h"

namespace schemac {
namespace {

using namespace sqltext;

// How sure the server is of a derived name, and the name.
struct Derived {
  int strength = 0;
  std::string name;
};

Derived derive(const Message* message);

std::string last_string(std::size_t count, PgQuery__Node* const* nodes) {
  const auto parts = strings(count, nodes);
  return parts.empty() ? std::string() : parts.back();
}

Derived derive_sublink(const PgQuery__SubLink& link) {
  switch (link.sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
      return {2, "exists"};
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
      return {2, "array"};
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK: {
      const auto* select = as<PgQuery__SelectStmt>(link.subselect);
      while (select != nullptr && select->larg != nullptr) select = select->larg;
      if (select == nullptr || select->n_target_list == 0) return {};
      const auto* target = as<PgQuery__ResTarget>(select->target_list[0]);
      if (target->name[0] != '\0') return {2, target->name};
      const Derived derived = derive(held(target->val));
      return {2, derived.name.empty() ? "?column?" : derived.name};
    }
    default:
      return {};
  }
}

Derived derive_value_function(const PgQuery__SQLValueFunction& value) {
  switch (value.op) {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
      return {2, "current_date"};
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N:
      return {2, "current_time"};
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
      return {2, "current_timestamp"};
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
      return {2, "localtime"};
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
      return {2, "localtimestamp"};
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE:
      return {2, "current_role"};
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER:
      return {2, "current_user"};
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER:
      return {2, "user"};
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER:
      return {2, "session_user"};
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
      return {2, "current_catalog"};
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA:
      return {2, "current_schema"};
    default:
      return {};
  }
}

Derived derive_xml(const PgQuery__XmlExpr& xml) {
  switch (xml.op) {
    case PG_QUERY__XML_EXPR_OP__IS_XMLCONCAT:
      return {2, "xmlconcat"};
    case PG_QUERY__XML_EXPR_OP__IS_XMLELEMENT:
      return {2, "xmlelement"};
    case PG_QUERY__XML_EXPR_OP__IS_XMLFOREST:
      return {2, "xmlforest"};
    case PG_QUERY__XML_EXPR_OP__IS_XMLPARSE:
      return {2, "xmlparse"};
    case PG_QUERY__XML_EXPR_OP__IS_XMLPI:
      return {2, "xmlpi"};
    case PG_QUERY__XML_EXPR_OP__IS_XMLROOT:
      return {2, "xmlroot"};
    case PG_QUERY__XML_EXPR_OP__IS_XMLSERIALIZE:
      return {2, "xmlserialize"};
    default:
      return {};
  }
}

// Nodes that always have the same name.
Derived derive_fixed(const Message* message) {
  if (message->descriptor == &pg_query__grouping_func__descriptor) return {2, "grouping"};
  if (message->descriptor == &pg_query__a__array_expr__descriptor) return {2, "array"};
  if (message->descriptor == &pg_query__row_expr__descriptor) return {2, "row"};
  if (message->descriptor == &pg_query__coalesce_expr__descriptor) return {2, "coalesce"};
  if (message->descriptor == &pg_query__xml_serialize__descriptor) return {2, "xmlserialize"};
  return {};
}

Derived derive(const Message* message) {
  if (message == nullptr) return {};
  if (const auto* column = as<PgQuery__ColumnRef>(message)) {
    const std::string name = last_string(column->n_fields, column->fields);
    return name.empty() ? Derived{} : Derived{2, name};
  }
  if (const auto* part = as<PgQuery__AIndirection>(message)) {
    const std::string name = last_string(part->n_indirection, part->indirection);
    return name.empty() ? derive(held(part->arg)) : Derived{2, name};
  }
  if (const auto* call = as<PgQuery__FuncCall>(message))
    return {2, last_string(call->n_funcname, call->funcname)};
  if (const auto* expression = as<PgQuery__AExpr>(message))
    return expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF ? Derived{2, "nullif"}
                                                                     : Derived{};
  if (const auto* cast = as<PgQuery__TypeCast>(message)) {
    const Derived inner = derive(held(cast->arg));
    if (inner.strength > 1 || cast->type_name == nullptr) return inner;
    return {1, last_string(cast->type_name->n_names, cast->type_name->names)};
  }
  if (const auto* collate = as<PgQuery__CollateClause>(message)) return derive(held(collate->arg));
  if (const auto* link = as<PgQuery__SubLink>(message)) return derive_sublink(*link);
  if (const auto* choice = as<PgQuery__CaseExpr>(message)) {
    const Derived inner = derive(held(choice->defresult));
    return inner.strength > 1 ? inner : Derived{1, "case"};
  }
  if (const auto* extreme = as<PgQuery__MinMaxExpr>(message))
    return {2, extreme->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least"};
  if (const auto* value = as<PgQuery__SQLValueFunction>(message))
    return derive_value_function(*value);
  if (const auto* xml = as<PgQuery__XmlExpr>(message)) return derive_xml(*xml);
  return derive_fixed(message);
}

// The SELECT whose targets name the columns of a query: the first of a UNION.
const PgQuery__SelectStmt* naming_select(const Message* root) {
  const auto* select = as<PgQuery__SelectStmt>(root);
  while (select != nullptr && select->larg != nullptr) select = select->larg;
  return select;
}

class Relations : public Walker {
 public:
  std::vector<QName> found;

 protected:
  void on_relation(const PgQuery__RangeVar& relation) override {
    found.push_back({Ident(relation.schemaname), Ident(relation.relname)});
  }
};

std::vector<QName> relations_of(const Message* root) {
  Relations relations;
  relations.walk(root);
  std::sort(relations.found.begin(), relations.found.end());
  relations.found.erase(std::unique(relations.found.begin(), relations.found.end()),
                        relations.found.end());
  return std::move(relations.found);
}

// One of the columns that a SELECT shows.
struct Target {
  std::string name;  // "" where a star leaves it open
  const Message* value;
};
std::vector<Target> targets_of(const PgQuery__SelectStmt& select) {
  std::vector<Target> targets;
  for (std::size_t i = 0; i < select.n_target_list; ++i) {
    const auto* target = as<PgQuery__ResTarget>(select.target_list[i]);
    const Message* value = held(target->val);
    std::string name = target->name;
    const auto* column = as<PgQuery__ColumnRef>(value);
    const bool star = column != nullptr && column->n_fields > 0 &&
                      as<PgQuery__AStar>(column->fields[column->n_fields - 1]) != nullptr;
    if (name.empty() && !star) name = derive(value).name;
    if (name.empty() && !star) name = "?column?";
    targets.push_back({std::move(name), value});
  }
  return targets;
}

}  // namespace

std::optional<std::vector<Ident>> output_columns(std::string_view query) {
  std::optional<std::vector<Ident>> columns;
  with_tree(query, TextForm::query, [&](const Tree& tree) {
    const PgQuery__SelectStmt* select = naming_select(tree.root);
    if (select == nullptr || select->n_values_lists > 0) return;
    std::vector<Ident> names;
    for (Target& target : targets_of(*select)) {
      if (target.name.empty() || target.name == "?column?") return;
      names.emplace_back(std::move(target.name));
    }
    columns = std::move(names);
  });
  return columns;
}

bool keeps_output(std::string_view was, std::string_view now) {
  bool keeps = false;
  with_tree(was, TextForm::query, [&](const Tree& before) {
    with_tree(now, TextForm::query, [&](const Tree& after) {
      const PgQuery__SelectStmt* a = naming_select(before.root);
      const PgQuery__SelectStmt* b = naming_select(after.root);
      if (a == nullptr || b == nullptr || a->n_values_lists > 0 || b->n_values_lists > 0) return;
      if (relations_of(before.root) != relations_of(after.root)) return;
      const auto old_targets = targets_of(*a);
      const auto new_targets = targets_of(*b);
      if (old_targets.size() > new_targets.size()) return;
      // A star may stand for other columns than before only where the same relations are shown;
      // what follows one must be as it was, because its place depends on it.
      for (std::size_t i = 0; i < old_targets.size(); ++i)
        if (old_targets[i].name != new_targets[i].name ||
            !same_tree(old_targets[i].value, new_targets[i].value))
          return;
      keeps = true;
    });
  });
  return keeps;
}

std::string derived_name(std::string_view expression) {
  std::string name;
  with_tree(expression, TextForm::expression,
            [&](const Tree& tree) { name = derive(tree.root).name; });
  return name;
}

std::string sqltext::derived_name(const Message* expression) {
  return derive(expression).name;
}

}  // namespace schemac
