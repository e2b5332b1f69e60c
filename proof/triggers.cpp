#include "proof/triggers.h"

namespace schemac {

SilentTriggers::SilentTriggers(pqxx::work& work) : work_(work) {
  const pqxx::result triggers = work.exec(
      "select format('alter table only %I.%I disable trigger %I;', n.nspname, c.relname, t.tgname),"
      " format('alter table only %I.%I enable %s trigger %I;', n.nspname, c.relname,"
      "  case t.tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, t.tgname)"
      " from pg_catalog.pg_trigger t"
      " join pg_catalog.pg_class c on c.oid = t.tgrelid"
      " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
      " join pg_catalog.pg_proc p on p.oid = t.tgfoid"
      " where t.tgenabled <> 'D' and c.relkind in ('r', 'p', 'f')"
      " and (not t.tgisinternal or p.pronamespace <> 'pg_catalog'::regnamespace)"
      " order by t.oid");
  std::string silencing;
  for (const pqxx::row& trigger : triggers) {
    silencing += trigger[0].c_str();
    restoring_ += trigger[1].c_str();
  }
  run(silencing);
}

void SilentTriggers::restore() {
  // The server changes no table whose rows still wait to be looked at.
  work_.exec("set constraints all immediate");
  run(restoring_);
}

// Without event triggers, which would see what is none of their business.
void SilentTriggers::run(const std::string& statements) {
  if (statements.empty()) return;
  work_.exec("set local session_replication_role = replica;" + statements +
             "set local session_replication_role = origin");
}

}  // namespace schemac
