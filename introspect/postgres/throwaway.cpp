#include "introspect/postgres/throwaway.h"

#include <algorithm>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "codegen/postgres/postgres.h"
#include "introspect/postgres/connection.h"
#include "introspect/postgres/kept_sessions.h"
#include "introspect/postgres/local_server.h"
#include "introspect/postgres/run_as.h"

namespace schemac::postgres {
namespace {

// Databases on one server, dropped with the object.
class Databases : public Throwaway {
 public:
  // `admin_url` leads to a database from which others can be created.
  void connect_to(const std::string& admin_url, std::string prefix, bool local) {
    admin_url_ = admin_url;
    prefix_ = std::move(prefix);
    connection_ = connect(admin_url);
    quiet_ = std::make_unique<pqxx::quiet_errorhandler>(*connection_);
    version_ = major_version(*connection_);
    run("SET application_name = '" + prefix_ + run_ + "'");
    if (!local) sweep();
    // A copy of files beats writing every page to the log where nothing need survive.
    if (local && version_ >= 15) strategy_ = " STRATEGY file_copy";
    outlives_us_ = !local;
  }

  ~Databases() override {
    if (!outlives_us_) return;
    for (const Made& made : made_) leaving_.push_back(made.name);
    made_.clear();
    for (const std::string& name : leaving_) try {
        drop(name);
      } catch (const std::exception&) {
        // The server is gone, and the database with it, or it is not ours to say.
      }
  }

  std::string create_database() override {
    const std::string name = prefix_ + run_ + "_" + std::to_string(++created_);
    // Nothing that someone put into template1 may look like a part of the schema.
    run("CREATE DATABASE \"" + name + "\" TEMPLATE template0 ENCODING 'UTF8'" + strategy_);
    const std::string url = with_database(admin_url_, name);
    made_.push_back({name, url, std::make_unique<KeptSessions>(url)});
    return url;
  }

  void drop_database(const std::string& url) override {
    const auto made = std::find_if(made_.begin(), made_.end(),
                                   [&](const Made& other) { return other.url == url; });
    if (made == made_.end()) return;
    // Sessions in it may still be on their way out, for which the server would wait in steps of
    // 100 ms: those in the one before are surely gone.
    const std::vector<std::string> before = std::exchange(leaving_, {made->name});
    made_.erase(made);
    for (const std::string& name : before) drop(name);
  }

  int server_version() const override { return version_; }

  pqxx::result run(const std::string& statement) {
    try {
      return pqxx::nontransaction(*connection_).exec(statement);
    } catch (...) {
      throw_database_error("make throwaway databases on " + display_url(admin_url_), admin_url_);
    }
  }

 private:
  struct Made {
    std::string name, url;
    std::unique_ptr<KeptSessions> sessions;
  };

  // Drops what runs that died have left: a living one is connected under the name of its databases.
  void sweep() {
    const pqxx::result left =
        run("SELECT d.datname FROM pg_database d WHERE d.datname ~ '^" + prefix_ +
            "[0-9a-z]{12}_[0-9]+$' AND pg_has_role(d.datdba, 'MEMBER') "
            "AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname "
            "OR a.application_name = regexp_replace(d.datname, '_[0-9]+$', ''))");
    for (const pqxx::row& row : left) try {
        drop(row[0].c_str());
      } catch (const std::exception&) {
        // Another run was quicker.
      }
  }

