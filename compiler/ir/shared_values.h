#pragma once
// Values that objects have in common.

#include <unordered_set>

#include "compiler/ir/values.h"

namespace schemac {

// Makes equal values share what they hold: of the columns of a large schema few differ from all
// others.
class SharedValues {
 public:
  Values share(Values values) { return *seen_.insert(std::move(values)).first; }

 private:
  struct Hash {
    std::size_t operator()(const Values& values) const;
  };

  std::unordered_set<Values, Hash> seen_;
};

}  // namespace schemac
