#include "runner/database_beside.h"

#include <chrono>
#include <random>
#include <thread>

#include "codegen/postgres/postgres.h"
#include "introspect/postgres/connection.h"
#include "runner/session.h"

namespace schemac {
namespace {

constexpr const char* kPrefix = "schemac_restore_";
constexpr const char* kInUse = "55006";
constexpr int kSwapTries = 5;

std::string ident(const std::string& name) {
  return postgres::dialect().quote_ident(name);
}

std::string literal(const std::string& text) {
  return postgres::dialect().quote_literal(text);
}

std::string unique_name() {
  std::random_device device;
  std::string name = kPrefix;
  for (int i = 0; i < 12; ++i) name += "0123456789abcdefghijklmnopqrstuvwxyz"[device() % 36];
  return name;
}

std::string text_of(const pqxx::field& field) {
  return field.is_null() ? std::string() : field.c_str();
}

DatabaseTraits read_traits(RunnerSession& session, const std::string& name) {
  // By way of JSON: which columns there are is a matter of the server's version.
  const pqxx::result rows = session.run(
      "SELECT d.datname, pg_encoding_to_char(d.encoding), d.datcollate, d.datctype, "
      "CASE j->>'datlocprovider' WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' "
      "END, coalesce(j->>'datlocale', j->>'daticulocale'), j->>'daticurules' "
      "FROM pg_database d, to_jsonb(d) j WHERE d.datname = " +
      literal(name));
  const pqxx::row row = rows[0];
  return {text_of(row[0]), text_of(row[1]), text_of(row[2]), text_of(row[3]),
          text_of(row[4]), text_of(row[5]), text_of(row[6])};
}

// The options of CREATE DATABASE.
std::string options_of(const DatabaseTraits& traits, int server_version) {
  std::string options = " TEMPLATE template0 ENCODING " + literal(traits.encoding) +
                        " LC_COLLATE " + literal(traits.collate) + " LC_CTYPE " +
                        literal(traits.ctype);
  constexpr int kHasProviders = 15;
  if (traits.provider.empty() || server_version < kHasProviders) return options;
  options += " LOCALE_PROVIDER " + traits.provider;
  if (traits.provider == "icu") options += " ICU_LOCALE " + literal(traits.locale);
  if (traits.provider == "builtin") options += " BUILTIN_LOCALE " + literal(traits.locale);
  if (!traits.rules.empty()) options += " ICU_RULES " + literal(traits.rules);
  return options;
}

// Statements that give the database `to` what belongs to the database `from` itself. Lists of names
// are stored as they are read, quotes and all: they are copied by way of the session.
std::string properties_query(const std::string& from, const std::string& to) {
  const std::string name = literal(to);
  return "WITH d AS (SELECT * FROM pg_database WHERE datname = " + literal(from) +
         "), s AS (SELECT s.setrole, split_part(c, '=', 1) AS name, "
         "substr(c, strpos(c, '=') + 1) AS value, row_number() OVER () AS number, CASE s.setrole "
         "WHEN 0 THEN format('ALTER DATABASE %I SET', " +
         name + ") ELSE format('ALTER ROLE %I IN DATABASE %I SET', pg_get_userbyid(s.setrole), " +
         name +
         ") END AS verb FROM d, pg_db_role_setting s, unnest(s.setconfig) c "
         "WHERE s.setdatabase = d.oid) "
         "SELECT sql FROM ("
         "SELECT 1, 0, format('REVOKE ALL ON DATABASE %I FROM PUBLIC, %I', " +
         name +
         ", pg_get_userbyid(d.datdba)) FROM d WHERE d.datacl IS NOT NULL "
         "UNION ALL SELECT 2, 0, format('GRANT %s ON DATABASE %I TO %s%s', a.privilege_type, " +
         name +
         ", CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END, "
         "CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) "
         "FROM d, aclexplode(d.datacl) a "
         "UNION ALL SELECT 3, 0, format('ALTER DATABASE %I CONNECTION LIMIT %s', " +
         name +
         ", d.datconnlimit) FROM d WHERE d.datconnlimit >= 0 "
         "UNION ALL SELECT 4, 0, format('COMMENT ON DATABASE %I IS %L', " +
         name +
         ", c.text) FROM d, shobj_description(d.oid, 'pg_database') c(text) "
         "WHERE c.text IS NOT NULL "
         "UNION ALL SELECT 5, s.number, CASE WHEN s.name IN ('search_path', 'temp_tablespaces', "
         "'session_preload_libraries', 'local_preload_libraries') THEN "
         "format('SELECT set_config(%L, %L, true); %s %I FROM CURRENT', s.name, s.value, s.verb, "
         "s.name) ELSE format('%s %I TO %L', s.verb, s.name, s.value) END FROM s"
         ") AS statement(part, number, sql) ORDER BY part, number";
}

bool holds_anything(const std::string& url) {
  constexpr const char* kFirstOfUsers = "16384";
  std::string any = "SELECT false";
  for (const char* catalog : {"pg_class", "pg_proc", "pg_type", "pg_namespace", "pg_extension",
                              "pg_largeobject_metadata"})
    any +=
        std::string(" OR EXISTS (SELECT FROM ") + catalog + " WHERE oid >= " + kFirstOfUsers + ")";
  RunnerSession session(url);
  return session.run(any)[0][0].as<bool>();
}

}  // namespace

class DatabaseBeside::State {
 public:
  explicit State(const std::string& url)
      : url_(url), name_(named_by(url)), session_(postgres::with_database(url, neighbour(name_))) {
    version_ = postgres::major_version(session_.connection());
    guard([&] { look(); });
  }

