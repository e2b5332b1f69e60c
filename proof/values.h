#pragma once
// Values for columns, by their types as the server describes them.

#include <pqxx/pqxx>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace schemac {

class ValueMaker {
 public:
  explicit ValueMaker(pqxx::work& work);

  // An SQL expression of the type with this oid and modifier. Different rows get different values
  // where the type has them; different attempts try other forms, for checks that refuse the first.
  std::string make(const std::string& type, int modifier, int row, int attempt,
                   std::mt19937_64& random) const;

  // The type as a cast names it.
  std::string spelled(const std::string& type, int modifier) const;

 private:
  struct TypeFacts {
    std::string name;     // without schema: what the server calls a built-in type inside
    std::string spelled;  // for a cast
    char form = 'b';      // base, composite, domain, enum, range
    char category = 'U';
    std::string base;  // of a domain
    int base_modifier = -1;
    std::string element;  // of an array
    std::vector<std::string> labels;
    std::string subtype;                                  // of a range
    std::vector<std::pair<std::string, int>> attributes;  // of a composite type, with modifiers
  };

  std::string literal(const TypeFacts& type, int modifier, int row, int attempt,
                      std::mt19937_64& random) const;

  std::unordered_map<std::string, TypeFacts> types_;
};

}  // namespace schemac
