// Schemas of real applications and of PostgreSQL's own tests, where the corpus is at hand: every
// object that the server counts is read or reported.
#include <catch2/catch.hpp>
#include <filesystem>
#include <iostream>
#include <map>

#include "introspect/postgres/connection.h"
#include "introspect/postgres/read.h"
#include "tests/introspect/fixture.h"

using namespace schemac;
using namespace schemac::test;

namespace {

namespace fs = std::filesystem;

// Objects by the plural of their kind, or of what has none; members of extensions left out, and
// what the server makes along with another object.
constexpr const char* kCounts = R"sql(
  WITH ns AS (SELECT oid FROM pg_namespace
              WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
  part AS (SELECT classid, objid FROM pg_depend WHERE deptype IN ('e', 'i') AND objsubid = 0),
  rel AS (SELECT c.* FROM pg_class c WHERE relnamespace IN (SELECT oid FROM ns) AND NOT EXISTS
          (SELECT FROM part WHERE classid = 'pg_class'::regclass AND objid = c.oid)),
  typ AS (SELECT t.* FROM pg_type t WHERE typnamespace IN (SELECT oid FROM ns) AND NOT EXISTS
          (SELECT FROM part WHERE classid = 'pg_type'::regclass AND objid = t.oid))
  SELECT 'relations', count(*) FROM rel WHERE relkind IN ('r', 'p', 'f')
  UNION ALL SELECT 'views', count(*) FROM rel WHERE relkind = 'v'
  UNION ALL SELECT 'materialized views', count(*) FROM rel WHERE relkind = 'm'
  UNION ALL SELECT 'sequences', count(*) FROM rel WHERE relkind = 'S'
  UNION ALL SELECT 'routines', count(*) FROM pg_proc p
            WHERE pronamespace IN (SELECT oid FROM ns) AND NOT EXISTS
                  (SELECT FROM part WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
  UNION ALL SELECT 'enums', count(*) FROM typ WHERE typtype = 'e'
  UNION ALL SELECT 'domains', count(*) FROM typ WHERE typtype = 'd'
  UNION ALL SELECT 'composite types', count(*) FROM typ JOIN pg_class c ON c.oid = typrelid
            WHERE c.relkind = 'c'
  UNION ALL SELECT 'schemas', count(*) FROM ns n WHERE oid <> 'public'::regnamespace AND NOT EXISTS
                  (SELECT FROM part WHERE classid = 'pg_namespace'::regclass AND objid = n.oid)
  UNION ALL SELECT 'extensions', count(*) FROM pg_extension WHERE extname <> 'plpgsql'
  UNION ALL SELECT 'range types', count(*) FROM typ WHERE typtype = 'r'
  UNION ALL SELECT 'base types', count(*) FROM typ WHERE typtype = 'b'
  UNION ALL SELECT 'shell types', count(*) FROM typ WHERE typtype = 'p'
  UNION ALL SELECT 'extended statistics', count(*) FROM pg_statistic_ext
            WHERE stxnamespace IN (SELECT oid FROM ns)
  UNION ALL SELECT 'rules', count(*) FROM pg_rewrite r JOIN rel ON rel.oid = ev_class
            WHERE NOT (rulename = '_RETURN' AND relkind IN ('v', 'm'))
)sql";
// The rarer ones, each by its catalog and the column of its schema, where it has one.
constexpr const char* kRareCounts = R"sql(
  WITH ns AS (SELECT oid FROM pg_namespace
              WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
  rare AS (
    SELECT 'operators' AS what, tableoid, oid, oprnamespace AS schema FROM pg_operator
           WHERE oprcode <> 0
    UNION ALL SELECT 'operator classes', tableoid, oid, opcnamespace FROM pg_opclass
    UNION ALL SELECT 'operator families', tableoid, oid, opfnamespace FROM pg_opfamily
    UNION ALL SELECT 'collations', tableoid, oid, collnamespace FROM pg_collation
    UNION ALL SELECT 'conversions', tableoid, oid, connamespace FROM pg_conversion
    UNION ALL SELECT 'text search parsers', tableoid, oid, prsnamespace FROM pg_ts_parser
    UNION ALL SELECT 'text search templates', tableoid, oid, tmplnamespace FROM pg_ts_template
    UNION ALL SELECT 'text search dictionaries', tableoid, oid, dictnamespace FROM pg_ts_dict
    UNION ALL SELECT 'text search configurations', tableoid, oid, cfgnamespace FROM pg_ts_config
    UNION ALL SELECT 'casts', tableoid, oid, NULL FROM pg_cast
    UNION ALL SELECT 'transforms', tableoid, oid, NULL FROM pg_transform
    UNION ALL SELECT 'languages', tableoid, oid, NULL FROM pg_language
    UNION ALL SELECT 'access methods', tableoid, oid, NULL FROM pg_am
    UNION ALL SELECT 'event triggers', tableoid, oid, NULL FROM pg_event_trigger
    UNION ALL SELECT 'foreign data wrappers', tableoid, oid, NULL FROM pg_foreign_data_wrapper
    UNION ALL SELECT 'servers', tableoid, oid, NULL FROM pg_foreign_server
    UNION ALL SELECT 'user mappings', tableoid, oid, NULL FROM pg_user_mapping
    UNION ALL SELECT 'publications', tableoid, oid, NULL FROM pg_publication
    UNION ALL SELECT 'tables of publications', tableoid, oid, NULL FROM pg_publication_rel
    UNION ALL SELECT 'subscriptions', tableoid, oid, NULL FROM pg_subscription
              WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()))
  SELECT what, count(*) FROM rare
  WHERE oid >= 16384 AND (schema IS NULL OR schema IN (SELECT oid FROM ns))
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = rare.tableoid
                      AND d.objid = rare.oid AND d.deptype IN ('e', 'i'))
  GROUP BY what
)sql";
// What stands in tables, for databases in which all of them were read.
constexpr const char* kMembers = R"sql(
  WITH rel AS (SELECT c.* FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
               WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND NOT EXISTS
                 (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid
                                              AND deptype = 'e'))
  SELECT 'columns', count(*) FROM pg_attribute a JOIN rel ON rel.oid = attrelid
         WHERE relkind IN ('r', 'p', 'f') AND attnum > 0 AND NOT attisdropped AND attislocal
           AND reloftype = 0
  UNION ALL SELECT 'defaults', count(*) FROM pg_attrdef d JOIN rel ON rel.oid = adrelid
         JOIN pg_attribute a ON a.attrelid = adrelid AND a.attnum = adnum
         WHERE relkind IN ('r', 'p', 'f') AND attgenerated = '' AND attislocal AND reloftype = 0
  UNION ALL SELECT 'constraints', count(*) FROM pg_constraint k JOIN rel ON rel.oid = conrelid
         WHERE contype IN ('p', 'u', 'x', 'f', 'c') AND conparentid = 0
           AND (contype <> 'c' OR conislocal)
  UNION ALL SELECT 'indexes', count(*) FROM rel
         WHERE relkind IN ('i', 'I') AND NOT relispartition AND NOT EXISTS
           (SELECT FROM pg_constraint k WHERE conindid = rel.oid AND contype IN ('p', 'u', 'x'))
  UNION ALL SELECT 'triggers', count(*) FROM pg_trigger t JOIN rel ON rel.oid = tgrelid
         WHERE NOT tgisinternal AND tgparentid = 0
)sql";

