#include "introspect/postgres/snapshot.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "introspect/postgres/queries.h"

namespace schemac::postgres {
namespace {

// The size of the server's list of columns from which another session costs less than it saves:
// about a thousand tables.
constexpr std::int64_t kLargeBytes = 4 << 20;

// Rows of a part: so many that their way costs more than asking for them, so few that they are
// nothing beside what is made of them.
constexpr int kPartRows = 10'000;

// As pg_dump has it: names qualified, no text that depends on the session's habits. What reads
// catalogs in one go gains nothing from compiled or parallel plans, and the columns of a large
// database are to be joined in memory.
constexpr const char* kBegin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;";
constexpr const char* kSettings =
    "SET LOCAL search_path = '';"
    "SET LOCAL datestyle = 'ISO';"
    "SET LOCAL intervalstyle = 'postgres';"
    "SET LOCAL timezone = 'UTC';"
    "SET LOCAL extra_float_digits = 1;"
    "SET LOCAL bytea_output = 'hex';"
    "SET LOCAL quote_all_identifiers = off;"
    "SET LOCAL standard_conforming_strings = on;"
    "SET LOCAL statement_timeout = 0;"
    "SET LOCAL idle_in_transaction_session_timeout = 0;"
    "SET LOCAL client_min_messages = error;"
    "SET LOCAL jit = off;"
    "SET LOCAL work_mem = '64MB';"
    "SET LOCAL cursor_tuple_fraction = 1;"
    "SET LOCAL max_parallel_workers_per_gather = 0";

std::string_view text_of(std::string_view name) {
  for (const Query& query : all_queries())
    if (query.name == name) return query.sql;
  throw std::logic_error("no query is called " + std::string(name));
}

// A line `--@include NAME` stands for the file of that name: what several queries begin with.
std::string with_includes(std::string_view sql) {
  constexpr std::string_view kInclude = "--@include ";
  const std::size_t at = sql.find(kInclude);
  if (at == std::string_view::npos) return std::string(sql);
  const std::size_t name = at + kInclude.size();
  const std::size_t end = sql.find('\n', name);
  return std::string(sql.substr(0, at)) + with_includes(text_of(sql.substr(name, end - name))) +
         with_includes(sql.substr(end));
}

constexpr std::string_view kIf = "--@if ";

// When there may be rows: where one of these holds, as SQL. None where there always may.
std::vector<std::string_view> conditions_of(std::string_view sql) {
  std::vector<std::string_view> conditions;
  for (std::size_t at = 0; (at = sql.find(kIf, at)) != std::string_view::npos;) {
    at += kIf.size();
    conditions.push_back(sql.substr(at, sql.find('\n', at) - at));
  }
  return conditions;
}

// Those of the queries that may have rows here: most databases have objects of few kinds, and to
// plan a query takes the server longer than to find out that there is nothing to read.
std::vector<std::string_view> worth_asking(const std::vector<std::string_view>& queries,
                                           const std::map<std::string_view, std::string>& texts,
                                           pqxx::nontransaction& transaction) {
  std::map<std::string_view, pqxx::row::size_type> places;  // of the conditions
  std::string asked;
  for (const std::string_view name : queries)
    for (const std::string_view condition : conditions_of(texts.at(name)))
      if (places.emplace(condition, places.size()).second)
        asked += (asked.empty() ? "SELECT " : ", ") + std::string(condition);
  if (asked.empty()) return queries;
  const pqxx::result answers = transaction.exec(asked);
  std::vector<std::string_view> worth;
  for (const std::string_view name : queries) {
    const std::vector<std::string_view> conditions = conditions_of(texts.at(name));
    if (conditions.empty() ||
        std::any_of(conditions.begin(), conditions.end(), [&](std::string_view condition) {
          return answers[0][places.at(condition)].as<bool>();
        }))
      worth.push_back(name);
  }
  return worth;
}

}  // namespace

Snapshot::Session::Session(const std::string& url) : connection(connect(url)), quiet(*connection) {
  connection->set_client_encoding("UTF8");
  transaction = std::make_unique<pqxx::nontransaction>(*connection);
}

Snapshot::Session::~Session() {
  if (transaction == nullptr) return;
  try {
    transaction->exec("ROLLBACK");
  } catch (const std::exception&) {
    // The server ends it with the session.
  }
}

Snapshot::Snapshot(const std::string& url, const std::vector<std::string_view>& queries) {
  Session& first = sessions_.emplace_back(url);
  server_version_ = major_version(*first.connection);
  first.transaction->exec(std::string(kBegin) + kSettings);
  const pqxx::result facts =
      first.transaction->exec("SELECT current_user, pg_relation_size('pg_catalog.pg_attribute')");
  user_ = facts[0][0].c_str();
  const bool large = facts[0][1].as<std::int64_t>() > kLargeBytes;
  std::map<std::string_view, std::string> texts;
  for (const std::string_view name : queries) texts[name] = with_includes(text_of(name));
  for (const std::string_view name : worth_asking(queries, texts, *first.transaction)) {
    places_.emplace(name, pending_.size());
    pending_.emplace_back().sql = for_version(texts.at(name), server_version_);
  }
  if (large) add_session(url);
  for (Session& session : sessions_)
    session.runner = std::thread(&Snapshot::run, this, std::ref(session));
}

// Another session that sees what the first one sees. Reading goes on without it where the server
// has no room for one more, or cannot share what it sees.
void Snapshot::add_session(const std::string& url) {
  try {
    const std::string shared =
        sessions_.front().transaction->exec("SELECT pg_export_snapshot()")[0][0].c_str();
    Session& session = sessions_.emplace_back(url);
    try {
      session.transaction->exec(std::string(kBegin) + "SET TRANSACTION SNAPSHOT " +
                                session.connection->quote(shared) + ";" + kSettings);
    } catch (...) {
      sessions_.pop_back();
      throw;
    }
  } catch (const DatabaseError&) {
  } catch (const pqxx::pqxx_exception&) {
  }
}

Snapshot::~Snapshot() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  for (Session& session : sessions_) session.runner.join();
}

