#include "proof/archive.h"

#include <sstream>

#include "introspect/postgres/connection.h"
#include "proof/process.h"
#include "runner/session.h"

namespace schemac {
namespace {

std::vector<std::string> restore_arguments(const std::string& folder, int jobs) {
  return {"--exit-on-error", "--jobs=" + std::to_string(jobs), folder};
}

}  // namespace

Client client_for(const std::string& name, int version) {
  Client client = find_client(name, version);
  if (client.major() >= version) return client;
  const std::string wanted = std::to_string(version);
  const std::string advice =
      "install one as new as the server (Debian: apt-get install "
      "postgresql-client-" +
      wanted + ")";
  if (client.path.empty()) throw DatabaseError("there is no " + name + " here: " + advice);
  throw DatabaseError("the newest " + name + " here is " + client.version +
                      ", which is too old for PostgreSQL " + wanted + ": " + advice);
}

void write_archive(const Client& pg_dump, const std::string& url, const std::string& folder,
                   int jobs) {
  run_client(pg_dump, {"--format=directory", "--jobs=" + std::to_string(jobs), "--file=" + folder},
             url);
}

std::size_t tables_in_archive(const Client& pg_restore, const std::string& folder) {
  const ProcessResult listed = run_process({pg_restore.path, "--list", folder});
  if (listed.exit_code != 0) throw DatabaseError("pg_restore failed: " + listed.errors);
  std::size_t tables = 0;
  std::istringstream lines(listed.output);
  // `3345; 0 16386 TABLE DATA public customer shop`
  for (std::string line; std::getline(lines, line);)
    if (!line.starts_with(";") && line.find(" TABLE DATA ") != std::string::npos) ++tables;
  return tables;
}

void read_archive(const Client& pg_restore, const std::string& folder, const std::string& url,
                  int jobs) {
  run_client(pg_restore, restore_arguments(folder, jobs), url);
  // The planner knows nothing of rows that came just now.
  RunnerSession session(url);
  guard([&] { session.run("ANALYZE"); });
}

ArchiveSample try_archive(const Client& pg_restore, const std::string& folder,
                          postgres::Throwaway& throwaway, int jobs) {
  const std::string url = throwaway.create_database();
  std::vector<std::string> arguments = restore_arguments(folder, jobs);
  arguments.insert(arguments.end(), {"--no-owner", "--no-privileges", "--no-tablespaces"});
  run_client(pg_restore, arguments, url);
  ArchiveSample sample;
  {
    RunnerSession session(url);
    guard([&] {
      const pqxx::result tables = session.run(
          "SELECT format('SELECT count(*) FROM ONLY %I.%I', n.nspname, c.relname) FROM pg_class c "
          "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' "
          "AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'");
      for (const pqxx::row& row : tables) {
        sample.rows += session.run(row[0].c_str())[0][0].as<std::uint64_t>();
        ++sample.tables;
      }
    });
  }
  throwaway.drop_database(url);
  return sample;
}

}  // namespace schemac