using Counts = std::map<std::string, std::size_t>;

Counts counts_of(const std::string& url, const std::string& sql) {
  pqxx::connection connection(url);
  Counts counts;
  for (const auto& row : pqxx::nontransaction(connection).exec(sql))
    counts[row[0].c_str()] = row[1].as<std::size_t>();
  return counts;
}

// The class in which the server counts what we call by `plural`, or "" where it does not.
std::string class_of(const std::string& plural) {
  static const std::map<std::string, std::string> classes = {
      {"tables", "relations"},
      {"foreign tables", "relations"},
      {"functions", "routines"},
      {"procedures", "routines"},
      {"aggregates", "routines"},
      {"inheriting foreign tables", "relations"},
      {"primary keys", "constraints"},
      {"unique constraints", "constraints"},
      {"exclusion constraints", "constraints"},
      {"foreign keys", "constraints"},
  };
  const auto at = classes.find(plural);
  return at == classes.end() ? plural : at->second;
}

Counts counts_of(const ReadResult& result) {
  Counts counts;
  for (const Object& object : result.catalog.objects()) {
    const bool of_domain = !object.parent.empty() && object.parent.kind().name == "domain";
    const bool is_public = object.id.key() == "public";
    if (object.kind().name == "check" && !of_domain) ++counts["constraints"];
    if (!is_public) ++counts[class_of(std::string(object.kind().plural))];
  }
  for (const Unmanaged& unmanaged : result.unmanaged) {
    if (unmanaged.plural == "check constraints") counts["constraints"] += unmanaged.names.size();
    counts[class_of(unmanaged.plural)] += unmanaged.names.size();
  }
  return counts;
}

// Whether what stands in tables can be compared: all relations were read.
bool all_read(const ReadResult& result) {
  for (const Unmanaged& unmanaged : result.unmanaged)
    if (class_of(unmanaged.plural) == "relations" || unmanaged.plural.find("views") == 0 ||
        unmanaged.plural == "materialized views")
      return false;
  return true;
}

void run_psql(const std::string& url, const fs::path& file) {
  const std::string command =
      "psql -qX -v ON_ERROR_STOP=0 -f '" + file.string() + "' '" + url + "' > /dev/null 2>&1";
  [[maybe_unused]] const int status = std::system(command.c_str());
}

}  // namespace

TEST_CASE("schemas of the corpus") {
  const fs::path corpus = fs::path(SCHEMAC_SOURCE_DIR) / ".." / "shared" / "corpus";
  std::vector<fs::path> files;
  for (const char* folder : {"schemas", "regress"}) {
    if (!fs::exists(corpus / folder)) continue;
    for (const auto& entry : fs::directory_iterator(corpus / folder))
      if (entry.path().extension() == ".sql" && entry.path().stem().extension() != ".roles")
        files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) WARN("no corpus at " << corpus);
  for (const fs::path& file : files) {
    CAPTURE(file.filename().string());
    const std::string url = server().create_database();
    const fs::path roles = file.parent_path() / (file.stem().string() + ".roles.sql");
    if (fs::exists(roles)) run_psql(url, roles);
    run_psql(url, file);
    const ReadResult result = postgres::read_database(url, {});
    const Counts read = counts_of(result);
    const auto agree = [&](const char* sql) {
      for (const auto& [what, count] : counts_of(url, sql)) {
        CAPTURE(what);
        CHECK((read.count(what) > 0 ? read.at(what) : 0) == count);
      }
    };
    agree(kCounts);
    agree(kRareCounts);
    if (all_read(result)) agree(kMembers);
    // A database with subscriptions cannot be dropped, and theirs lead nowhere.
    execute(url, "SET allow_system_table_mods = on; DELETE FROM pg_subscription");
    server().drop_database(url);
  }
  std::cout << files.size() << " schemas read\n";
}
