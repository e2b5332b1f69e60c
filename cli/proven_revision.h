#pragma once
// Writing a revision that was proven.

#include <functional>

#include "cli/commands.h"
#include "cli/new_revision.h"

namespace schemac {

// What a revision is written from.
struct RevisionDraft {
  const Session& session;
  const History& history;
  const Planned& planned;
  Shadow& shadow;
  bool dry_run = false;   // the texts alone
  bool no_prove = false;  // files that never ran
  // Looks at what else must hold once the files are proven, and adds to the evidence.
  std::function<void(Evidence&)> further_proof = {};
};

// Proves the files and writes them; with `dry_run` their texts are the outcome. `on_written` is
// told what stands in the folder then.
Outcome write_proven(const RevisionDraft& draft, NewRevision revision,
                     const std::function<void(const WrittenRevision&)>& on_written);

}  // namespace schemac