  ~State() {
    try {
      if (!new_name_.empty()) drop(new_name_);
    } catch (const std::exception&) {
      // The server is gone. What stays is swept by the next one.
    }
  }

  const std::string& name() const { return name_; }
  bool exists() const { return exists_; }
  bool is_filled() const { return is_filled_; }
  int version() const { return version_; }

  std::string make(const DatabaseTraits& traits) {
    guard([&] {
      const std::string name = unique_name();
      session_.run("SET application_name = " + literal(name));
      sweep();
      session_.run("CREATE DATABASE " + ident(name) + (exists_ ? " OWNER " + ident(owner_) : "") +
                   options_of(exists_ ? read_traits(session_, name_) : traits, version_) +
                   (tablespace_.empty() ? "" : " TABLESPACE " + ident(tablespace_)));
      new_name_ = name;
    });
    return postgres::with_database(url_, new_name_);
  }

  std::string take_place() {
    std::string kept;
    guard([&] {
      for (int tries = 1;; ++tries) try {
          kept = swap();
          break;
        } catch (const pqxx::sql_error& error) {
          // Somebody was quicker to connect again.
          if (error.sqlstate() != kInUse || tries == kSwapTries) throw;
        }
      new_name_.clear();
      // Asked again: it was in use until now.
      if (kept.empty() || holds_anything(postgres::with_database(url_, kept))) return;
      drop(kept);
      kept.clear();
    });
    return kept;
  }

 private:
  static std::string named_by(const std::string& url) {
    std::string name = postgres::database_of(url);
    return name.empty() ? postgres::connect(url)->dbname() : name;
  }
  // A database that is always there, and not the one whose name changes.
  static std::string neighbour(const std::string& name) {
    return name == "postgres" ? "template1" : "postgres";
  }

  void look() {
    const pqxx::row rights = session_.run(
        "SELECT rolsuper OR rolcreatedb, current_user FROM pg_roles "
        "WHERE rolname = current_user")[0];
    if (!rights[0].as<bool>())
      refuse("`" + text_of(rights[1]) + "` may not make databases (CREATEDB)");
    const pqxx::result found = session_.run(
        "SELECT pg_get_userbyid(d.datdba), pg_has_role(d.datdba, 'USAGE'), t.spcname "
        "FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace WHERE d.datname = " +
        literal(name_));
    exists_ = !found.empty();
    if (!exists_) return;
    owner_ = text_of(found[0][0]);
    // The server's own is there without asking, and naming it takes a right.
    if (text_of(found[0][2]) != "pg_default") tablespace_ = text_of(found[0][2]);
    if (!found[0][1].as<bool>())
      refuse("`" + name_ + "` belongs to `" + owner_ + "`, of which `" + text_of(rights[1]) +
             "` is no member");
    look_at_sessions();
    is_filled_ = holds_anything(url_);
  }

