// The rarer kinds as an author would write them.
#include "tests/property/names.h"
#include "tests/property/things.h"
#include "tests/property/types.h"
#include "tests/property/write.h"
#include "tests/property/write_parts.h"

namespace schemac::property {

namespace {

using Strings = std::vector<std::string>;

class ThingWriter {
 public:
  ThingWriter(const Model& model, const Thing& thing) : model_(model), thing_(thing) {
    home_ = thing.schema != 0 ? thing.schema : model.schemas.front().id;
  }

  std::string write() const {
    std::string text = helpers() + doc(thing_.comment) + head() + was(thing_);
    if (thing_.sort == Sort::configuration) return text + mapping();
    return text + block(members() + write_owned(model_, thing_, 0, "  "));
  }

 private:
  std::string of(const Strings& forms) const {
    return forms[static_cast<std::size_t>(thing_.form) % forms.size()];
  }
  bool bit(int which) const { return (thing_.k >> which) % 2 != 0; }
  std::string number() const { return std::to_string(thing_.k); }

  template <class T>
  std::string name_of(const T& entity) const {
    return written_name(model_, entity.schema, entity.name, entity.id, home_);
  }
  std::string routine(std::size_t use) const {
    return name_of(*find(model_.routines, thing_.uses[use]));
  }
  std::string thing(std::size_t use) const {
    const Thing& other = *find(model_.things, thing_.uses[use]);
    return other.schema == 0 ? quoted(other.name) : name_of(other);
  }
  std::string type(std::size_t use) const {
    Type type;
    type.user = thing_.uses[use];
    return written_type(model_, type, home_);
  }
  std::string helper(const char* what) const { return what + std::to_string(thing_.id); }

  std::string function(const char* what, const std::string& from, const std::string& to,
                       const std::string& body) const {
    return "function " + helper(what) + "(" + from + ") returns " + to +
           " language internal immutable strict as $$" + body + "$$;\n";
  }

  // Functions that nothing but the thing has a use for.
  std::string helpers() const {
    if (thing_.sort == Sort::language)
      return "function " + helper("handler_") +
             "() returns language_handler language c library '$libdir/plpgsql' as "
             "$$plpgsql_call_handler$$;\n";
    if (thing_.sort == Sort::base_type)
      return function("read_", "cstring", quoted(thing_.name), "int4in") +
             function("write_", quoted(thing_.name), "cstring", "int4out") +
             (bit(1) ? function("send_", quoted(thing_.name), "bytea", "int4send") : "");
    if (thing_.sort == Sort::range_type && bit(1))
      return function("canonical_", quoted(thing_.name), quoted(thing_.name),
                      "int4range_canonical");
    if (thing_.sort != Sort::transform) return "";
    return "function " + helper("from_") +
           "(internal) returns internal language internal immutable strict as "
           "$$varchar_support$$;\nfunction " +
           helper("to_") + "(internal) returns " + of({"int", "bigint", "text"}) +
           " language internal immutable strict as $$" + of({"int4recv", "int8recv", "textrecv"}) +
           "$$;\n";
  }

