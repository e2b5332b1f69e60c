#include "proof/client.h"

#include <cstdlib>

#include "introspect/postgres/connection.h"
#include "introspect/postgres/local_server.h"
#include "proof/process.h"

namespace schemac {

int Client::major() const {
  return std::atoi(version.c_str());
}

Client find_client(const std::string& name, int server_version) {
  Client client{name, postgres::find_client_program(name, server_version).string(), {}};
  if (client.path.empty()) return client;
  // `pg_dump (PostgreSQL) 15.14 (Debian …)`
  const std::string answer = run_process({client.path, "--version"}).output;
  if (const std::size_t begin = answer.find_first_of("0123456789"); begin != std::string::npos)
    client.version = answer.substr(begin, answer.find_first_of(" \n", begin) - begin);
  return client;
}

std::string run_client(const Client& client, const std::vector<std::string>& arguments,
                       const std::string& url) {
  const postgres::SplitUrl split = postgres::split_password(url);
  std::vector<std::string> command{client.path};
  command.insert(command.end(), arguments.begin(), arguments.end());
  command.insert(command.end(), {"-d", split.url});
  std::vector<std::string> variables;
  if (!split.password.empty()) variables.push_back("PGPASSWORD=" + split.password);
  const ProcessResult result = run_process(command, {}, variables);
  if (result.exit_code != 0)
    throw DatabaseError(client.name + " failed: " + postgres::without_password(result.errors, url));
  return result.output;
}

}  // namespace schemac