  // The sessions of others in the database that we may end, or may not.
  std::string sessions(bool endable) const {
    return " FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid, pg_roles me "
           "WHERE me.rolname = current_user AND a.pid <> pg_backend_pid() AND a.datname = " +
           literal(name_) +
           " AND (me.rolsuper OR NOT r.rolsuper AND (pg_has_role(r.oid, 'USAGE') "
           "OR pg_has_role('pg_signal_backend', 'USAGE'))) = " +
           (endable ? "true" : "false");
  }

  // Those that we could not end would keep the name from changing. Some are just on their way out.
  void look_at_sessions() {
    constexpr auto kPause = std::chrono::milliseconds(100);
    std::string other;
    for (int tries = 0; tries < 20; ++tries) {
      const pqxx::result others = session_.run("SELECT a.usename" + sessions(false) + " LIMIT 1");
      if (others.empty()) return;
      other = text_of(others[0][0]);
      std::this_thread::sleep_for(kPause);
    }
    refuse("`" + other + "` is connected to `" + name_ +
           "`, and ending that session takes more rights");
  }

  [[noreturn]] void refuse(const std::string& why) const {
    throw DatabaseError("cannot put another database in the place of " +
                        postgres::display_url(url_) + ": " + why + "; nothing was done");
  }

  void drop(const std::string& name) {
    session_.run("DROP DATABASE IF EXISTS " + ident(name) + " WITH (FORCE)");
  }

  // Drops what runs that died have left: a living one is connected under the database's name.
  void sweep() {
    const pqxx::result left = session_.run(
        "SELECT d.datname FROM pg_database d WHERE d.datname ~ '^" + std::string(kPrefix) +
        "[0-9a-z]{12}$' AND pg_has_role(d.datdba, 'MEMBER') AND NOT EXISTS (SELECT FROM "
        "pg_stat_activity a WHERE a.datname = d.datname OR a.application_name = d.datname)");
    for (const pqxx::row& row : left) try {
        drop(row[0].c_str());
      } catch (const pqxx::sql_error&) {
        // Another run was quicker.
      }
  }

  // While the names change, those who want to connect wait; who came before that keeps it from
  // happening.
  std::string swap() {
    std::string kept;
    if (exists_) {
      session_.run("SELECT pg_terminate_backend(a.pid)" + sessions(true));
      kept = name_to_keep();
    }
    SessionTransaction transaction(session_, "BEGIN");
    if (exists_) {
      for (const pqxx::row& row : transaction.run(properties_query(name_, new_name_)))
        transaction.run(row[0].c_str());
      transaction.run("ALTER DATABASE " + ident(name_) + " RENAME TO " + ident(kept));
    }
    transaction.run("ALTER DATABASE " + ident(new_name_) + " RENAME TO " + ident(name_));
    transaction.end("COMMIT");
    return kept;
  }

  std::string name_to_keep() {
    constexpr std::size_t kNameBytesMax = 63;
    const std::string ending =
        "_before_" +
        text_of(session_.run("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS')")[0][0]);
    std::string name = name_.substr(0, kNameBytesMax - ending.size());
    // No half character.
    if (name.size() < name_.size())
      while (!name.empty() && (name_[name.size()] & 0xC0) == 0x80) name.pop_back();
    return name + ending;
  }

  std::string url_, name_;
  RunnerSession session_;
  int version_ = 0;
  bool exists_ = false, is_filled_ = false;
  std::string owner_, tablespace_;
  std::string new_name_;  // "" once it has taken its place
};

DatabaseTraits traits_of(const std::string& url) {
  RunnerSession session(url);
  DatabaseTraits traits;
  guard([&] { traits = read_traits(session, session.connection().dbname()); });
  return traits;
}

DatabaseBeside::DatabaseBeside(const std::string& url) : state_(std::make_unique<State>(url)) {}
DatabaseBeside::~DatabaseBeside() = default;

const std::string& DatabaseBeside::name() const {
  return state_->name();
}
bool DatabaseBeside::exists() const {
  return state_->exists();
}
bool DatabaseBeside::is_filled() const {
  return state_->is_filled();
}
int DatabaseBeside::server_version() const {
  return state_->version();
}
std::string DatabaseBeside::make(const DatabaseTraits& traits) {
  return state_->make(traits);
}
std::string DatabaseBeside::take_place() {
  return state_->take_place();
}

}  // namespace schemac
