#pragma once
// One state of a database, however long it takes to read: all queries share a snapshot.

#include <atomic>
#include <future>
#include <list>
#include <map>
#include <memory>
#include <pqxx/pqxx>
#include <semaphore>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "introspect/postgres/connection.h"

namespace schemac::postgres {

// The queries run on sessions with threads of their own, a little ahead of the reader: the server
// works on the next rows while these are decoded, on two sets of rows where it has room for us.
class Snapshot {
 public:
  // `queries` are files of this folder, in the order in which their rows will be asked for.
  Snapshot(const std::string& url, const std::vector<std::string_view>& queries);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  // The rows of a query; once each. Throws what the server answered instead. Without so much as
  // columns where lines of the file that start with `--@if ` say when there may be any, and none of
  // these holds.
  pqxx::result rows(std::string_view query);
  int server_version() const { return server_version_; }  // major
  const std::string& user() const { return user_; }       // the role that reads

 private:
  // How many results may wait to be read: enough to keep the server busy, few enough for memory.
  static constexpr int kAhead = 4;

  struct Pending {
    std::string sql;
    std::promise<pqxx::result> result;
  };
  struct Session {
    explicit Session(const std::string& url);
    ~Session();

    Connection connection;
    pqxx::quiet_errorhandler quiet;
    std::unique_ptr<pqxx::nontransaction> transaction;
    std::thread runner;
  };

  void add_session(const std::string& url);
  void run(Session& session);

  std::list<Session> sessions_;
  int server_version_ = 0;
  std::string user_;
  std::vector<Pending> pending_;
  std::atomic<std::size_t> next_ = 0;
  std::map<std::string, std::future<pqxx::result>, std::less<>> results_;
  std::counting_semaphore<> room_{kAhead};
  std::atomic<bool> stopped_ = false;
};

// `sql` for one server version. A line that starts with `--@15+ ` is part of the query from that
// version on, one that starts with `--@<15 ` before it.
std::string for_version(std::string_view sql, int server_version);

}  // namespace schemac::postgres
