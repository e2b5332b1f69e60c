#pragma once
// What can be told of one file by itself: how it is tied to the others.

#include <string>
#include <vector>

#include "compiler/parse/statement.h"

namespace schemac {

struct FileNames {
  std::vector<std::string> declared;  // names that other files can use, as they are
  std::vector<std::string> schemas;   // that the file opens
  // Whether it declares what others feel without naming it: a cast, an operator, rights that new
  // objects get.
  bool felt_unnamed = false;
};

FileNames file_names(const ParsedFile& file);

// The words of a text, folded to lower case, each once: whatever the file means by them. A text
// that uses a name has the first word of that name among them.
std::vector<std::string> words_in(std::string_view text);

// The first word of a name as words_in() gives it; "" where it has none.
std::string first_word(std::string_view name);

}  // namespace schemac