  std::string head() const {
    const std::string name = " " + quoted(thing_.name);
    switch (thing_.sort) {
      case Sort::collation:
        return "collation" + name +
               of({" locale 'de-u-co-phonebk' provider icu",
                   " locale 'und-u-ks-level2' provider icu nondeterministic",
                   " lc_collate 'C' lc_ctype 'POSIX'", " locale 'C'"});
      case Sort::shell_type:
        return "shell type" + name;
      case Sort::base_type:
        return "base type" + name + " input " + helper("read_") + " output " + helper("write_") +
               (bit(1) ? " send " + helper("send_") : "") + " internallength 4" +
               (bit(0) ? " passedbyvalue" : "") + of({"", " category 'N'", " default '7'"});
      case Sort::range_type:
        return "range type" + name + " of " +
               of({"time", "double precision subtype_diff pg_catalog.float8mi",
                   "text subtype_opclass text_pattern_ops collate \"C\"", "name"}) +
               (bit(1) ? " canonical " + helper("canonical_") : "") +
               (bit(0) ? " multirange_type_name " + helper("multi_") : "");
      case Sort::aggregate:
        return "aggregate" + name + aggregate();
      case Sort::sql_operator:
        return "operator " + thing_.name + " (int, int) function " + routine(0) +
               (bit(0) ? " commutator " + thing_.name : "") +
               (bit(1) ? " restrict pg_catalog.eqsel join pg_catalog.eqjoinsel" : "") +
               (bit(2) ? " hashes merges" : "");
      case Sort::operator_family:
        return "operator family" + name + " using btree" +
               (bit(0) ? " operator 1 > (int, bigint) operator 3 = (int, bigint)" : "");
      case Sort::operator_class:
        return "operator class" + name + " using btree for type int family " + thing(0) +
               " operator 1 > operator 2 >= operator 3 = operator 4 <= operator 5 < function 1 " +
               routine(1) + "(int, int)";
      case Sort::cast:
        return "cast (" + type(0) + " as int) with function " + routine(1) + "(" + type(0) + ")" +
               of({"", " as assignment"});
      case Sort::conversion:
        return "conversion" + name +
               of({" for 'LATIN1' to 'UTF8' from pg_catalog.iso8859_1_to_utf8",
                   " for 'UTF8' to 'LATIN1' from pg_catalog.utf8_to_iso8859_1"});
      case Sort::search_parser:
        return "text search parser" + name +
               " start pg_catalog.prsd_start gettoken pg_catalog.prsd_nexttoken end "
               "pg_catalog.prsd_end lextypes pg_catalog.prsd_lextype" +
               (bit(0) ? " headline pg_catalog.prsd_headline" : "");
      case Sort::search_template:
        return "text search template" + name + (bit(0) ? " init pg_catalog.dsimple_init" : "") +
               " lexize pg_catalog.dsimple_lexize";
      case Sort::dictionary:
        return "text search dictionary" + name + " template " +
               (thing_.uses.empty() ? "simple" : thing(0)) +
               (thing_.uses.empty() ? of({"", " with (accept = false, stopwords = 'english')",
                                          " with (accept = false)"})
                                    : "");
      case Sort::configuration:
        return "text search configuration" + name + " parser " +
               (thing_.form % 2 == 0 || thing_.uses.size() < 2 ? "pg_catalog.default" : thing(1));
      case Sort::foreign_table:
        return "foreign table" + name + " server " + thing(0) +
               (bit(0) ? " options (table_name = 't" + number() + "')" : "");
      default:
        return database_wide_head(name);
    }
  }

  std::string database_wide_head(const std::string& name) const {
    switch (thing_.sort) {
      case Sort::system_table:
        return "system table " + of({"pg_class", "pg_type", "pg_proc"});
      case Sort::system_function:
        return "system function " +
               of({"pg_sleep(double precision)", "pg_read_file(text)", "pg_ls_dir(text)"});
      case Sort::language:
        return (bit(0) ? "trusted language" : "language") + name + " handler " + helper("handler_");
      case Sort::system_language:
        return std::string("system language ") + system_language(thing_);
      case Sort::transform:
        return "transform for " + of({"int", "bigint", "text"}) +
               " language sql from sql with function " + helper("from_") +
               (bit(0) ? " to sql with function " + helper("to_") : "");
      case Sort::access_method:
        return "access method" + name +
               of({" type table handler pg_catalog.heap_tableam_handler",
                   " type index handler pg_catalog.gisthandler"});
      case Sort::wrapper:
        return "foreign data wrapper" + name +
               (bit(0) ? " options (hint = 'h" + number() + "')" : "");
      case Sort::server:
        return "server" + name + (bit(0) ? " type 'archive'" : "") +
               (bit(1) ? " version 'v" + number() + "'" : "") + " foreign data wrapper " +
               thing(0) + (bit(2) ? " options (host = 'h" + number() + "', port = '5432')" : "");
      case Sort::user_mapping:
        return "user mapping for " + of({"public", "app", "reporting"}) + " server " + thing(0) +
               (bit(0) ? " options (username = 'u" + number() + "')" : "");
      case Sort::publication:
        return publication(name);
      case Sort::subscription:
        return "subscription" + name + " connection 'host=db" + number() +
               " dbname=x' publication a" + (bit(0) ? ", b" : "") + " with (slot_name = none" +
               (bit(1) ? ", synchronous_commit = local" : "") + (bit(2) ? ", binary = true" : "") +
               ")";
      case Sort::event_trigger:
        return "event trigger" + name +
               of({" on ddl_command_end when tag in ('CREATE TABLE', 'DROP TABLE')", " on sql_drop",
                   " on ddl_command_start", " on table_rewrite"}) +
               " execute " + routine(0) + "()" +
               Strings{"", "", " disabled", " always"}[static_cast<std::size_t>(thing_.k) % 4];
      default:
        return "";
    }
  }

  std::string aggregate() const {
    const std::string parallel = bit(0) ? " parallel safe" : "";
    if (!thing_.uses.empty())
      return "(n int) sfunc " + routine(0) + " stype bigint initcond '" + number() + "'" +
             (bit(1) ? " combinefunc pg_catalog.int8pl sspace 8" : "") + parallel;
    return of({"(int) sfunc pg_catalog.int4larger stype int sortop >",
               "(text) sfunc pg_catalog.textcat stype text initcond ''",
               "() sfunc pg_catalog.int8inc stype bigint initcond '0'"}) +
           parallel;
  }

