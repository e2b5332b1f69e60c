#pragma once
// What can be known of SQL text without a server: whether two texts are the same tree, which names
// they hold and where. The server's own parser (libpg_query) answers; nothing here imitates what a
// server does with a tree afterwards. What a later server's parser alone can read is told apart by
// its tokens.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ident.h"
#include "compiler/ir/kind.h"

namespace schemac {

enum class TextForm : std::uint8_t {
  expression,  // a value, condition or key
  query,       // SELECT, VALUES …
  statements,  // the body of a function in SQL
  statement,   // one statement of a file, BEGIN and COMMIT included
};
// The form of a field's text.
TextForm form_of(Shape shape);

// The major version of PostgreSQL whose parser this is.
int parser_version();

struct TextError {
  std::string message;
  std::size_t offset;        // byte in the text
  bool maybe_newer = false;  // the parser of a later version might read the text
};
// std::nullopt where `text` parses.
std::optional<TextError> check_text(std::string_view text, TextForm form);

// Whether two texts are one parse tree: blanks, comments, letter case, superfluous parentheses and
// casts' spelling aside. Texts that do not parse are the same only token for token.
bool same_text(std::string_view a, std::string_view b, TextForm form);

// A column as written: `c`, `t.c`, `s.t.c`; name "*" for a star.
struct ColumnName {
  Ident schema, table, name;
  auto operator<=>(const ColumnName&) const = default;
};

// A relation in FROM (or the target of a statement) with the alias that columns use.
struct RelationName {
  QName name;   // schema empty where not written
  Ident alias;  // the name itself where there is none
  auto operator<=>(const RelationName&) const = default;
};

// All names that a text holds; CTE names are no relations. Each list is sorted and unique.
struct TextNames {
  std::vector<RelationName> relations;
  std::vector<QName> functions;
  std::vector<QName> types;  // arrays by their element; also the targets of ::regclass literals' …
  std::vector<QName> collations;
  std::vector<QName>
      regclasses;  // 'name'::regclass literals and arguments of nextval, currval, setval
  std::vector<ColumnName> columns;
};
TextNames names_in(std::string_view text, TextForm form);

// A name that stands for an object of a schema, and where.
struct NameUse {
  enum class What : std::uint8_t { relation, function, type, collation, operation } what;
  QName name;
  std::size_t offset;  // byte in the text
};

// A column, with the relations in sight that can have it.
struct ColumnUse {
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

  Ident qualifier;  // as written
  Ident name;       // "*" for a star
  struct Candidate {
    QName relation;
    int level;  // of the query that holds it, the outermost being 0
  };
  // Innermost first: the first level that has such a column is meant. For a qualified name those
  // that the qualifier stands for; empty where the text's surroundings must tell.
  std::vector<Candidate> candidates;
  bool open = false;             // it may as well be of a subquery, a function or an alias
  bool listed = false;           // a star that stands for columns in the list of a SELECT
  std::size_t offset = nowhere;  // byte in the text
};

// All answers of one parse: what is wrong with a text, and its names where nothing is. Of a text
// that a later version might read, what its tokens may name: `uses` and `columns` with all that
// they may stand for.
struct TextFacts {
  std::optional<TextError> error;
  TextNames names;
  std::vector<NameUse> uses;  // in the order of the walk, with repetitions
  std::vector<ColumnUse> columns;

  bool readable() const { return !error || error->maybe_newer; }
  std::string derived;  // derived_name() of an expression
};
TextFacts inspect_text(std::string_view text, TextForm form);

// `text` with the columns that `columns_of` gives for a relation, quoted where need be, for each
// star that stands for all of one relation; where it gives none, the star stays.
using ColumnsOf = std::function<std::vector<std::string>(const QName& relation)>;
std::string expand_stars(std::string_view text, TextForm form, const ColumnsOf& columns_of);

// Names of the columns that a query shows, where its text tells without a catalog (`select a, b as
// c`); std::nullopt where a star or an unnamed expression leaves it open.
std::optional<std::vector<Ident>> output_columns(std::string_view query);

// Whether a view can go from one query to the other by CREATE OR REPLACE VIEW: same relations, and
// the former targets are the first of the new ones.
bool keeps_output(std::string_view was, std::string_view now);

// The column name that the server would derive from an expression (`lower` of lower(x)), for
// automatic names of indexes: its FigureColname; "expr" … is the caller's fallback, "" here.
std::string derived_name(std::string_view expression);

// The expressions of a list, as the server prints one: `lower(a), coalesce(b, 1)` has two.
std::vector<std::string> list_items(std::string_view list);

// `value` as a string literal: `'it''s'`.
std::string string_literal(std::string_view value);

// `text` with names replaced. Each rule names what it replaces; a column rule with a table applies
// to columns qualified by that table or an alias of it, and to unqualified ones where the text's
// relations are that table or `home` says that the text stands on it (a check, an index).
struct NameChange {
  enum class What : std::uint8_t {
    relation,
    column,
    function,
    type,
    schema,
    value,
    collation
  } what;
  QName of;                 // relation, function or type as it was; that of a column or value
  Ident from;               // column, value, or the last part of `of`
  QName to;                 // new qualified name; for a column or value only `name` counts
  bool home_moves = false;  // the text's own schema is renamed along: unqualified names stay so
};
// A query goes on to show a renamed column under the name that it had, as it does on the server;
// with OutputNames::follow it shows the new one.
enum class OutputNames : std::uint8_t { stay, follow };
std::string rename_in_text(std::string_view text, TextForm form,
                           const std::vector<NameChange>& changes, const QName& home,
                           OutputNames output = OutputNames::stay);

}  // namespace schemac
