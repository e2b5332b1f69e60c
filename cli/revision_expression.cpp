#include "cli/revision_expression.h"

#include <boost/spirit/home/x3.hpp>

#include "cli/history_diags.h"

namespace schemac {
namespace {

namespace x3 = boost::spirit::x3;

constexpr int kBackMax = 1'000'000;

struct Parsed {
  std::string name;
  int back = 0;
};

const auto set_name = [](auto& context) { x3::_val(context).name = x3::_attr(context); };
const auto add_back = [](auto& context) {
  Parsed& parsed = x3::_val(context);
  const auto steps = x3::_attr(context);
  x3::_pass(context) = steps <= static_cast<unsigned>(kBackMax - parsed.back);
  if (x3::_pass(context)) parsed.back += static_cast<int>(steps);
};

const auto name = x3::rule<struct NameTag, std::string>{"name"} =
    +(x3::char_ - x3::char_("~@/ \t"));
const auto steps = x3::rule<struct StepsTag, unsigned>{"steps"} = x3::lit('~') >>
                                                                  (x3::uint_ | x3::attr(1u));
const auto expression = x3::rule<struct ExpressionTag, Parsed>{"expression"} =
    -x3::lit('@') >> name[set_name] >> *steps[add_back] >> x3::eoi;

// Revisions whose id is `name`, begins with it, or is it without its time.
std::vector<const Revision*> candidates(const std::string& wanted, const History& history) {
  constexpr std::size_t kPrefixMin = 4;
  constexpr std::size_t kTimeDigits = 15;  // with the underscore behind
  std::vector<const Revision*> found;
  for (const Revision& revision : history.revisions) {
    if (revision.id == wanted) return {&revision};
    const bool prefix = wanted.size() >= kPrefixMin && revision.id.starts_with(wanted);
    const bool slug = revision.id.size() > kTimeDigits && revision.id.substr(kTimeDigits) == wanted;
    if (prefix || slug) found.push_back(&revision);
  }
  return found;
}

std::optional<std::string> named_revision(const std::string& wanted, const History& history,
                                          Sink& sink) {
  if (wanted == "head") {
    const std::size_t errors = sink.error_count();
    std::string head = single_head(history, sink);
    if (sink.error_count() > errors) return std::nullopt;
    return head;
  }
  if (wanted == "empty") return "";
  const auto found = candidates(wanted, history);
  if (found.size() == 1) return found.front()->id;
  if (found.empty()) {
    std::vector<std::string_view> ids;
    for (const Revision& revision : history.revisions) ids.push_back(revision.id);
    const std::string near = nearest(wanted, ids);
    sink.report(diags::revision_unknown(wanted))
        .hint(near.empty() ? "`schemac status` lists the revisions"
                           : "did you mean `" + near + "`?");
    return std::nullopt;
  }
  std::string list;
  for (const Revision* revision : found) list += (list.empty() ? "" : ", ") + revision->id;
  sink.report(diags::revision_ambiguous(wanted, list)).hint("write more of it");
  return std::nullopt;
}

}  // namespace

std::optional<RevisionExpression> parse_revision_expression(std::string_view text) {
  Parsed parsed;
  if (!x3::parse(text.begin(), text.end(), expression, parsed)) return std::nullopt;
  return RevisionExpression{parsed.name, parsed.back};
}

std::optional<std::string> resolve_revision(std::string_view text, const History& history,
                                            Sink& sink) {
  const auto parsed = parse_revision_expression(text);
  if (!parsed) {
    sink.report(diags::revision_expression_broken(text))
        .hint("write `@head`, `@head~1`, or `@` and the beginning of a revision's id");
    return std::nullopt;
  }
  std::optional<std::string> id = named_revision(parsed->name, history, sink);
  for (int i = 0; id && i < parsed->back; ++i) {
    if (id->empty()) {
      sink.report(diags::revision_before_first(text));
      return std::nullopt;
    }
    const Revision& revision = *history.find(*id);
    if (revision.parents.size() > 1) {
      std::string list;
      for (const std::string& parent : revision.parents)
        list += (list.empty() ? "" : ", ") + parent;
      sink.report(diags::revision_ambiguous(text, list)).hint("name one of them");
      return std::nullopt;
    }
    id = revision.parents.empty() ? "" : revision.parents.front();
  }
  return id;
}

}  // namespace schemac
