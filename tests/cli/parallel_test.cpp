#include "cli/parallel.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <vector>

using namespace schemac;

TEST_CASE("each is done once") {
  for (const std::size_t count : {0, 1, 100, 5000}) {
    std::vector<std::atomic<int>> done(count);
    for_each_in_parallel(count, [&](std::size_t i) { ++done[i]; });
    for (const auto& times : done) CHECK(times == 1);
  }
}

TEST_CASE("what the first one threw is thrown, once all are done") {
  std::atomic<int> done = 0;
  const auto run = [&] {
    for_each_in_parallel(1000, [&](std::size_t i) {
      ++done;
      if (i % 100 == 7) throw std::runtime_error(std::to_string(i));
    });
  };
  CHECK_THROWS_WITH(run(), "7");
  CHECK(done == 1000);
}
