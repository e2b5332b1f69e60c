#pragma once
// What schemac leaves unread must make no difference.

#include "tests/harness/oracles.h"

namespace schemac::test {

// `slice`: a revision that is generated from the parts of a project which an edit touches is the
// one that is generated from all of it, byte for byte. `settled`: the run behind it finds nothing
// to do. Answers whether a part was enough.
bool check_slices(const Pair& pair, Failures& failures);

}  // namespace schemac::test
