#pragma once
#include <future>
#include <string>

#include "cli/commands.h"
#include "cli/planning.h"
#include "cli/revisions.h"
#include "cli/source.h"

namespace schemac {

// Reports where the session's database, which is being read, differs from what the revisions make
// that it has, or, where another tool keeps the record, from what all of them up to `head` make;
// minus what drift.toml accepts.
void report_drift(const Session& session, const History& history, const std::string& head,
                  std::future<Source> reading, Shadow& shadow);

}  // namespace schemac
