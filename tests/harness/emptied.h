#pragma once
// Databases that are used again, because a new one costs more than most of what is asked of it:
// sessions start there, and whatever a server knows of its catalogs is read anew.

#include <string>
#include <vector>

#include "tests/harness/oracles.h"

namespace schemac::test {

class EmptiedDatabases : public postgres::Throwaway {
 public:
  explicit EmptiedDatabases(postgres::Throwaway& server) : server_(server) {}

  // One that was emptied, or a new one.
  std::string create_database() override;
  // Here for `empty`, or gone before the next one is made.
  void drop_database(const std::string& url) override;
  int server_version() const override { return server_.server_version(); }
  void provide_for(const Catalog& declared) override { server_.provide_for(declared); }

  // The one that was dropped last, as it was: here for who takes it. "" where that is gone.
  std::string take_back();

  // `empty`: the plan from what a database holds to nothing leaves it as the server had made it.
  // Asked of those that were dropped since the last time.
  void empty(Failures& failures);

 private:
  struct Database {
    std::string url;
    std::string anew;  // what its catalogs hold while nothing was made in it
  };

  postgres::Throwaway& server_;
  std::vector<Database> empty_, taken_, dropped_;
};

}  // namespace schemac::test
