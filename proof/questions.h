#pragma once
// Many questions to a server in few round trips.

#include <pqxx/pqxx>
#include <string>
#include <vector>

namespace schemac {

// Of one statement.
inline constexpr std::size_t kBatchBytes = std::size_t{1} << 20;

// Cuts `count` things into runs whose sizes add up to what one statement should hold, and calls
// `run` with the begin and the end of each. What `together` says belongs to its predecessor stays
// with it.
template <class Size, class Together, class Run>
void in_batches(std::size_t count, const Size& size, const Together& together, const Run& run) {
  std::size_t begin = 0, bytes = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (bytes > kBatchBytes && !together(i)) {
      run(begin, i);
      begin = i;
      bytes = 0;
    }
    bytes += size(i);
  }
  if (begin < count) run(begin, count);
}

// Runs a block of PL/pgSQL that sets `answer`, in one round trip.
std::string run_block(pqxx::work& work, const std::string& declarations, const std::string& body);

std::string text_array(pqxx::work& work, const std::vector<std::string>& texts);

// A question whose answer is yes or no, about one of several things. Once `enough` about one thing
// were answered by yes, the others are not asked and count as no.
struct Query {
  std::size_t about;
  std::string sql;
  std::size_t enough = 1;
};

// Whether each answers true. Those about one thing stand behind each other.
std::vector<bool> ask_all(pqxx::work& work, const std::vector<Query>& queries);

}  // namespace schemac
