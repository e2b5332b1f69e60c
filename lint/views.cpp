// Views and materialized views.

#include <algorithm>

#include "lint/context.h"

namespace schemac::lint {
namespace {

// Whether the columns of the old view are the first ones of the new.
bool keeps_output(const std::vector<std::string>& was, const std::vector<std::string>& now) {
  return was.empty() || now.empty() ||
         (was.size() <= now.size() && std::equal(was.begin(), was.end(), now.begin()));
}

void create_view(Context& context, const PgQuery__ViewStmt& create) {
  const QName name = context.names.qualified(create.view);
  const Relation* was = context.known.peek(name);
  const Named named = named_in(create.query, context.names);
  Relation view;
  view.name = name;
  view.kind = Relation::Kind::view;
  view.made_in = was == nullptr ? context.migration : was->made_in;
  view.described = was != nullptr && was->described;
  view.reads = named.relations;
  view.read_columns = named.columns_of;
  view.output = create.n_aliases > 0 ? names_of(create.n_aliases, create.aliases)
                                     : output_of(create.query, context.known, context.names);
  const auto* invoker = option_of(create.n_options, create.options, "security_invoker");
  view.security_invoker = invoker != nullptr && option_value(*invoker) != "false";
  bool secured = false;
  for (const QName& read : named.relations)
    if (const Relation* relation = context.known.peek(read)) {
      context.lock(*relation, Lock::access_share);
      secured = secured || relation->row_security;
    }
  if (was != nullptr && create.replace) {
    context.lock(*was, Lock::access_exclusive);
    context.report("LK120", *was);
    if (!keeps_output(was->output, view.output)) context.report("DD112", shown(name));
  }
  if ((secured && !view.security_invoker) ||
      (was != nullptr && was->security_invoker && !view.security_invoker))
    context.report("SEC104", shown(name));
  context.note("create view " + shown(name));
  context.known.make(std::move(view));
}

void refresh(Context& context, const PgQuery__RefreshMatViewStmt& refresh) {
  Relation& view = context.known.relation(context.names.qualified(refresh.relation));
  view.kind = Relation::Kind::materialized_view;
  for (const QName& read : view.reads)
    if (const Relation* relation = context.known.peek(read))
      context.lock(*relation, Lock::access_share, {.scans = true});
  if (refresh.concurrent) {
    context.lock(view, Lock::exclusive, {.scans = true});
    context.report("LK128", view);
    return;
  }
  context.lock(view, Lock::access_exclusive, {.rewrites = true});
  context.report("LK119", view);
}

}  // namespace

bool judge_view(Context& context, const Message* statement) {
  if (const auto* create = as<PgQuery__ViewStmt>(statement))
    create_view(context, *create);
  else if (const auto* refill = as<PgQuery__RefreshMatViewStmt>(statement))
    refresh(context, *refill);
  else
    return false;
  return true;
}

}  // namespace schemac::lint
