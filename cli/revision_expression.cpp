#include "cli/revision_expression.h"

#include <algorithm>
#include <boost/spirit/home/x3.hpp>

#include "cli/command_diags.h"
#include "cli/history_diags.h"
#include "cli/revision_graph.h"

namespace schemac {
namespace {

namespace x3 = boost::spirit::x3;

constexpr unsigned kStepsMax = 1'000'000;

struct ParsedTarget {
  std::optional<RevisionExpression> first, last;
  bool range = false;
};

const auto set_label = [](auto& context) { x3::_val(context).label = x3::_attr(context); };
const auto set_name = [](auto& context) { x3::_val(context).name = x3::_attr(context); };
template <int Direction>
const auto add_steps = [](auto& context) {
  const unsigned steps = x3::_attr(context);
  int& sum = x3::_val(context).steps;
  x3::_pass(context) = steps <= kStepsMax && static_cast<unsigned>(std::abs(sum)) <= kStepsMax;
  if (x3::_pass(context)) sum += Direction * static_cast<int>(steps);
};

// A minus is a part of a name unless steps follow it.
const auto minus_steps = x3::rule<struct MinusTag, unsigned>{
    "steps"} = x3::lit('-') >> x3::uint_ >> &(x3::eoi | x3::char_("~+:") | x3::lit('-'));
const auto name = x3::rule<struct NameTag, std::string>{"name"} =
    +(x3::char_ - x3::char_("~@/:+ \t") - minus_steps);
const auto label = x3::rule<struct LabelTag, std::string>{"label"} = name >> '@';
const auto tilde_steps = x3::rule<struct TildeTag, unsigned>{"steps"} = x3::lit('~') >>
                                                                        (x3::uint_ | x3::attr(1u));
const auto plus_steps = x3::rule<struct PlusTag, unsigned>{"steps"} = x3::lit('+') >> x3::uint_;

const auto point = x3::rule<struct PointTag, RevisionExpression>{"revision"} =
    -x3::lit('@') >> -label[set_label] >>
    ((name[set_name] >>
      *(tilde_steps[add_steps<-1>] | minus_steps[add_steps<-1>] | plus_steps[add_steps<1>])) |
     minus_steps[add_steps<-1>] | plus_steps[add_steps<1>]);

const auto set_first = [](auto& context) { x3::_val(context).first = x3::_attr(context); };
const auto set_last = [](auto& context) { x3::_val(context).last = x3::_attr(context); };
const auto set_range = [](auto& context) { x3::_val(context).range = true; };
const auto target = x3::rule<struct TargetTag, ParsedTarget>{
    "target"} = -point[set_first] >> -(x3::lit(':')[set_range] >> -point[set_last]) >> x3::eoi;

// Revisions whose id is `name`, begins with it, or is it without its time.
std::vector<std::string> candidates(const std::string& wanted, const History& history) {
  constexpr std::size_t kPrefixMin = 4;
  constexpr std::size_t kTimeDigits = 15;  // with the underscore behind
  std::vector<std::string> found;
  for (const Revision& revision : history.revisions) {
    if (revision.id == wanted) return {revision.id};
    const bool prefix = wanted.size() >= kPrefixMin && revision.id.starts_with(wanted);
    const bool slug = revision.id.size() > kTimeDigits && revision.id.substr(kTimeDigits) == wanted;
    if (prefix || slug) found.push_back(revision.id);
  }
  return found;
}

HistoryPlace only(const HistoryPlace& ids, const RevisionIds& marked) {
  HistoryPlace kept;
  std::copy_if(ids.begin(), ids.end(), std::back_inserter(kept),
               [&](const std::string& id) { return marked.contains(id); });
  return kept;
}

}  // namespace

std::optional<RevisionExpression> parse_revision_expression(std::string_view text) {
  RevisionExpression parsed;
  if (!x3::parse(text.begin(), text.end(), point >> x3::eoi, parsed)) return std::nullopt;
  return parsed;
}

std::optional<TargetExpression> parse_target(std::string_view text, Sink& sink) {
  ParsedTarget parsed;
  if (text.empty() || !x3::parse(text.begin(), text.end(), target, parsed)) {
    sink.report(diags::revision_expression_broken(text))
        .hint(
            "write `head`, `head~1`, the beginning of a revision's id, or see "
            "`schemac help apply`");
    return std::nullopt;
  }
  if (!parsed.range) return TargetExpression{*parsed.first, {}};
  return TargetExpression{parsed.last.value_or(RevisionExpression{"", "head", 0}),
                          parsed.first.value_or(RevisionExpression{"", "base", 0})};
}

HistoryPlace ends_of(const History& history, const RevisionIds& ids) {
  RevisionIds ends = ids;
  for (const Revision& revision : history.revisions)
    if (ids.contains(revision.id))
      for (const std::string& parent : revision.parents) ends.erase(parent);
  return {ends.begin(), ends.end()};
}

std::optional<RevisionIds> RevisionFinder::marked(const std::string& label) {
  RevisionIds ids;
  std::vector<std::string_view> known;
  const auto labels = labels_of(history_);
  for (const Revision& revision : history_.revisions) {
    if (label.empty() || labels.at(revision.id).contains(label)) ids.insert(revision.id);
    known.insert(known.end(), revision.ties.labels.begin(), revision.ties.labels.end());
  }
  if (!ids.empty() || label.empty()) return ids;
  const std::string near = nearest(label, known);
  sink_.report(diags::label_unknown(label))
      .hint(!near.empty()   ? "did you mean `" + near + "`?"
            : known.empty() ? "`schemac generate NAME --label " + label + "` gives it"
                            : "there is " + listed({known.begin(), known.end()}));
  return std::nullopt;
}

std::optional<std::string> RevisionFinder::choose(const std::vector<std::string>& ids) {
  if (ids.size() == 1) return ids.front();
  sink_.report(diags::revision_ambiguous(text_, listed(ids))).hint("name one of them");
  return std::nullopt;
}

std::optional<HistoryPlace> RevisionFinder::by_name(const std::string& name,
                                                    const RevisionIds& marked) {
  const HistoryPlace found = only(candidates(name, history_), marked);
  if (found.size() == 1) return found;
  if (!found.empty()) {
    sink_.report(diags::revision_ambiguous(name, listed(found))).hint("write more of it");
    return std::nullopt;
  }
  std::vector<std::string_view> ids;
  for (const Revision& revision : history_.revisions) ids.push_back(revision.id);
  const std::string near = nearest(name, ids);
  sink_.report(diags::revision_unknown(name))
      .hint(near.empty() ? "`schemac status` lists the revisions" : "did you mean `" + near + "`?");
  return std::nullopt;
}

// Where the steps begin.
std::optional<HistoryPlace> RevisionFinder::start(const RevisionExpression& expression,
                                                  const RevisionIds& marked) {
  const std::string name = expression.name.empty() ? "current" : expression.name;
  if (name == "head" || name == "heads") {
    const HistoryPlace heads = only(history_.heads, marked);
    if (heads.size() < 2 || name == "heads") return heads;
    sink_.report(diags::several_heads(listed(heads)))
        .hint("name one of them, or `heads` where all are meant; `schemac merge` joins them");
    return std::nullopt;
  }
  if (name == "base" || name == "empty") {
    if (expression.label.empty()) return HistoryPlace{};
    RevisionIds before;
    for (const Revision& revision : history_.revisions)
      if (marked.contains(revision.id) && only(revision.parents, marked).empty())
        before.insert(revision.parents.begin(), revision.parents.end());
    return HistoryPlace(before.begin(), before.end());
  }
  if (name != "current") return by_name(name, marked);
  if (applied_ == nullptr) {
    sink_.report(diags::current_unknown(text_)).hint("write `head`, or a revision's id");
    return std::nullopt;
  }
  return only(ends_of(history_, *applied_), marked);
}

std::optional<HistoryPlace> RevisionFinder::step(const HistoryPlace& from, bool forward,
                                                 const RevisionIds& marked) {
  std::string id;
  if (from.size() > 1) {
    const auto chosen = choose(from);
    if (!chosen) return std::nullopt;
    id = *chosen;
  } else if (!from.empty()) {
    id = from.front();
  }
  HistoryPlace next;
  if (!forward) {
    if (!id.empty()) next = history_.find(id)->parents;
    if (!id.empty() && next.size() < 2) return next;
  } else if (!id.empty()) {
    next = only(ids_of(children_of(history_, id)), marked);
  } else {
    for (const Revision& revision : history_.revisions)
      if (revision.parents.empty() && marked.contains(revision.id)) next.push_back(revision.id);
  }
  if (next.empty()) {
    sink_.report(forward ? diags::revision_behind_last(text_)
                         : diags::revision_before_first(text_));
    return std::nullopt;
  }
  const auto chosen = choose(next);
  if (!chosen) return std::nullopt;
  return HistoryPlace{*chosen};
}

std::optional<HistoryPlace> RevisionFinder::find(const RevisionExpression& expression) {
  const auto marked_ids = marked(expression.label);
  if (!marked_ids) return std::nullopt;
  std::optional<HistoryPlace> place = start(expression, *marked_ids);
  for (int i = 0; place && i < std::abs(expression.steps); ++i)
    place = step(*place, expression.steps > 0, *marked_ids);
  return place;
}

std::optional<std::string> resolve_revision(std::string_view text, const History& history,
                                            Sink& sink) {
  const auto parsed = parse_target(text, sink);
  if (!parsed) return std::nullopt;
  if (parsed->from) {
    sink.report(diags::revision_expression_broken(text)).hint("one revision is asked for here");
    return std::nullopt;
  }
  RevisionFinder finder(text, history, nullptr, sink);
  const auto place = finder.find(parsed->to);
  if (!place) return std::nullopt;
  if (place->empty()) return "";
  return finder.choose(*place);
}

std::optional<std::vector<const Revision*>> resolve_revisions(std::string_view text,
                                                              const History& history, Sink& sink) {
  const auto parsed = parse_target(text, sink);
  if (!parsed) return std::nullopt;
  RevisionFinder finder(text, history, nullptr, sink);
  const auto to = finder.find(parsed->to);
  if (!to) return std::nullopt;
  std::vector<const Revision*> revisions;
  if (!parsed->from) {
    for (const std::string& id : *to) revisions.push_back(history.find(id));
    return revisions;
  }
  const auto from = finder.find(*parsed->from);
  if (!from) return std::nullopt;
  revisions = lineage(history, *to);
  const auto passed = lineage(history, *from);
  std::erase_if(revisions, [&](const Revision* revision) {
    return std::find(passed.begin(), passed.end(), revision) != passed.end();
  });
  if (revisions.empty()) {
    sink.report(diags::range_empty(from->empty() ? "base" : listed(*from), listed(*to)))
        .hint("write the earlier one first");
    return std::nullopt;
  }
  return revisions;
}

}  // namespace schemac
