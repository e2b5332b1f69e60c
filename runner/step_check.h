#pragma once
// What became of a statement that runs outside of transactions, by the catalogs.

#include <string_view>

#include "compiler/sqltext/lone_statement.h"
#include "runner/session.h"

namespace schemac {

enum class StepState : std::uint8_t {
  undone,  // nothing of it is there
  broken,  // stopped half-way
  done,
  unknown,  // the catalogs cannot tell
};

// As a ledger keeps it: `undone`, `broken`, `done`, `unknown`; and back, `unknown` for other text.
std::string_view name_of(StepState state);
StepState step_state_of(std::string_view name);

// Names without a schema are looked up as the session does.
StepState step_state(RunnerSession& session, const LoneStatement& statement);

// Takes away what a statement left that is `broken`, or finishes it; leaves alone what the
// statement itself finishes when it runs again. Waits for others as long as it takes.
void clean_up(RunnerSession& session, const LoneStatement& statement);

}  // namespace schemac
