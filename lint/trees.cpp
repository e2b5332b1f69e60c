#include "lint/trees.h"

#include <algorithm>
#include <array>

#include "codegen/postgres/volatility.h"
#include "compiler/ir/type.h"
#include "compiler/parse/type_parser.h"
#include "compiler/sqltext/walk.h"

namespace schemac::lint {
namespace {

using sqltext::strings;

// Collects names; those of common table expressions are no relations.
class Collector : public sqltext::Walker {
 public:
  Collector(const Names& names, Named& found) : names_(names), found_(found) {}

 protected:
  void on_relation(const PgQuery__RangeVar& relation) override {
    found_.relations.insert(names_.qualified(&relation));
  }
  void on_column(const PgQuery__ColumnRef& column, bool) override {
    const auto* last = as<PgQuery__String>(column.fields[column.n_fields - 1]);
    const std::string name = last == nullptr ? "*" : last->sval;
    found_.columns.insert(name);
    const auto* qualifier =
        column.n_fields < 2 ? nullptr : as<PgQuery__String>(column.fields[column.n_fields - 2]);
    found_.columns_of.emplace(qualifier == nullptr ? QName() : meant_by(qualifier->sval), name);
  }
  void on_function(const PgQuery__FuncCall& call) override {
    found_.functions.push_back(sqltext::qualified(strings(call.n_funcname, call.funcname)));
  }

 private:
  // The relation in sight that a column is qualified by.
  QName meant_by(std::string_view qualifier) const {
    for (auto level = levels().rbegin(); level != levels().rend(); ++level)
      for (const sqltext::InSight& relation : *level)
        if (relation.alias.text == qualifier) {
          QName name = relation.name;
          if (!name.empty() && name.schema.empty()) name.schema = Ident(names_.schema);
          return name;
        }
    return {};
  }

