// Types as PostgreSQL's grammar reads them, in Boost.Spirit X3; builtin_types.cpp knows their
// names.

#include "compiler/parse/type_parser.h"

#include <boost/spirit/home/x3.hpp>

#include "compiler/parse/builtin_types.h"
#include "compiler/parse/characters.h"

namespace schemac {
namespace {

namespace x3 = boost::spirit::x3;

// -- Tokens
// -----------------------------------------------------------------------------------------

// A token whose end one of the functions of characters.h finds. `Token::end` gives it, npos or the
// beginning for "none"; the attribute is the text.
template <class Token>
struct TokenParser : x3::parser<TokenParser<Token>> {
  using attribute_type = std::string;
  static constexpr bool has_attribute = true;

  template <class Iterator, class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, const RuleContext&,
             Attribute& attribute) const {
    x3::skip_over(first, last, context);
    const std::string_view text(first, last);
    const std::size_t end = Token::end(text);
    if (end == 0 || end == std::string_view::npos) return false;
    x3::traits::move_to(std::string(text.substr(0, end)), attribute);
    first += static_cast<std::ptrdiff_t>(end);
    return true;
  }
};

struct Blank {
  static std::size_t end(std::string_view text) {
    if (text.empty()) return 0;
    if (byte_class(text[0]) == ByteClass::blank) return 1;
    if (!begins_comment(text, 0)) return 0;
    return text[1] == '*' ? block_comment_end(text, 0) : line_end(text, 0);
  }
};
struct Word {
  static std::size_t end(std::string_view text) {
    if (text.empty() || byte_class(text[0]) != ByteClass::word) return 0;
    std::size_t at = 1;
    while (at < text.size() && is_word_part(text[at])) ++at;
    return at;
  }
};
struct Quoted {
  static std::size_t end(std::string_view text) {
    return text.starts_with('"') ? quoted_end(text, 0, false) : 0;
  }
};
struct Literal {
  static std::size_t end(std::string_view text) {
    return text.starts_with('\'') ? quoted_end(text, 0, false) : 0;
  }
};
const TokenParser<Blank> blank;
const TokenParser<Word> word;
const TokenParser<Quoted> quoted;
const TokenParser<Literal> literal;

std::string folded(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string unquoted(const std::string& text) {
  std::string name;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    name += text[i];
    if (text[i] == '"') ++i;
  }
  return name;
}

// -- The grammar
// ------------------------------------------------------------------------------------

const x3::rule<struct TypeTag, WrittenType> type = "type";

// A word of SQL in any case, and nothing but that word.
auto keyword(const char* text) {
  return x3::omit[word[(
      [text](auto& context) { x3::_pass(context) = folded(x3::_attr(context)) == text; })]];
}

// Sets the words of SQL that name the type.
auto named(const char* name) {
  return x3::eps[([name](auto& context) {
    x3::_val(context).keywords = true;
    x3::_val(context).path = {name};
  })];
}

template <auto member>
auto set(const char* value) {
  return x3::eps[([value](auto& context) { x3::_val(context).*member = value; })];
}

const auto add_name = [](auto& context) {
  x3::_val(context).path.push_back(folded(x3::_attr(context)));
  x3::_val(context).quoted = false;
};
const auto add_quoted_name = [](auto& context) {
  x3::_val(context).path.push_back(unquoted(x3::_attr(context)));
  x3::_val(context).quoted = true;
};
const auto add_modifier = [](auto& context) {
  x3::_val(context).modifiers.push_back(x3::_attr(context));
};
const auto begin_modifiers = x3::eps[([](auto& context) {
  x3::_val(context).has_modifiers = true;
  x3::_val(context).modifiers.clear();
})];
const auto add_dimension = [](auto& context) { ++x3::_val(context).dimensions; };

const auto number = x3::lexeme[x3::raw[-x3::lit('-') >> +x3::digit]];
const auto number_text = number[([](auto& context) {
  const auto& range = x3::_attr(context);
  x3::_val(context).modifiers.push_back(std::string(range.begin(), range.end()));
})];
const auto modifier =
    number_text | literal[add_modifier] | quoted[add_modifier] | word[add_modifier];
const auto modifiers = '(' >> begin_modifiers >> modifier % ',' >> ')';

const auto zone = (keyword("with") >> keyword("time") >> keyword("zone") >>
                   x3::eps[([](auto& context) { x3::_val(context).zoned = true; })]) |
                  (keyword("without") >> keyword("time") >> keyword("zone"));

// The units of an interval, the longer form first.
auto unit(const char* from, const char* to, const char* text) {
  return keyword(from) >> keyword("to") >> keyword(to) >> set<&WrittenType::fields>(text);
}
auto unit(const char* name) {
  return keyword(name) >> set<&WrittenType::fields>(name);
}
const auto fields = unit("year", "month", "year to month") | unit("year") | unit("month") |
                    unit("day", "hour", "day to hour") | unit("day", "minute", "day to minute") |
                    unit("day", "second", "day to second") | unit("day") |
                    unit("hour", "minute", "hour to minute") |
                    unit("hour", "second", "hour to second") | unit("hour") |
                    unit("minute", "second", "minute to second") | unit("minute") | unit("second");

const auto varying = keyword("varying");
const auto character = ((keyword("national") >> (keyword("character") | keyword("char"))) |
                        keyword("nchar") | keyword("character") | keyword("char")) >>
                       ((varying >> named("character varying")) | named("character")) >> -modifiers;
const auto bits = keyword("bit") >> ((varying >> named("bit varying")) | named("bit")) >>
                  -modifiers;
const auto double_precision = keyword("double") >> keyword("precision") >>
                              named("double precision");
const auto time =
    ((keyword("timestamp") >> named("timestamp")) | (keyword("time") >> named("time"))) >>
    -modifiers >> -zone;
const auto interval = keyword("interval") >> named("interval") >> -fields >> -modifiers;

const auto name = quoted[add_quoted_name] | word[add_name];
const auto path = name >> *('.' >> name) >> -modifiers;

// A word of SQL that goes on with a point is a schema's name.
const auto sql_type = (character | bits | double_precision | time | interval) >> !x3::lit('.');
const auto bounds = -x3::omit[number];
const auto array =
    (keyword("array") >> -('[' >> x3::omit[number] >> ']') >> x3::eps[add_dimension]) |
    *(('[' >> bounds >> ']')[add_dimension]);
const auto setof =
    keyword("setof") >> x3::eps[([](auto& context) { x3::_val(context).setof = true; })];
const auto reset = x3::eps[([](auto& context) {
  const bool returns_set = x3::_val(context).setof;
  x3::_val(context) = WrittenType{};
  x3::_val(context).setof = returns_set;
})];

const auto type_def = -setof >> ((reset >> sql_type) | (reset >> path)) >> array;
BOOST_SPIRIT_DEFINE(type)

}  // namespace

std::optional<ParsedType> parse_type(std::string_view text) {
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  WrittenType written;
  if (!x3::phrase_parse(at, end, type, x3::omit[blank], written, x3::skip_flag::dont_post_skip))
    return std::nullopt;
  return ParsedType{canonical_type(written), written.setof,
                    static_cast<std::size_t>(at - text.data())};
}

}  // namespace schemac
