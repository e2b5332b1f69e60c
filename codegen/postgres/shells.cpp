#include "codegen/postgres/shells.h"

#include "compiler/ir/shell.h"

namespace schemac::postgres {
namespace {

template <class Find>
std::vector<const Object*> functions_of(const Object& type, const Find& find) {
  std::vector<const Object*> functions;
  for (const Edge& edge : type.depends)
    if (const Object* needed = find(edge.target);
        needed != nullptr && is_function_of(*needed, type))
      functions.push_back(needed);
  return functions;
}

std::vector<const Object*> functions_before(const Object& type, const Context& plan) {
  return functions_of(type, [&](const ObjectId& id) { return plan.before(id); });
}

}  // namespace

bool needs_shell(const Object& type, const Context& plan) {
  return !functions_of(type, [&](const ObjectId& id) { return plan.after(id); }).empty();
}

Action create_shell(const Object& type) {
  Action action = statement(sql("CREATE TYPE ", type_name({qname(type.id), {}, 0})));
  action.unfinished = true;
  for (const Edge& edge : type.depends)
    if (!edge.target.kind().names_others) action.without.push_back(edge.target);
  return action;
}

Actions drop_type(const Object& type, const Ident& name, const Context& plan) {
  const QName address{qname(type.id).schema, name};
  Sql head = sql("DROP TYPE ", type_name({address, {}, 0}));
  if (!functions_before(type, plan).empty()) head.add(" CASCADE");
  return {statement(std::move(head), {}, Loss::rebuildable)};
}

Actions retire_functions(const Object& type, const Context& plan) {
  Actions actions;
  for (const Object* function : functions_before(type, plan))
    actions.push_back(statement(sql("ALTER FUNCTION ", routine_address(*function), " RENAME TO ",
                                    suffixed(qname(function->id).name, "__retired"))));
  return actions;
}

}  // namespace schemac::postgres
