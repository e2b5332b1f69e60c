#pragma once
// What can be told of one file by itself: how it is tied to the others.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/statement.h"

namespace schemac {

struct FileNames {
  std::vector<std::string> declared;  // names that other files can use, as they are
  std::vector<std::string> schemas;   // that the file opens
  std::vector<std::string> inherits;  // words that say from which tables its own inherit; repeated
  // Whether it declares what others feel without naming it: a cast, an operator, rights that new
  // objects get.
  bool felt_unnamed = false;
};

FileNames file_names(const ParsedFile& file);

// Calls `visit` with each word of a text, folded to lower case: whatever the file means by it. A
// text that uses a name has the first word of that name among them.
void each_word(std::string_view text, const std::function<void(std::string_view)>& visit);

// The first word of a name as each_word() gives it; "" where it has none.
std::string first_word(std::string_view name);

}  // namespace schemac
