#include "introspect/postgres/kept_sessions.h"

#include <unistd.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <set>
#include <utility>

namespace schemac::postgres {
namespace {

// At most so many in all: a server has room for more, and who makes many databases uses each once.
constexpr std::size_t kMost = 8;

class Kept {
 public:
  Kept(std::string url, std::unique_ptr<pqxx::connection> session)
      : url_(std::move(url)), session_(std::move(session)) {}
  Kept(Kept&&) = default;
  Kept& operator=(Kept&&) = default;
  ~Kept() {
    // A child must not say goodbye where its parent goes on talking.
    if (!is_ours()) static_cast<void>(session_.release());
  }

  bool is_in(const std::string& database) const { return url_.starts_with(database); }
  bool is_of(const std::string& url) const { return url_ == url && is_ours(); }
  std::unique_ptr<pqxx::connection> take() { return std::move(session_); }

 private:
  bool is_ours() const { return process_ == getpid(); }

  std::string url_;
  std::unique_ptr<pqxx::connection> session_;
  pid_t process_ = getpid();
};

std::mutex g_mutex;
std::set<std::string> g_databases;  // their URLs, which those of sessions begin with
std::deque<Kept> g_kept;            // the oldest first

bool is_kept(const std::string& url) {
  return std::any_of(g_databases.begin(), g_databases.end(),
                     [&](const std::string& database) { return url.starts_with(database); });
}

// As a new session would be. Whether that went well.
bool reset(pqxx::connection& session) {
  try {
    pqxx::nontransaction(session).exec("DISCARD ALL");
    return true;
  } catch (const std::exception&) {
    return false;  // it is lost, or inside a transaction that nobody has ended
  }
}

}  // namespace

KeptSessions::KeptSessions(std::string url) : url_(std::move(url)) {
  const std::lock_guard lock(g_mutex);
  g_databases.insert(url_);
}

KeptSessions::~KeptSessions() {
  const std::lock_guard lock(g_mutex);
  g_databases.erase(url_);
  std::erase_if(g_kept, [&](const Kept& kept) { return kept.is_in(url_); });
}

std::unique_ptr<pqxx::connection> take_kept(const std::string& url) {
  const std::lock_guard lock(g_mutex);
  const auto last = std::find_if(g_kept.rbegin(), g_kept.rend(),
                                 [&](const Kept& kept) { return kept.is_of(url); });
  if (last == g_kept.rend()) return nullptr;
  auto session = last->take();
  g_kept.erase(std::next(last).base());
  return session;
}

void keep_or_close(std::unique_ptr<pqxx::connection> session, const std::string& url) {
  {
    const std::lock_guard lock(g_mutex);
    if (!is_kept(url)) return;
  }
  if (!reset(*session)) return;
  const std::lock_guard lock(g_mutex);
  if (!is_kept(url)) return;
  g_kept.emplace_back(url, std::move(session));
  if (g_kept.size() > kMost) g_kept.pop_front();
}

}  // namespace schemac::postgres
