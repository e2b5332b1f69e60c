#pragma once
// Sessions that are used again: a new one costs a server more than most of what is asked in it.

#include <memory>
#include <pqxx/pqxx>
#include <string>

namespace schemac::postgres {

// As long as this lives, sessions in the database at `url` are not closed by those who are through
// with them but kept, reset, for the next who connects in the same way. For databases of which we
// know that nobody minds a session too many: throwaway ones.
class KeptSessions {
 public:
  explicit KeptSessions(std::string url);
  ~KeptSessions();
  KeptSessions(const KeptSessions&) = delete;
  KeptSessions& operator=(const KeptSessions&) = delete;

 private:
  std::string url_;
};

// A session that was kept of those that were opened by this very URL, or nullptr.
std::unique_ptr<pqxx::connection> take_kept(const std::string& url);

// Keeps the session where its database is one whose sessions are kept; closes it otherwise.
void keep_or_close(std::unique_ptr<pqxx::connection> session, const std::string& url);

}  // namespace schemac::postgres
