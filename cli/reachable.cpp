#include "cli/reachable.h"

#include <thread>

#include "introspect/postgres/connection.h"
#include "runner/interrupt.h"

namespace schemac {

void wait_for_database(const std::string& url, std::chrono::seconds wait, const Output& output) {
  constexpr std::chrono::milliseconds kPause{250};
  const auto deadline = std::chrono::steady_clock::now() + wait;
  std::string said;
  while (true) {
    try {
      postgres::connect(url);
      return;
    } catch (const DatabaseError& error) {
      if (std::chrono::steady_clock::now() >= deadline) throw;
      if (error.what() != said) output.progress(std::string("waiting: ") + error.what());
      said = error.what();
    }
    throw_if_interrupted();
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace schemac