  std::string publication(const std::string& name) const {
    std::string text = "publication" + name + (thing_.form % 4 == 0 ? " for all tables" : "");
    // What it publishes of updates would stop those of tables that do not say what a row is.
    return text + " with (publish = 'insert'" +
           (bit(0) ? ", publish_via_partition_root = true" : "") + ")";
  }

  std::string mapping() const {
    const std::string words = thing_.uses.empty() ? "simple" : thing(0);
    std::string text = " {";
    if (bit(0)) text += " asciiword with (" + words + ", english_stem)";
    if (bit(1)) text += std::string(bit(0) ? "," : "") + " word with (simple)";
    const std::string owned = write_owned(model_, thing_, 0, " ");
    const bool mapped = bit(0) || bit(1);
    return text + (mapped && !owned.empty() ? ";" : "") + owned + " }\n";
  }

  std::string members() const {
    if (thing_.sort == Sort::foreign_table)
      return std::string("  id bigint") + (bit(1) ? " options (column_name = 'ID')" : "") +
             ";\n  name text?" + (bit(2) ? " collate \"C\" default 'x'" : "") + ";\n" +
             (bit(3) ? "  check (id > 0);\n  grant select (id) to app;\n" : "");
    if (thing_.sort == Sort::system_language)
      return std::string(bit(0) ? "  revoke usage from public;\n" : "") +
             (bit(1) || !bit(0) ? "  grant usage to app;\n" : "");
    if (thing_.sort == Sort::system_table)
      return std::string(bit(0) ? "  revoke select from public;\n" : "") +
             (bit(1) ? "  grant select (oid) to app;\n" : "") +
             (bit(2) || !bit(0) ? "  grant update to app with grant option;\n" : "");
    if (thing_.sort == Sort::system_function) return "  grant execute to app;\n";
    if (thing_.sort != Sort::publication || thing_.form % 4 == 0) return "";
    std::string text;
    for (const Id id : thing_.uses) {
      if (const Schema* schema = find(model_.schemas, id)) {
        text += "  schema " + quoted(schema->name) + ";\n";
        continue;
      }
      const Table& table = *find(model_.tables, id);
      const std::vector<Shown> shown = columns_of(model_, id);
      text += "  table " + name_of(table);
      // Of a partitioned table the partitions are published, unless the root is.
      const bool whole = !table.partitioning || bit(0);
      if (whole && thing_.form % 4 == 2) text += " (" + quoted(shown.front().name) + ")";
      // No filter names types that the server did not bring.
      if (whole && bit(1) && shown.back().type.user == 0 &&
          base_of(model_, shown.back().type) != nullptr &&
          base_of(model_, shown.back().type)->extension.empty())
        text += " where (" + quoted(shown.back().name) + " is not null)";
      text += ";\n";
    }
    return text;
  }

  const Model& model_;
  const Thing& thing_;
  Id home_ = 0;
};

}  // namespace

std::string write_thing(const Model& model, const Thing& thing) {
  return ThingWriter(model, thing).write();
}

std::string write_rule(const Model& model, const Relation& relation, const Rule& rule, Id home) {
  std::string text = "rule" + naming(rule) + " on " + rule.event;
  if (const auto column = column_of(model, relation.id, rule.column))
    text += " where (" + std::string(rule.event == "insert" ? "new." : "old.") +
            quoted(column->name) + " is not null)";
  text += std::string(" do") + (rule.instead ? " instead" : "");
  if (const Relation* target = find_relation(model, rule.target))
    text += std::string(rule.instead ? "" : " also") + " $rule$ select count(*) + " +
            std::to_string(rule.k) + " from " +
            written_name(model, target->schema, target->name, target->id, home) + " $rule$";
  else
    text += " nothing";
  return text + (rule.enabled.empty() ? "" : " " + rule.enabled) + ";\n";
}

std::string write_statistics(const Model& model, const Relation& relation,
                             const Statistics& statistics, Id home) {
  std::string text = "statistics" + naming(statistics);
  for (std::size_t i = 0; i < statistics.kinds.size(); ++i)
    text += (i == 0 ? " (" : ", ") + statistics.kinds[i];
  text += (statistics.kinds.empty() ? "" : ")") + std::string(" on ") +
          column_list(model, statistics.columns, relation.id);
  if (statistics.expression)
    text += std::string(statistics.columns.empty() ? "(" : ", (") +
            written_value(model, *statistics.expression, relation.id, home) + ")";
  if (statistics.target != 0) text += " statistics " + std::to_string(statistics.target);
  return text + ";\n";
}

}  // namespace schemac::property