void Snapshot::run(Session& session) {
  while (Pending* pending = take_query()) {
    try {
      ask(session, *pending);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      pending->error = std::current_exception();
      pending->complete = true;
      changed_.notify_all();
      return;
    }
  }
}

// The next query that nobody asks; nullptr where there is none left.
Snapshot::Pending* Snapshot::take_query() {
  std::unique_lock lock(mutex_);
  changed_.wait(
      lock, [&] { return stopped_ || begun_ == pending_.size() || begun_ < read_ + kAheadMax; });
  return stopped_ || begun_ == pending_.size() ? nullptr : &pending_[begun_++];
}

void Snapshot::ask(Session& session, Pending& pending) {
  const std::string fetch = "FETCH " + std::to_string(kPartRows) + " FROM schemac_rows";
  std::string command = std::string(session.has_cursor ? "CLOSE schemac_rows;" : "") +
                        "DECLARE schemac_rows NO SCROLL CURSOR FOR " + pending.sql + ";" + fetch;
  session.has_cursor = true;
  bool more = true;
  while (more) {
    pqxx::result part = session.transaction->exec(command);
    const bool last = part.size() < kPartRows;
    more = hand_over(pending, std::move(part), last) && !last;
    command = fetch;
  }
}

// Whether anybody wants more.
bool Snapshot::hand_over(Pending& pending, pqxx::result part, bool last) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopped_ || pending.parts.size() < kPartsMax; });
  pending.parts.push_back(std::move(part));
  pending.complete = last;
  changed_.notify_all();
  return !stopped_;
}

std::optional<pqxx::result> Snapshot::next_part(std::string_view query) {
  const auto asked = places_.find(query);
  if (asked == places_.end()) return std::nullopt;
  std::unique_lock lock(mutex_);
  Pending& pending = pending_[asked->second];
  changed_.wait(lock, [&] { return pending.complete || !pending.parts.empty(); });
  std::optional<pqxx::result> part;
  if (!pending.parts.empty()) {
    part = std::move(pending.parts.front());
    pending.parts.pop_front();
  } else if (pending.error != nullptr) {
    std::rethrow_exception(pending.error);
  } else {
    ++read_;
  }
  changed_.notify_all();
  return part;
}

std::string for_version(std::string_view sql, int server_version) {
  std::string out;
  while (!sql.empty()) {
    const std::size_t end = std::min(sql.find('\n'), sql.size() - 1) + 1;
    std::string_view line = sql.substr(0, end);
    sql.remove_prefix(end);
    if (line.rfind(kIf, 0) == 0) continue;
    if (line.rfind("--@", 0) == 0) {
      const bool below = line[3] == '<';
      int version = 0;
      const char* digits = line.data() + (below ? 4 : 3);
      std::from_chars(digits, line.data() + line.size(), version);
      if ((server_version < version) != below) continue;
      line.remove_prefix(line.find(' '));
    }
    out += line;
  }
  return out;
}

}  // namespace schemac::postgres
