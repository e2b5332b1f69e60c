// Building a declared schema on a server, to learn how that writes it.

#include <algorithm>
#include <filesystem>
#include <utility>

#include "codegen/postgres/not_null_names.h"
#include "codegen/postgres/postgres.h"
#include "compiler/diff/output_names.h"
#include "compiler/diff/owners.h"
#include "compiler/plan/planner.h"
#include "introspect/postgres/connection.h"
#include "introspect/postgres/read.h"
#include "introspect/postgres/throwaway.h"

namespace schemac::postgres {
namespace {

// Debian's package of an extension that is not one of the server's own.
std::string debian_package(const std::string& extension, int version) {
  const std::string server = "postgresql-" + std::to_string(version);
  struct Package {
    std::string_view extension, suffix;
  };
  constexpr Package kPackages[] = {
      {"postgis", "-postgis-3"},
      {"postgis_topology", "-postgis-3"},
      {"postgis_raster", "-postgis-3"},
      {"vector", "-pgvector"},
      {"pg_cron", "-cron"},
      {"pg_partman", "-partman"},
      {"plpython3u", ""},
      {"hypopg", "-hypopg"},
      {"timescaledb", "-timescaledb"},
      {"pgaudit", "-pgaudit"},
      {"pg_repack", "-repack"},
      {"pgtap", "-pgtap"},
  };
  if (extension == "plpython3u") return "postgresql-plpython3-" + std::to_string(version);
  if (extension == "plperl" || extension == "plperlu")
    return "postgresql-plperl-" + std::to_string(version);
  for (const Package& package : kPackages)
    if (package.extension == extension) return server + std::string(package.suffix);
  return "postgresql-contrib or " + server + "-" + extension;
}

// The word in the first pair of quotes.
std::string quoted_word(const std::string& message) {
  const std::size_t from = message.find('"');
  if (from == std::string::npos) return {};
  return message.substr(from + 1, message.find('"', from + 1) - from - 1);
}

// The way out where the server lacks something that no statement of ours can bring.
std::string missing_part(const std::string& message, const std::string& state, int version) {
  const std::string name = quoted_word(message);
  const auto says = [&](std::string_view words) { return message.find(words) != message.npos; };
  const std::string locale =
      "; generate that locale where the server runs (Debian: dpkg-reconfigure locales)";
  if (state == "0A000" && says("extension"))
    return "; install it on that server (Debian: " + debian_package(name, version) + ")";
  if (state == "58P01" && says("extension control file")) {  // before PostgreSQL 15
    const std::string extension = std::filesystem::path(name).stem().string();
    return "; install it on that server (Debian: " + debian_package(extension, version) + ")";
  }
  if (says("security label provider"))
    return "; load the module that brings it on that server (shared_preload_libraries)";
  if (says("could not create locale")) return locale;
  if (state != "42704") return {};  // an undefined object
  if (says("collation")) return locale;
  if (says("role \""))
    return "; roles belong to the whole server and are not made here: CREATE ROLE " +
           dialect().quote_ident(name);
  if (says("language \""))
    return "; install it on that server (Debian: " + debian_package(name, version) + ")";
  return {};
}

void run_step(pqxx::transaction_base& transaction, const Step& step, int version) {
  const std::string statement = statement_text(step.action, dialect());
  try {
    transaction.exec(statement);
  } catch (const pqxx::sql_error& error) {
    std::string reason = error.what();
    reason = reason.substr(0, reason.find('\n'));
    if (reason.rfind("ERROR:", 0) == 0) reason.erase(0, reason.find_first_not_of(' ', 6));
    const SourceSpan at = step.reasons.empty() ? SourceSpan() : step.reasons[0].declared_at;
    throw DatabaseError(
        (at.known() ? path_and_line(at) + ": " : std::string()) + to_string(step.subject) + ": " +
            reason + missing_part(error.what(), error.sqlstate(), version) + "\n  in: " + statement,
        error.sqlstate());
  }
}

// Runs a transaction in a few messages, each of a size that the server's parser can bear. Whether
// all went well; nothing is done where it did not.
bool run_at_once(pqxx::connection_base& connection, const Segment& segment) {
  constexpr std::size_t kBatchBytes = std::size_t{1} << 20;
  try {
    pqxx::work transaction(connection);
    std::string batch;
    for (const Step& step : segment.steps) {
      batch += statement_text(step.action, dialect()) + ";\n";
      if (batch.size() > kBatchBytes) transaction.exec(std::exchange(batch, {}));
    }
    if (!batch.empty()) transaction.exec(batch);
    transaction.commit();
    return true;
  } catch (const pqxx::sql_error&) {
    return false;
  }
}

void run_segment(pqxx::connection_base& connection, const Segment& segment, int version) {
  if (segment.transactional) {
    if (run_at_once(connection, segment)) return;
    // Step by step, it shows which one fails.
    pqxx::work transaction(connection);
    for (const Step& step : segment.steps) run_step(transaction, step, version);
    transaction.commit();
    return;
  }
  for (const Step& step : segment.steps) {
    pqxx::nontransaction transaction(connection);
    run_step(transaction, step, version);
  }
}

// The server's value with what the author wrote in place of what the server printed, and with the
// author's intents.
Value merged(const FieldInfo& field, const Value& live, const Value& declared);

List merged_record(std::span<const FieldInfo> fields, const FieldValues& live,
                   const FieldValues& declared) {
  List result;
  for (std::size_t i = 0; i < fields.size(); ++i)
    result.push_back(fields[i].role == Role::intent ? declared[i]
                                                    : merged(fields[i], live[i], declared[i]));
  return result;
}

Value merged(const FieldInfo& field, const Value& live, const Value& declared) {
  if (const SqlText* text = live.sql(), *written = declared.sql(); text && written)
    return SqlText{written->written, text->canonical, text->server};
  const List *values = live.list(), *others = declared.list();
  if (values == nullptr || others == nullptr || values->size() != others->size()) return live;
  const bool many = field.listing != Listing::one && field.listing != Listing::group;
  if (!many && field.shape == Shape::record) return merged_record(field.record, *values, *others);
  FieldInfo item = field;
  item.listing = Listing::one;
  List result;
  for (std::size_t i = 0; i < values->size(); ++i)
    result.push_back(field.shape == Shape::setting ? (*values)[i]
                                                   : merged(item, (*values)[i], (*others)[i]));
  return result;
}

Object merged(const Object& live, const Object& declared) {
  Object result = live;
  const auto& fields = live.kind().fields;
  result.values = merged_record(fields, live.values, declared.values);
  // The server's query names its columns, the author's may leave that to a list beside it.
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (names_output(live.kind(), fields[i])) result.values.set(i, declared.values[i]);
  result.was = declared.was;
  result.declared_at = declared.declared_at;
  result.position = declared.position;
  return result;
}

bool refers_to_columns(const KindInfo& kind) {
  return std::any_of(kind.fields.begin(), kind.fields.end(),
                     [](const FieldInfo& field) { return field.refers == Refers::ref_column; });
}

bool depends_on(const Object& object, const Edge& edge) {
  return std::find(object.depends.begin(), object.depends.end(), edge) != object.depends.end();
}

}  // namespace

void build_catalog(const Catalog& catalog, const std::string& url) {
  const auto connection = connect(url);
  const pqxx::quiet_errorhandler quiet(*connection);
  const Plan plan = make_plan(Catalog(), catalog, target(major_version(*connection)));
  try {
    // Bodies in SQL may name what is created after them, and what is found by way of search_path.
    pqxx::nontransaction(*connection).exec("SET check_function_bodies = off");
    for (const Segment& segment : plan.segments)
      run_segment(*connection, segment, major_version(*connection));
  } catch (...) {
    throw_database_error("change " + display_url(url), url);
  }
}

// The first server that has all that the object consists of.
int first_version(const Object& object) {
  int first = 0;
  const auto& fields = object.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (!object.values[i].absent()) first = std::max(first, fields[i].since);
  return first;
}

Catalog canonical_catalog(const Catalog& declared, Throwaway& throwaway) {
  throwaway.provide_for(declared);
  const std::string url = throwaway.create_database();
  build_catalog(declared, url);
  Catalog live = read_database(url, {}).catalog;
  throwaway.drop_database(url);
  settle_owners(live, declared);
  settle_not_null_names(live, declared);
  Catalog result;
  result.server_version = live.server_version;
  for (const Object& object : declared.objects()) {
    const Object* built = live.find(object.id);
    if (built == nullptr && first_version(object) > throwaway.server_version())
      throw DatabaseError(to_string(object.id) + " needs PostgreSQL " +
                          std::to_string(first_version(object)) + ", and the throwaway server is " +
                          std::to_string(throwaway.server_version()));
    // What a table says of a column and repeats no more than what comes from above says nothing.
    if (built == nullptr && rules_of(object.kind()).drop_keeps_parts) continue;
    if (built == nullptr)
      throw DatabaseError(to_string(object.id) + " was built on a throwaway database and is not " +
                          "there under that name: a bug in schemac");
    Object& added = result.add(merged(*built, object));
    // Names in bodies of functions are known from their text alone, and a reference may rely on
    // another key next time.
    for (const Edge& edge : object.depends)
      if (edge.kind == EdgeKind::weak ||
          (refers_to_columns(object.kind()) && !depends_on(added, edge)))
        added.depends.push_back(edge);
    std::sort(added.depends.begin(), added.depends.end(),
              [](const Edge& a, const Edge& b) { return a.target < b.target; });
  }
  for (const Object& object : live.objects())
    if (!declared.contains(object.id))
      throw DatabaseError(to_string(object.id) + " appeared on a throwaway database and nothing " +
                          "declares it: a bug in schemac");
  return result;
}

}  // namespace schemac::postgres
