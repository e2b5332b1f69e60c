#include "cli/acknowledgement.h"

#include <algorithm>
#include <boost/fusion/include/adapt_struct.hpp>
#include <boost/spirit/home/x3.hpp>

#include "cli/command_diags.h"

BOOST_FUSION_ADAPT_STRUCT(schemac::Acknowledgement, codes, reason)

namespace schemac {
namespace {

namespace x3 = boost::spirit::x3;

const auto code = x3::rule<struct CodeTag, std::string>{"code"} =
    x3::lexeme[+(x3::alnum | x3::char_("_-"))];
const auto quoted = x3::rule<struct QuotedTag, std::string>{"quoted"} =
    x3::lexeme['"' >> +(x3::char_ - '"') >> '"'];
const auto directive = x3::rule<struct DirectiveTag, Acknowledgement>{"directive"} =
    x3::lit("--") >> x3::lit("schemac:allow") >> code % ',' >> x3::lit("reason") >> '=' >> quoted
    >> x3::eoi;

std::optional<Acknowledgement> accepting(const std::vector<std::string_view>& comments,
                                         std::string_view hazard) {
  for (const std::string_view comment : comments) {
    std::optional<Acknowledgement> parsed = parse_acknowledgement(comment);
    if (parsed &&
        std::find(parsed->codes.begin(), parsed->codes.end(), hazard) != parsed->codes.end())
      return parsed;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Acknowledgement> parse_acknowledgement(std::string_view comment) {
  Acknowledgement parsed;
  if (!x3::phrase_parse(comment.begin(), comment.end(), directive, x3::space, parsed))
    return std::nullopt;
  return parsed;
}

std::optional<Acknowledgement> acknowledgement_of(const Script& script, std::size_t statement,
                                                  std::string_view hazard) {
  auto found = accepting(script.statements[statement].comments, hazard);
  if (found) return found;
  // A file that begins with BEGIN has its header in front of that; in one that does not, the header
  // and the first statement's own comments are the same place.
  const ScriptStatement& first = script.statements.front();
  if (first.role == StatementRole::begin) found = accepting(first.comments, hazard);
  return found;
}

bool acknowledged(const Script& script, std::size_t statement, std::string_view hazard) {
  return acknowledgement_of(script, statement, hazard).has_value();
}

void report_acknowledgements(const Script& script, const std::shared_ptr<const SourceFile>& file,
                             const std::set<std::string>& used,
                             const std::function<bool(std::string_view)>& is_judged, Sink& sink) {
  const auto judge = [&](std::string_view comment) {
    if (comment.find(kAcknowledgement) == std::string_view::npos) return;
    const auto begin = static_cast<std::uint32_t>(comment.data() - file->text().data());
    const SourceSpan at{file, begin, begin + static_cast<std::uint32_t>(comment.size())};
    const std::optional<Acknowledgement> parsed = parse_acknowledgement(comment);
    if (!parsed) {
      sink.report(diags::allow_broken(), at)
          .hint("write -- schemac:allow DS103 reason=\"why this is right\"");
      return;
    }
    for (const std::string& code : parsed->codes)
      if (is_judged(code) && !used.contains(code))
        sink.report(diags::allow_unused(code), at).hint("remove it");
  };
  for (const ScriptStatement& statement : script.statements)
    for (const std::string_view comment : statement.comments) judge(comment);
  for (const std::string_view comment : script.comments_at_end) judge(comment);
}

}  // namespace schemac
