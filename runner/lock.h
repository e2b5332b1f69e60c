#pragma once
// One run at a time in a ledger.

#include "runner/runner.h"
#include "runner/session.h"

namespace schemac {

// Takes, on two sessions that it then is theirs as long as they live, the locks that keep other
// runs out: the one of `control` says that a program is at work, that of `worker` that the server
// still does something for one, which may be dead. Neither waits inside of a statement, which would
// hold up index builds, its own among them. Says who holds them, and gives up after
// `options.lock_wait`. Throws where the sessions are not the server's own but those of a pool that
// gives them to others between transactions.
void take_locks(RunnerSession& control, RunnerSession& worker, const RunOptions& options);

}  // namespace schemac
