#pragma once
// Names, most of them as people give them, some as nobody should.

#include <set>
#include <string>

#include "tests/property/random.h"

namespace schemac::property {

class Names {
 public:
  explicit Names(Random& random) : random_(random) {}

  // A name that no other call has returned.
  std::string fresh(const char* stem);
  // One for a column, unique in `taken`, else ordinary: the same in many tables.
  std::string column(const std::set<std::string>& taken);
  std::string comment();

 private:
  std::string nasty(const std::string& stem);

  Random& random_;
  std::set<std::string> used_;
  int next_ = 1;
};

// As the schema language and SQL write it.
std::string quoted(const std::string& name);
// 'text' with quotes doubled.
std::string string_literal(const std::string& text);

}  // namespace schemac::property