  const Names& names_;
  Named& found_;
};

constexpr std::array<std::string_view, 6> kMoments{"now",
                                                   "statement_timestamp",
                                                   "transaction_timestamp",
                                                   "current_setting",
                                                   "current_database",
                                                   "timeofday"};

const PgQuery__Node* below_casts(const PgQuery__Node* node) {
  while (const auto* cast = as<PgQuery__TypeCast>(node)) node = cast->arg;
  return node;
}

}  // namespace

QName Names::qualified(const PgQuery__RangeVar* relation) const {
  if (relation == nullptr) return {};
  return {Ident(relation->schemaname[0] == '\0' ? schema : relation->schemaname),
          Ident(relation->relname)};
}

QName Names::qualified(std::size_t count, PgQuery__Node* const* parts) const {
  QName name = sqltext::qualified(strings(count, parts));
  if (name.schema.empty()) name.schema = Ident(schema);
  return name;
}

QName Names::qualified(const PgQuery__Node* node) const {
  if (const auto* list = as<PgQuery__List>(node)) return qualified(list->n_items, list->items);
  if (const auto* type = as<PgQuery__TypeName>(node)) return qualified(type->n_names, type->names);
  if (const auto* object = as<PgQuery__ObjectWithArgs>(node))
    return qualified(object->n_objname, object->objname);
  if (const auto* relation = as<PgQuery__RangeVar>(node)) return qualified(relation);
  if (const auto* string = as<PgQuery__String>(node)) return {Ident(schema), Ident(string->sval)};
  return {};
}

std::optional<TypeRef> Names::type(const PgQuery__TypeName* type, std::string_view text) const {
  if (type == nullptr || type->location < 0 ||
      static_cast<std::size_t>(type->location) >= text.size())
    return std::nullopt;
  std::optional<ParsedType> parsed =
      parse_type(text.substr(static_cast<std::size_t>(type->location)));
  if (!parsed) return std::nullopt;
  QName& name = parsed->type.name;
  if (name.schema.text == "pg_catalog") name.schema = Ident();
  if (name.schema.empty() && !is_builtin_type(name.name.text)) name.schema = Ident(schema);
  return parsed->type;
}

bool is_unqualified(const PgQuery__Node* node) {
  if (const auto* list = as<PgQuery__List>(node)) return list->n_items == 1;
  if (const auto* type = as<PgQuery__TypeName>(node)) return type->n_names == 1;
  if (const auto* object = as<PgQuery__ObjectWithArgs>(node)) return object->n_objname == 1;
  if (const auto* relation = as<PgQuery__RangeVar>(node)) return relation->schemaname[0] == '\0';
  return false;
}

std::string too_long_name(std::string_view text) {
  constexpr std::size_t kNameBytesMax = 63;
  // Few statements have so long a word at all.
  std::size_t run = 0, longest = 0;
  for (const char c : text) {
    run = c == ' ' || c == '\n' || c == '(' || c == ',' ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  if (longest <= kNameBytesMax) return "";
  std::string found;
  sqltext::with_tokens(std::string(text), [&](std::span<PgQuery__ScanToken* const> tokens) {
    for (const PgQuery__ScanToken* token : tokens) {
      if (token->token != PG_QUERY__TOKEN__IDENT) continue;
      const auto begin = static_cast<std::size_t>(token->start);
      std::string_view name = text.substr(begin, static_cast<std::size_t>(token->end) - begin);
      if (name.starts_with('"')) name = name.substr(1, name.size() - 2);
      if (name.size() > kNameBytesMax && found.empty()) found = name;
    }
  });
  return found;
}

std::vector<std::string> names_of(std::size_t count, PgQuery__Node* const* nodes) {
  return strings(count, nodes);
}

Named named_in(const PgQuery__Node* node, const Names& names) {
  Named found;
  Collector(names, found).walk(sqltext::held(node));
  return found;
}

std::vector<std::string> proven_by(const PgQuery__Node* condition) {
  std::vector<std::string> columns;
  if (const auto* test = as<PgQuery__NullTest>(condition)) {
    const auto* column = as<PgQuery__ColumnRef>(test->arg);
    if (test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL && column != nullptr)
      if (const auto* name = as<PgQuery__String>(column->fields[column->n_fields - 1]))
        columns.emplace_back(name->sval);
  } else if (const auto* both = as<PgQuery__BoolExpr>(condition);
             both != nullptr && both->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
    for (std::size_t i = 0; i < both->n_args; ++i)
      for (std::string& column : proven_by(both->args[i])) columns.push_back(std::move(column));
  }
  return columns;
}

bool is_volatile(const PgQuery__Node* expression, Known& known, const Names& names) {
  const Named named = named_in(expression, names);
  return std::any_of(named.functions.begin(), named.functions.end(), [&](const QName& function) {
    const QName full{function.schema.empty() ? Ident(names.schema) : function.schema,
                     function.name};
    if (const std::vector<Function>& ours = known.functions(full); !ours.empty())
      return std::any_of(ours.begin(), ours.end(),
                         [](const Function& f) { return f.volatility == "volatile"; });
    const bool built_in = function.schema.empty() || function.schema.text == "pg_catalog";
    return !built_in || !postgres::is_steady(function.name.text);
  });
}

bool is_of_moment(const PgQuery__Node* expression) {
  return any_node(sqltext::held(expression), [](const Message* node) {
    if (as<PgQuery__SQLValueFunction>(node) != nullptr) return true;
    const auto* call = as<PgQuery__FuncCall>(node);
    if (call == nullptr || call->n_funcname == 0) return false;
    const auto* name = as<PgQuery__String>(call->funcname[call->n_funcname - 1]);
    return name != nullptr && std::find(kMoments.begin(), kMoments.end(),
                                        std::string_view(name->sval)) != kMoments.end();
  });
}

bool is_null(const PgQuery__Node* expression) {
  const auto* constant = as<PgQuery__AConst>(below_casts(expression));
  return constant != nullptr && constant->isnull;
}

std::string constant(const PgQuery__Node* node) {
  node = below_casts(node);
  if (const auto* value = as<PgQuery__AConst>(node)) switch (value->val_case) {
      case PG_QUERY__A__CONST__VAL_SVAL:
        return value->sval->sval;
      case PG_QUERY__A__CONST__VAL_IVAL:
        return std::to_string(value->ival->ival);
      case PG_QUERY__A__CONST__VAL_FVAL:
        return value->fval->fval;
      case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return value->boolval->boolval ? "true" : "false";
      default:
        return "";
    }
  if (const auto* string = as<PgQuery__String>(node)) return string->sval;
  if (const auto* number = as<PgQuery__Integer>(node)) return std::to_string(number->ival);
  if (const auto* number = as<PgQuery__Float>(node)) return number->fval;
  if (const auto* truth = as<PgQuery__Boolean>(node)) return truth->boolval ? "true" : "false";
  if (const auto* type = as<PgQuery__TypeName>(node))
    return type->n_names == 0 ? "" : constant(type->names[type->n_names - 1]);
  return "";
}

std::set<std::string> constants_in(const PgQuery__Node* expression) {
  std::set<std::string> found;
  any_node(sqltext::held(expression), [&](const Message* node) {
    if (const auto* value = as<PgQuery__AConst>(node)) {
      PgQuery__Node holder = PG_QUERY__NODE__INIT;
      holder.node_case = PG_QUERY__NODE__NODE_A_CONST;
      holder.a_const = const_cast<PgQuery__AConst*>(value);
      found.insert(constant(&holder));
    }
    return false;
  });
  return found;
}

std::string option_value(const PgQuery__DefElem& option) {
  return option.arg == nullptr ? "true" : constant(option.arg);
}

const PgQuery__DefElem* option_of(std::size_t count, PgQuery__Node* const* options,
                                  std::string_view name) {
  for (std::size_t i = 0; i < count; ++i)
    if (const auto* option = as<PgQuery__DefElem>(options[i]);
        option != nullptr && option->defname == name)
      return option;
  return nullptr;
}

std::vector<std::string> output_of(const PgQuery__Node* query, Known& known, const Names& names) {
  const auto* select = as<PgQuery__SelectStmt>(query);
  if (select == nullptr) return {};
  while (select->larg != nullptr) select = select->larg;
  std::vector<std::string> output;
  for (std::size_t i = 0; i < select->n_target_list; ++i) {
    const auto* target = as<PgQuery__ResTarget>(select->target_list[i]);
    if (target == nullptr) return {};
    const auto* column = as<PgQuery__ColumnRef>(target->val);
    if (target->name[0] != '\0') {
      output.emplace_back(target->name);
    } else if (column == nullptr) {
      output.push_back(sqltext::derived_name(sqltext::held(target->val)));
    } else if (const auto* name = as<PgQuery__String>(column->fields[column->n_fields - 1])) {
      output.emplace_back(name->sval);
    } else {
      // A star: of the one relation there is, where that is known whole.
      const auto* from =
          select->n_from_clause == 1 ? as<PgQuery__RangeVar>(select->from_clause[0]) : nullptr;
      const Relation* relation = from == nullptr ? nullptr : known.find(names.qualified(from));
      if (relation == nullptr || !relation->whole) return {};
      for (const Column& each : relation->columns) output.push_back(each.name);
    }
  }
  return output;
}

std::string arguments_of(std::size_t count, PgQuery__Node* const* parameters, const Names& names,
                         std::string_view text) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) {
    const auto* parameter = as<PgQuery__FunctionParameter>(parameters[i]);
    const auto* type =
        parameter != nullptr ? parameter->arg_type : as<PgQuery__TypeName>(parameters[i]);
    if (parameter != nullptr &&
        (parameter->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT ||
         parameter->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE))
      continue;
    std::optional<TypeRef> read = names.type(type, text);
    if (read) read->modifiers.clear();
    list += (list.empty() ? "" : ", ") + (read ? to_string(*read) : std::string("?"));
  }
  return list;
}

}  // namespace schemac::lint
