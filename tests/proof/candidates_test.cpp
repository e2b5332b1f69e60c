#include "proof/candidates.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>

using namespace schemac;

namespace {

bool holds(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

TEST_CASE("the strings and numbers of a condition are candidates, with their neighbours") {
  const auto labels = candidates_from("(state = ANY (ARRAY['new'::text, 'it''s done'::text]))");
  CHECK(holds(labels, "'new'"));
  CHECK(holds(labels, "'it''s done'"));
  const auto numbers = candidates_from("((n > 10) AND (n < 12) AND (x1 <> 5))");
  CHECK(holds(numbers, "'11'"));
  CHECK(holds(numbers, "'4'"));
  CHECK_FALSE(holds(numbers, "'1'"));  // the digit in a name is none
  CHECK(holds(candidates_from("(length(code) = 3)"), "'aaa'"));
  CHECK(holds(candidates_from("(url ~~ 'https://%'::text)"), "'https://x'"));
}

TEST_CASE("a text is made that a pattern matches") {
  for (const char* pattern :
       {"^[A-Z]{3}$", "^[a-z0-9]+(-[a-z0-9]+)*$", "^\\d{4}-\\d{2}$", "^(foo|bar)\\.txt$",
        "^[^@]+@[^@]+\\.[a-z]{2,}$", "^\\+?[1-9][0-9]{7,14}$"})
    for (int round = 0; round < 6; ++round) {
      INFO(pattern << " " << round);
      CHECK(std::regex_match(matching_text(pattern, round), std::regex(pattern)));
    }
  CHECK(matching_text("(?=a)b", 0).empty());
  CHECK(matching_text("[a-", 0).empty());
  CHECK(matching_text("(a", 0).empty());
}
