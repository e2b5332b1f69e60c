#include "codegen/postgres/counting.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

// `all`: the limits too that are the server's choice before and after, because it chooses others
// when the direction changes and says so only when asked. The one that is the same for all types is
// named: with a new type, the server would take it for the type's own.
std::vector<Sql> limits(const SequenceOptions& was, const SequenceOptions& now, bool all) {
  std::vector<Sql> changed;
  if (was.increment != now.increment)
    changed.push_back(sql("INCREMENT BY ", now.increment.value_or(1)));
  const auto limit = [&](const std::string& word, const std::optional<std::int64_t>& value,
                         std::optional<std::int64_t> usual) {
    if (all && !value && usual)
      changed.push_back(sql(Word{word}, " ", *usual));
    else
      changed.push_back(value ? sql(Word{word}, " ", *value) : sql("NO ", Word{word}));
  };
  using Usual = std::optional<std::int64_t>;
  const bool down = counts_down(now);
  if (all || was.minvalue != now.minvalue)
    limit("MINVALUE", now.minvalue, down ? Usual() : Usual(1));
  if (all || was.maxvalue != now.maxvalue)
    limit("MAXVALUE", now.maxvalue, down ? Usual(-1) : Usual());
  if (was.cache != now.cache) changed.push_back(sql("CACHE ", now.cache.value_or(1)));
  if (was.cycle != now.cycle) changed.push_back(now.cycle ? sql("CYCLE") : sql("NO CYCLE"));
  return changed;
}

}  // namespace

bool counts_down(const SequenceOptions& options) {
  return options.increment.value_or(1) < 0;
}

std::int64_t first_value(const SequenceOptions& options) {
  if (options.start) return *options.start;
  return counts_down(options) ? options.maxvalue.value_or(-1) : options.minvalue.value_or(1);
}

std::vector<Sql> sequence_options(const SequenceOptions& options) {
  std::vector<Sql> chosen = limits({}, options, false);
  if (options.start) chosen.insert(chosen.begin(), sql("START WITH ", *options.start));
  return chosen;
}

std::vector<Sql> changed_options(const SequenceOptions& was, const SequenceOptions& now) {
  std::vector<Sql> changed = limits(was, now, turns_around(was, now));
  // A limit that moves does not take the recorded start along.
  if (first_value(was) != first_value(now))
    changed.insert(changed.begin(), sql("START WITH ", first_value(now)));
  return changed;
}

bool turns_around(const SequenceOptions& was, const SequenceOptions& now) {
  return counts_down(was) != counts_down(now);
}

Actions move_into_limits(const QName& sequence, const SequenceOptions& was,
                         const SequenceOptions& now, const Context& plan) {
  if (turns_around(was, now)) return {};
  const bool down = counts_down(now);
  const std::optional<std::int64_t>& limit = down ? now.maxvalue : now.minvalue;
  const std::int64_t former = down ? was.maxvalue.value_or(-1) : was.minvalue.value_or(1);
  if (!limit || (down ? *limit >= former : *limit <= former)) return {};
  const Literal name{render(sql(sequence), plan.dialect())};
  return {statement(sql("SELECT pg_catalog.setval(", name, ", ", *limit, ", false) FROM ", sequence,
                        " WHERE last_value ", down ? sql("> ") : sql("< "), *limit))};
}

}  // namespace schemac::postgres
