#pragma once
// A random pair and what the oracles say of it.

#include <string>
#include <vector>

#include "tests/harness/oracles.h"
#include "tests/property/model.h"

namespace schemac::property {

struct ModelPair {
  Model a, b;
};

// The pair that a seed stands for.
ModelPair make_pair(std::uint64_t seed);

struct PairOptions {
  std::string shadow;  // `auto`, the URL of a server, or "" for none
  bool dumps = true;
  std::uint64_t seed = 1;
};

struct Outcome {
  test::Failures failures;
  int filled = 0, empty = 0;  // tables
  bool refused = false;       // by the rows: what was declared does not hold for them
};

struct Question {
  ModelPair pair;
  PairOptions options;
};

// Puts the questions in a process of its own, on a server of its own where that is `auto`; a crash
// is the failure of the oracle `crash`.
Outcome judge_pair(const ModelPair& pair, const PairOptions& options);

// The same of several, which share process and server as long as none crashes.
std::vector<Outcome> judge_pairs(const std::vector<Question>& questions);

// The smallest pair found, by leaving out objects, changes and properties, of which an oracle still
// says what `failure` says. Tries at most `tries` times.
ModelPair shrink(const ModelPair& pair, const test::Failure& failure, const PairOptions& options,
                 int tries);

// As the sections of a case file, in canonical form where both sides compile.
std::string print_pair(const ModelPair& pair);

}  // namespace schemac::property
