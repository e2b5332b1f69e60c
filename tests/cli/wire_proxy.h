#pragma once
// A stand-in for a server's socket that passes everything on, and breaks things at a chosen query.

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace schemac::test {

enum class Moment {
  asked,     // the program has sent the query, and the server has not got it
  passed,    // the server has got it
  answered,  // the server is through with it, and the program does not know
};

class WireProxy {
 public:
  // Listens at a socket of its own, for the server whose socket's folder and port are in `url`.
  explicit WireProxy(const std::string& url);
  ~WireProxy();
  WireProxy(const WireProxy&) = delete;
  WireProxy& operator=(const WireProxy&) = delete;

  // `url` by way of the proxy.
  std::string url(const std::string& url) const;

  // From now on: at the query number `query` (from 1, of all connections together) `action` runs,
  // with the process id of that query's session, and all connections break.
  void arm(int query, Moment moment, std::function<void(int backend)> action);
  // How many queries came since then, and whether the action ran.
  int queries() const { return queries_; }
  bool fired() const { return fired_; }

 private:
  struct Link;
  void accept_all();
  void serve(const std::shared_ptr<Link>& link);
  bool pass_queries(Link& link);
  bool pass_answers(Link& link);
  void fire(Link& link);

  std::string server_, folder_, port_;
  int listener_ = -1;
  std::atomic<int> queries_{0};
  std::atomic<int> target_{0};
  std::atomic<bool> fired_{false}, stopping_{false};
  Moment moment_ = Moment::asked;
  std::function<void(int)> action_;
  std::thread acceptor_;
  std::vector<std::thread> links_;
};

}  // namespace schemac::test
