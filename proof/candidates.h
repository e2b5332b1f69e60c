#pragma once
// Values that a column's conditions speak of.

#include <string>
#include <string_view>
#include <vector>

namespace schemac {

// SQL literals that may satisfy conditions, from the conditions' own text: the strings and numbers
// in them with their neighbours, strings as long as a number says, and strings that a regular
// expression in them matches, as far as it is a simple one.
std::vector<std::string> candidates_from(std::string_view conditions);

// A string that `pattern` matches, `round` choosing among its possibilities; "" where it is beyond
// us. Knows literals, classes, groups, alternatives and repetitions.
std::string matching_text(std::string_view pattern, int round);

}  // namespace schemac