  void drop(const std::string& name) {
    drop_subscriptions(name);
    run("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
  }

  // A database with subscriptions cannot be dropped. These were never connected to anything.
  void drop_subscriptions(const std::string& database) {
    const std::string literal = dialect().quote_literal(database);
    const pqxx::result rows = pqxx::nontransaction(*connection_)
                                  .exec(
                                      "SELECT s.subname FROM pg_subscription s JOIN pg_database d "
                                      "ON d.oid = s.subdbid WHERE d.datname = " +
                                      literal);
    if (rows.empty()) return;
    const auto connection = connect(with_database(admin_url_, database));
    const pqxx::quiet_errorhandler quiet(*connection);
    for (const pqxx::row& row : rows) {
      const std::string name = dialect().quote_ident(row[0].c_str());
      pqxx::nontransaction transaction(*connection);
      transaction.exec("ALTER SUBSCRIPTION " + name + " DISABLE");
      transaction.exec("ALTER SUBSCRIPTION " + name + " SET (slot_name = NONE)");
      transaction.exec("DROP SUBSCRIPTION " + name);
    }
  }

  static std::string unique_suffix() {
    std::random_device device;
    static const char* const kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::string suffix;
    for (int i = 0; i < 12; ++i) suffix += kDigits[device() % 36];
    return suffix;
  }

  std::string admin_url_, prefix_, strategy_;
  const std::string run_ = unique_suffix();  // of the names of all databases
  int created_ = 0;
  Connection connection_;
  std::unique_ptr<pqxx::quiet_errorhandler> quiet_;
  std::vector<Made> made_;
  std::vector<std::string> leaving_;  // nobody's any more, and not dropped yet
  int version_ = 0;
  bool outlives_us_ = true;
};

void add_roles(const FieldInfo& field, const Value& value, std::set<std::string>& roles) {
  if (field.refers != Refers::role) return;
  if (const Ident* name = value.ident()) roles.insert(name->text);
  if (const List* list = value.list())
    for (const Value& item : *list) add_roles(field, item, roles);
}

// The roles that the schema names, but for those that are everywhere: the server's own, and the
// words that stand for others.
std::set<std::string> roles_of(const Catalog& declared) {
  std::set<std::string> roles;
  for (const Object& object : declared.objects())
    for (std::size_t i = 0; i < object.kind().fields.size(); ++i)
      add_roles(object.kind().fields[i], object.values[i], roles);
  std::erase_if(roles, [](const std::string& role) {
    return role.starts_with("pg_") || role == "public" || role == "current_user";
  });
  return roles;
}

void make_roles(const std::set<std::string>& roles, const std::string& url) {
  std::string statements;
  for (const std::string& role : roles)
    statements += "DO $do$ BEGIN CREATE ROLE " + dialect().quote_ident(role) +
                  "; EXCEPTION WHEN duplicate_object THEN NULL; END $do$;\n";
  if (statements.empty()) return;
  try {
    pqxx::nontransaction(*connect(url)).exec(statements);
  } catch (...) {
    throw_database_error("make roles on " + display_url(url), url);
  }
}

// A private server; its databases go with its folder.
class LocalDatabases : public Throwaway {
 public:
  explicit LocalDatabases(const std::filesystem::path& programs) : server_(programs) {
    databases_.connect_to(server_.url("template1"), "schemac_shadow_", true);
  }
  std::string create_database() override { return databases_.create_database(); }
  void drop_database(const std::string& url) override { databases_.drop_database(url); }
  int server_version() const override { return databases_.server_version(); }
  void provide_for(const Catalog& declared) override {
    std::set<std::string> roles = roles_of(declared);
    std::erase_if(roles, [&](const std::string& role) { return !roles_.insert(role).second; });
    make_roles(roles, server_.url("template1"));
    for (const Object& object : declared.objects())
      for (std::size_t i = 0; i < object.kind().fields.size(); ++i)
        if (const Ident* name = object.values[i].ident();
            name != nullptr && object.kind().fields[i].name == "tablespace")
          provide_tablespace(name->text);
  }

 private:
  void provide_tablespace(const std::string& name) {
    if (name.rfind("pg_", 0) == 0 || !tablespaces_.insert(name).second) return;
    const auto folder = server_.folder() / ("tablespace-" + std::to_string(tablespaces_.size()));
    std::filesystem::create_directory(folder);
    give_to_server_user(folder);
    databases_.run("CREATE TABLESPACE " + dialect().quote_ident(name) + " LOCATION " +
                   dialect().quote_literal(folder.string()));
  }

  std::set<std::string> tablespaces_, roles_;  // made already
  LocalServer server_;
  Databases databases_;
};

}  // namespace

void make_roles(const Catalog& declared, const std::string& url) {
  make_roles(roles_of(declared), url);
}

std::unique_ptr<Throwaway> Throwaway::open(const std::string& shadow, int version) {
  if (shadow == "none")
    throw DatabaseError(
        "this needs a throwaway database, and `--shadow none` rules them out; give `--shadow auto` "
        "or a server's URL");
  if (shadow == "auto") {
    const auto programs = find_server_programs(version);
    if (programs.empty())
      throw NoServer(
          "no PostgreSQL server is installed here for throwaway databases: install one (Debian: "
          "apt-get install postgresql), or give a server's URL with `--shadow`");
    return std::make_unique<LocalDatabases>(programs);
  }
  auto databases = std::make_unique<Databases>();
  databases->connect_to(shadow, "schemac_shadow_", false);
  return databases;
}

}  // namespace schemac::postgres
