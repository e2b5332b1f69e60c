#pragma once
// A private PostgreSQL server made from binaries on this machine: a Unix socket in a temporary
// folder, nothing durable, gone with its owner however that one ends.

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace schemac::postgres {

// Where the programs of a server are: of that major version, else of the next newer one, else of
// the newest; 0 asks for the newest. Looked for in the folders that SCHEMAC_SERVERS lists (by
// colon, each laid out as Debian's), in Debian's /usr/lib/postgresql, in PATH and by pg_config.
// Empty where there are none.
std::filesystem::path find_server_programs(int version = 0);

// A client program (`pg_dump`, `psql`) of those folders: of that major version, else of the next
// newer one, else of the newest; 0 asks for the newest. That of PATH where they have none, and
// empty where that has none either.
std::filesystem::path find_client_program(const std::string& name, int version = 0);

class LocalServer {
 public:
  // Starts it; the data folder is a copy of one that is made once and kept in the user's cache.
  // Throws DatabaseError with the end of the server's log where it does not come up.
  explicit LocalServer(const std::filesystem::path& programs);
  ~LocalServer();
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;

  // URL of a database on it.
  std::string url(const std::string& database) const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  void start(const std::filesystem::path& programs);
  void wait_until_ready();
  void shut_down();
  std::string log_tail() const;

  std::filesystem::path folder_;
  int lock_ = -1;      // held while the folder is in use
  int lifeline_ = -1;  // write end of a pipe: closed, however we end, it stops the server
  pid_t keeper_ = -1;  // the process that waits for that
};

}  // namespace schemac::postgres
