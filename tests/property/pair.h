#pragma once
// A random pair and what the oracles say of it.

#include <string>

#include "tests/harness/oracles.h"
#include "tests/property/model.h"

namespace schemac::property {

struct ModelPair {
  Model a, b;
};

// The pair that a seed stands for.
ModelPair make_pair(std::uint64_t seed);

struct PairOptions {
  std::string shadow;  // URL of a server, "" for none
  bool dumps = true;
  std::uint64_t seed = 1;
};

struct Outcome {
  test::Failures failures;
  int filled = 0, empty = 0;  // tables
  bool refused = false;       // by the rows: what was declared does not hold for them
};

// Puts the questions in a process of its own; a crash is the failure of the oracle `crash`.
Outcome judge_pair(const ModelPair& pair, const PairOptions& options);

// The smallest pair found, by leaving out objects, changes and properties, of which an oracle still
// says what `failure` says. Tries at most `tries` times.
ModelPair shrink(const ModelPair& pair, const test::Failure& failure, const PairOptions& options,
                 int tries);

// As the sections of a case file, in canonical form where both sides compile.
std::string print_pair(const ModelPair& pair);

}  // namespace schemac::property
