#pragma once
// One state of a database, however long it takes to read: all queries share a snapshot.

#include <condition_variable>
#include <deque>
#include <exception>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <pqxx/pqxx>
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

  // Calls `visit` with the rows of a query, part by part: those of a large database are never there
  // at once. Once for each query, in the order of the queries. Throws what the server answered
  // instead. Without so much as a part where lines of the file that start with `--@if ` say when
  // there may be rows, and none of these holds.
  template <class Visit>
  void each_part(std::string_view query, Visit visit) {
    while (const std::optional<pqxx::result> rows = next_part(query)) visit(*rows);
  }
  int server_version() const { return server_version_; }  // major
  const std::string& user() const { return user_; }       // the role that reads

 private:
  // How many queries may be begun before the reader comes to them, and how many parts of one may
  // wait: enough to keep the server busy, few enough for memory.
  static constexpr std::size_t kAheadMax = 4;
  static constexpr std::size_t kPartsMax = 2;

  struct Pending {
    std::string sql;
    std::deque<pqxx::result> parts;
    bool complete = false;  // no more will come
    std::exception_ptr error;
  };
  struct Session {
    explicit Session(const std::string& url);
    ~Session();

    Connection connection;
    pqxx::quiet_errorhandler quiet;
    std::unique_ptr<pqxx::nontransaction> transaction;
    bool has_cursor = false;
    std::thread runner;
  };

  void add_session(const std::string& url);
  void run(Session& session);
  Pending* take_query();
  void ask(Session& session, Pending& pending);
  bool hand_over(Pending& pending, pqxx::result part, bool last);
  std::optional<pqxx::result> next_part(std::string_view query);

  std::list<Session> sessions_;
  int server_version_ = 0;
  std::string user_;
  std::map<std::string, std::size_t, std::less<>> places_;  // in `pending_`, of the queries
  std::mutex mutex_;                                        // of all below
  std::condition_variable changed_;
  std::vector<Pending> pending_;
  std::size_t begun_ = 0, read_ = 0;  // how many of them
  bool stopped_ = false;
};

// `sql` for one server version. A line that starts with `--@15+ ` is part of the query from that
// version on, one that starts with `--@<15 ` before it.
std::string for_version(std::string_view sql, int server_version);

}  // namespace schemac::postgres
