#include "runner/runner.h"

#include <map>

#include "runner/file_run.h"
#include "runner/interrupt.h"
#include "runner/ledger.h"
#include "runner/lock.h"
#include "runner/session.h"

namespace schemac {
namespace {

// A database that no other run works on, and what its ledger says.
class Course {
 public:
  Course(const std::string& url, const RunOptions& options)
      : options_(options), control_(url), worker_(url), ledger_(control_, options) {
    take_locks(control_, worker_, options);
    ledger_.create();
    monitor_.emplace(control_, worker_, options);
    for (AppliedRevision& revision : ledger_.revisions()) {
      if (revision.applied) catalog_.add(revision.change);
      revisions_[revision.id] = std::move(revision);
    }
  }

  // Whether there was something to do.
  bool run(const RevisionFiles& revision, Direction direction) {
    const bool up = direction == Direction::up;
    const auto known = revisions_.find(revision.id);
    const bool open = known != revisions_.end() && known->second.open;
    if (!open && up == (known != revisions_.end())) return false;
    FileRun file({control_, worker_}, ledger_, *monitor_, options_, revision, direction,
                 open ? known->second.open : std::nullopt, catalog_);
    file.run();
    changed(revision, up);
    return true;
  }

  // Without running anything.
  void decide(const std::vector<RevisionFiles>& revisions, bool applied,
              const std::string& operation, const std::string& reason) {
    std::string sql;
    for (const RevisionFiles& revision : revisions)
      sql += decision(revision, applied, operation, reason);
    control_.run(sql);
  }

  // The files of those that are replaced are gone; the ledger knows what they did.
  void replace(const RevisionFiles& revision, const std::vector<std::string>& replaced) {
    std::string sql = decision(revision, true, "squash", "");
    for (const std::string& id : replaced) {
      const auto known = revisions_.find(id);
      if (known == revisions_.end()) continue;
      RevisionFiles gone;
      gone.id = id;
      gone.checksum = known->second.checksum;
      gone.change = known->second.change;
      sql += decision(gone, false, "squash", "replaced by " + revision.id);
    }
    control_.run(sql);
  }

  pqxx::connection& worker() { return worker_.connection(); }

 private:
  // The statement that records it.
  std::string decision(const RevisionFiles& revision, bool applied, const std::string& operation,
                       const std::string& reason) {
    LedgerRun run{revision, operation, reason, catalog_, catalog_, 0, {}, {}, 0, {}};
    const auto known = revisions_.find(revision.id);
    const bool was_applied = known != revisions_.end() && known->second.applied;
    if (was_applied != applied) {
      run.after.add(revision.change);
      changed(revision, applied);
    }
    return ledger_.decided(run, applied);
  }

  void changed(const RevisionFiles& revision, bool applied) {
    catalog_.add(revision.change);
    if (!applied) {
      revisions_.erase(revision.id);
      return;
    }
    AppliedRevision& now = revisions_[revision.id];
    now.applied = true;
    now.open.reset();
  }

  const RunOptions& options_;
  RunnerSession control_, worker_;
  Ledger ledger_;
  std::optional<Monitor> monitor_;
  std::map<std::string, AppliedRevision> revisions_;
  CatalogSum catalog_;
};

std::vector<std::string> run_all(const std::string& url,
                                 const std::vector<RevisionFiles>& revisions, Direction direction,
                                 const RunOptions& options) {
  std::vector<std::string> ran;
  guard([&] {
    Course course(url, options);
    const OnInterrupt cancel([&] {
      try {
        course.worker().cancel_query();
      } catch (const std::exception&) {
        // Nothing to cancel, or no way to: the run stops before its next statement.
      }
    });
    for (const RevisionFiles& revision : revisions)
      if (course.run(revision, direction)) ran.push_back(revision.id);
  });
  return ran;
}

template <class Read>
auto read_ledger(const std::string& url, const std::string& schema, Read read) {
  decltype(read(std::declval<Ledger&>())) found;
  RunOptions options;
  options.ledger = schema;
  guard([&] {
    RunnerSession session(url);
    Ledger ledger(session, options);
    found = read(ledger);
  });
  return found;
}

}  // namespace

std::vector<AppliedRevision> applied_revisions(const std::string& url, const std::string& ledger) {
  return read_ledger(url, ledger, [](Ledger& found) { return found.revisions(); });
}

std::vector<RunRecord> recorded_runs(const std::string& url, const std::string& ledger) {
  return read_ledger(url, ledger, [](Ledger& found) { return found.runs(); });
}

std::vector<std::string> apply_revisions(const std::string& url,
                                         const std::vector<RevisionFiles>& revisions,
                                         const RunOptions& options) {
  return run_all(url, revisions, Direction::up, options);
}

std::vector<std::string> rollback_revisions(const std::string& url,
                                            const std::vector<RevisionFiles>& revisions,
                                            const RunOptions& options) {
  return run_all(url, revisions, Direction::down, options);
}

void record_revisions(const std::string& url, const std::vector<RevisionFiles>& revisions,
                      const RunOptions& options) {
  guard([&] { Course(url, options).decide(revisions, true, "baseline", ""); });
}

void replace_revisions(const std::string& url, const RevisionFiles& revision,
                       const std::vector<std::string>& replaced, const RunOptions& options) {
  guard([&] { Course(url, options).replace(revision, replaced); });
}

void decide_revision(const std::string& url, const RevisionFiles& revision, bool applied,
                     const std::string& reason, const RunOptions& options) {
  guard([&] { Course(url, options).decide({revision}, applied, "resolve", reason); });
}

}  // namespace schemac
