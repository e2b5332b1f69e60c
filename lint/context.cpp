#include "lint/context.h"

#include <algorithm>

namespace schemac::lint {
namespace {

bool is_one_of(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// What blocks for long: on the way back it is one hazard of its own.
bool blocks_long(std::string_view code) {
  return code.starts_with("RW") || code.starts_with("SC") || is_one_of(code, {"LK110", "LK112"});
}

}  // namespace

void Context::lock(const Relation& relation, Lock lock, Work work) {
  std::vector<Effect>& effects = result.effects[statement];
  const std::string name = shown(relation.name);
  auto at = std::find_if(effects.begin(), effects.end(),
                         [&](const Effect& effect) { return effect.relation == name; });
  if (at == effects.end()) {
    effects.push_back({name, lock, false, false, false, !is_new(relation)});
    at = effects.end() - 1;
  }
  at->lock = std::max(at->lock, lock);
  at->rewrites = at->rewrites || work.rewrites;
  at->scans = at->scans || work.scans || work.rewrites;
  at->builds = at->builds || work.builds;
  if (!is_new(relation)) notice_lock(relation, lock, work);
}

void Context::lock_all(Relation& relation, Lock lock, Work work) {
  const std::vector<Relation*> all = known.with_children(relation);
  for (const Relation* each : all) {
    // A partitioned table has no rows of its own.
    const bool stores = each->kind != Relation::Kind::partitioned_table;
    this->lock(*each, lock, stores ? work : Work{});
  }
  if (all.size() > 1 && lock >= Lock::share && direction == Direction::up)
    report("LK126", relation, std::to_string(all.size() - 1) + " below it");
}

void Context::notice_lock(const Relation& relation, Lock lock, const Work& work) {
  if (lock >= Lock::share && !session.lock_timeout && !part.sets_timeouts &&
      once_.insert("LK101").second)
    report("LK101", relation);
  const bool long_work = work.rewrites || work.scans || work.builds;
  if (in_transaction) {
    const auto earlier = [&](Lock at_least, const auto& other) {
      return other.second >= at_least && transaction.locked_by[other.first] < statement;
    };
    for (const auto& other : transaction.locks) {
      if (long_work && earlier(Lock::access_exclusive, other) && once_.insert("LK106").second)
        report("LK106", relation, "it holds " + shown(other.first) + " since an earlier statement");
      if (lock >= Lock::share_row_exclusive && relation.kind != Relation::Kind::sequence &&
          other.first != relation.name && earlier(Lock::share_row_exclusive, other) &&
          once_.insert("LK104").second)
        report("LK104", relation, "after " + shown(other.first));
    }
    if (lock == Lock::access_exclusive && transaction.written.contains(relation.name))
      report("LK105", relation);
  }
  Lock& held = transaction.locks[relation.name];
  if (lock > held) {
    held = lock;
    transaction.locked_by[relation.name] = statement;
  }
}

bool Context::is_reported(const Hazard& hazard, const Relation* on) const {
  if (on != nullptr && is_new(*on)) return false;
  if (direction == Direction::up) return true;
  // A release that is taken back leaves nothing that could be compatible with it.
  return !hazard.code.starts_with("BC") && !is_one_of(hazard.code, {"IR103", "IR105", "LK126"});
}

void Context::report(std::string_view code, std::string object, const Relation* on,
                     std::string detail) {
  const Hazard* hazard = hazard_of(code);
  if (!is_reported(*hazard, on)) return;
  if (direction == Direction::down && blocks_long(code)) {
    detail = std::string(hazard->code) + ": " + std::string(hazard->title);
    hazard = hazard_of("IR104");
  }
  const bool again =
      std::any_of(result.findings.begin(), result.findings.end(), [&](const Finding& finding) {
        return finding.statement == statement && finding.hazard == hazard &&
               finding.object == object;
      });
  if (!again) result.findings.push_back({hazard, statement, std::move(object), std::move(detail)});
}

void Context::report_unless(std::string_view code, std::string object, const Relation* on,
                            std::function<bool()> settled, std::string detail) {
  const Hazard* hazard = hazard_of(code);
  if (is_reported(*hazard, on))
    pending_.push_back(
        {{hazard, statement, std::move(object), std::move(detail)}, std::move(settled)});
}

bool Context::happened_after(const std::string& event, std::size_t statement_) const {
  const auto [begin, end] = events_.equal_range(event);
  return std::any_of(begin, end, [&](const auto& entry) { return entry.second >= statement_; });
}

void Context::needs_no_transaction(std::string_view what) {
  outside_.push_back(statement);
  if (in_transaction)
    report("TX101", std::string(what));
  else if (part.sending == Sending::at_once && part.statements.size() > 1)
    report("TX101", std::string(what), nullptr,
           "the file is sent as one message, which the server takes for one transaction");
}

void Context::end_of_part() {
  const auto ordinary = [&](std::size_t i) { return !result.effects[i].empty(); };
  std::size_t changing = 0;
  for (std::size_t i = 0; i < part.statements.size(); ++i) changing += ordinary(i);
  if (!part.resumable && !outside_.empty() && changing > 1) {
    statement = outside_.front();
    report("TX105", "the file");
  }
  for (Pending& pending : pending_)
    if (!pending.settled()) result.findings.push_back(std::move(pending.finding));
  std::stable_sort(
      result.findings.begin(), result.findings.end(), [](const Finding& a, const Finding& b) {
        return std::tie(a.statement, a.hazard->code) < std::tie(b.statement, b.hazard->code);
      });
}

}  // namespace schemac::lint
