#pragma once
// Programs of PostgreSQL's client, run on databases.

#include <string>
#include <vector>

namespace schemac {

struct Client {
  std::string name;     // `pg_dump`
  std::string path;     // "" where there is none
  std::string version;  // `15.14`

  int major() const;  // 0 where there is none
};

// The one of that name that suits a server of that major version best: its own, else the next newer
// one. An older one where there is no other; 0 asks for the newest.
Client find_client(const std::string& name, int server_version = 0);

// What it prints when it is run on the database at `url`, whose password no argument shows. Throws
// DatabaseError with what it says where it fails.
std::string run_client(const Client& client, const std::vector<std::string>& arguments,
                       const std::string& url);

}  // namespace schemac
