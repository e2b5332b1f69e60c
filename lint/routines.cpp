// Functions, triggers and rules.

#include <algorithm>

#include "compiler/ir/type.h"
#include "lint/context.h"

namespace schemac::lint {
namespace {

Function read_function(Context& context, const PgQuery__CreateFunctionStmt& create) {
  Function function;
  function.name = context.names.qualified(create.n_funcname, create.funcname);
  function.arguments =
      arguments_of(create.n_parameters, create.parameters, context.names, context.text);
  for (std::size_t i = 0; i < create.n_parameters; ++i)
    if (const auto* parameter = as<PgQuery__FunctionParameter>(create.parameters[i])) {
      function.argument_names.emplace_back(parameter->name);
      function.defaults += parameter->defexpr != nullptr;
    }
  if (const auto type = context.names.type(create.return_type, context.text))
    function.returns = to_string(*type);
  if (const auto* volatility = option_of(create.n_options, create.options, "volatility"))
    function.volatility = option_value(*volatility);
  const auto* body = option_of(create.n_options, create.options, "as");
  if (body != nullptr)
    if (const auto* list = as<PgQuery__List>(body->arg); list != nullptr && list->n_items > 0)
      function.body = constant(list->items[0]);
  function.made_in = context.migration;
  return function;
}

bool sets_search_path(const PgQuery__CreateFunctionStmt& create) {
  for (std::size_t i = 0; i < create.n_options; ++i)
    if (const auto* option = as<PgQuery__DefElem>(create.options[i]);
        option != nullptr && std::string_view(option->defname) == "set")
      if (const auto* setting = as<PgQuery__VariableSetStmt>(option->arg);
          setting != nullptr && std::string_view(setting->name) == "search_path")
        return true;
  return false;
}

// Whether the new one can stand in the place of the old: same result, same names of arguments, no
// fewer defaults.
bool has_same_shape(const Function& was, const Function& now) {
  return was.returns == now.returns && was.defaults <= now.defaults &&
         was.argument_names == now.argument_names;
}

void create_function(Context& context, const PgQuery__CreateFunctionStmt& create) {
  Function function = read_function(context, create);
  const std::string name = shown(function.name);
  std::vector<Function>& overloads = context.known.functions(function.name);
  const auto same = std::find_if(overloads.begin(), overloads.end(), [&](const Function& other) {
    return other.arguments == function.arguments;
  });
  const auto* definer = option_of(create.n_options, create.options, "security");
  if (definer != nullptr && option_value(*definer) == "true" && !sets_search_path(create))
    context.report("SEC105", name);
  context.note("create function " + name);
  context.known.note_body(function);
  if (same != overloads.end()) {
    if (create.replace && !has_same_shape(*same, function)) context.report("DD112", name);
    function.described = same->described;
    *same = std::move(function);
    return;
  }
  const bool replaced = context.happened("drop function " + name);
  if (!overloads.empty() && create.replace && overloads.front().made_in != context.migration &&
      !replaced)
    context.report("BC114", name + "(" + function.arguments + ")", nullptr,
                   name + "(" + overloads.front().arguments + ") stays");
  if (!create.is_procedure && function.returns != "trigger" && function.returns != "event_trigger")
    context.report_unless("SEC107", name, nullptr, [&context, name, at = context.statement] {
      return context.happened_after("revoke " + name, at);
    });
  overloads.push_back(std::move(function));
}

void create_trigger(Context& context, const PgQuery__CreateTrigStmt& create) {
  Relation& table = context.known.relation(context.names.qualified(create.relation));
  const std::string name = std::string(create.trigname) + " on " + shown(table.name);
  context.lock_all(table, Lock::share_row_exclusive);
  context.report("LK113", name, &table);
  if (!create.replace) context.report("BC118", name, &table);
  if (create.constrrel != nullptr)
    context.lock(context.known.relation(context.names.qualified(create.constrrel)),
                 Lock::access_share);
  std::set<std::string>& columns = table.triggers[create.trigname];
  columns.clear();
  for (std::string& column : names_of(create.n_columns, create.columns))
    columns.insert(std::move(column));
  if (create.when_clause != nullptr)
    columns.merge(named_in(create.when_clause, context.names).columns);
}

void create_rule(Context& context, const PgQuery__RuleStmt& create) {
  const Relation& table = context.known.relation(context.names.qualified(create.relation));
  context.lock(table, Lock::access_exclusive);
  context.report("LK114", std::string(create.rulename) + " on " + shown(table.name), &table);
}

}  // namespace

bool judge_routine(Context& context, const Message* statement) {
  if (const auto* function = as<PgQuery__CreateFunctionStmt>(statement)) {
    create_function(context, *function);
  } else if (const auto* trigger = as<PgQuery__CreateTrigStmt>(statement)) {
    create_trigger(context, *trigger);
  } else if (const auto* rule = as<PgQuery__RuleStmt>(statement)) {
    create_rule(context, *rule);
  } else if (const auto* alter = as<PgQuery__AlterFunctionStmt>(statement)) {
    const QName name = context.names.qualified(alter->func->n_objname, alter->func->objname);
    if (const auto* volatility = option_of(alter->n_actions, alter->actions, "volatility"))
      for (Function& function : context.known.functions(name))
        function.volatility = option_value(*volatility);
  } else {
    return false;
  }
  return true;
}

}  // namespace schemac::lint
