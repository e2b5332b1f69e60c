#include <pg_query.h>

#include <algorithm>
#include <set>

#include "compiler/ir/catalog.h"
#include "compiler/sqltext/walk.h"

namespace schemac {
namespace {

using namespace sqltext;

// A stretch of the text and what replaces it.
struct Edit {
  std::size_t at;
  std::size_t length;
  std::string with;
};

// One part of a dotted name in the text.
struct Part {
  std::size_t at = 0;
  std::size_t length = 0;
  std::string name;
};

bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}
bool continues_name(char c) {
  return starts_name(c) || (c >= '0' && c <= '9') || c == '$';
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  for (;;) {
    while (at < text.size() &&
           std::string_view(" \t\r\n\f\v").find(text[at]) != std::string_view::npos)
      ++at;
    if (text.substr(at, 2) == "--") {
      at = std::min(text.find('\n', at), text.size());
    } else if (text.substr(at, 2) == "/*") {
      const std::size_t end = text.find("*/", at + 2);
      at = end == std::string_view::npos ? text.size() : end + 2;
    } else {
      return at;
    }
  }
}

// The identifier at `at`, quoted or not; length 0 where there is none.
Part read_part(std::string_view text, std::size_t at) {
  Part part{at, 0, {}};
  std::size_t end = at;
  if (at < text.size() && text[at] == '"') {
    for (end = at + 1; end < text.size(); ++end) {
      if (text[end] == '"' && text.substr(end, 2) != "\"\"") break;
      if (text[end] == '"') ++end;
      part.name += text[end];
    }
    end = std::min(end + 1, text.size());
  } else if (at < text.size() && starts_name(text[at])) {
    for (; end < text.size() && continues_name(text[end]); ++end)
      part.name += text[end] >= 'A' && text[end] <= 'Z' ? static_cast<char>(text[end] - 'A' + 'a')
                                                        : text[end];
  }
  part.length = end - at;
  return part;
}

// The parts of the dotted name at `at`, as many as the tree says it has; fewer where the text
// spells it in another way (`int` for pg_catalog.int4).
std::vector<Part> read_name(std::string_view text, std::size_t at, std::size_t count) {
  std::vector<Part> parts;
  while (parts.size() < count) {
    Part part = read_part(text, skip_blanks(text, at));
    if (part.length == 0) break;
    at = skip_blanks(text, part.at + part.length);
    parts.push_back(std::move(part));
    if (at >= text.size() || text[at] != '.') break;
    ++at;
  }
  return parts;
}

// Quoted unless it is plain and a word that can be any name.
std::string sql_ident(const std::string& name) {
  std::string plain = dsl_ident(name);
  if (plain[0] == '"') return plain;
  bool bare = false;
  with_tokens(name, [&](std::span<PgQuery__ScanToken* const> tokens) {
    bare = tokens.size() == 1 &&
           (tokens[0]->keyword_kind == PG_QUERY__KEYWORD_KIND__NO_KEYWORD ||
            tokens[0]->keyword_kind == PG_QUERY__KEYWORD_KIND__UNRESERVED_KEYWORD);
  });
  return bare ? plain : '"' + name + '"';
}

class Renamer : public Walker {
 public:
  Renamer(std::string_view text, std::size_t shift, const std::vector<NameChange>& changes,
          const QName& home, OutputNames output)
      : text_(text), shift_(shift), changes_(changes), output_(output) {
    // Triggers and rules know the row under two more names.
    if (!home.empty())
      push_level(
          {{home, home.name, false}, {home, Ident("old"), true}, {home, Ident("new"), true}});
  }

  // For a text without a tree: what its tokens may name.
  void rename(const std::vector<NameUse>& uses);

  std::string result() {
    std::sort(edits_.begin(), edits_.end(),
              [](const Edit& a, const Edit& b) { return a.at < b.at; });
    std::string out;
    std::size_t done = 0;
    for (const Edit& edit : edits_) {
      if (edit.at < done) continue;
      out += text_.substr(done, edit.at - done);
      out += edit.with;
      done = edit.at + edit.length;
    }
    out += text_.substr(done);
    return out;
  }

 protected:
  using What = NameChange::What;

  void on_relation(const PgQuery__RangeVar& relation) override {
    const QName name{Ident(relation.schemaname), Ident(relation.relname)};
    rename_qualified(name, relation.location, What::relation);
  }
  void on_function(const PgQuery__FuncCall& call) override {
    rename_qualified(qualified(strings(call.n_funcname, call.funcname)), call.location,
                     What::function);
  }
  void on_type(const PgQuery__TypeName& type) override {
    if (!type.pct_type)
      rename_qualified(qualified(strings(type.n_names, type.names)), type.location, What::type);
  }
  void on_collation(const PgQuery__CollateClause& collate) override {
    // The place is that of the word COLLATE.
    constexpr std::int32_t kWord = 7;
    rename_qualified(qualified(strings(collate.n_collname, collate.collname)),
                     collate.location < 0 ? collate.location : collate.location + kWord,
                     What::collation);
  }
  void on_column(const PgQuery__ColumnRef& column, bool sorting) override;
  void on_target_column(const char* name, std::int32_t location) override;
  void on_select(const PgQuery__SelectStmt& select) override;
  void on_output(const PgQuery__ResTarget& target) override;
  void on_named(const PgQuery__AConst& constant, std::string_view type) override;
  void on_literal(const PgQuery__AConst& constant, const QName& type) override;

 private:
  struct Renamed {
    bool schema = false;  // whether the schema must be written
    QName to;
  };
  // The new name of what is written as `name`; std::nullopt where no change concerns it.
  std::optional<Renamed> renamed(const QName& name, What what) const {
    for (const NameChange& change : changes_) {
      if (change.what == what && change.of.name == name.name &&
          (name.schema.empty() || name.schema == change.of.schema))
        return Renamed{
            !name.schema.empty() || (change.to.schema != change.of.schema && !change.home_moves),
            change.to};
      if (change.what == What::schema && !name.schema.empty() && name.schema == change.from)
        return Renamed{true, {change.to.name, name.name}};
    }
    return std::nullopt;
  }
  static std::string spell(const Renamed& renamed) {
    const std::string name = sql_ident(renamed.to.name.text);
    return renamed.schema && !renamed.to.schema.empty()
               ? sql_ident(renamed.to.schema.text) + "." + name
               : name;
  }
  void replace(const std::vector<Part>& parts, std::string with) {
    const std::size_t end = parts.back().at + parts.back().length;
    edits_.push_back({parts.front().at, end - parts.front().at, std::move(with)});
  }
  std::size_t in_text(std::int32_t location) const {
    return static_cast<std::size_t>(location) - shift_;
  }
  bool is_in_text(std::int32_t location) const {
    return location >= 0 && static_cast<std::size_t>(location) >= shift_ &&
           in_text(location) < text_.size();
  }
  void rename_qualified(const QName& name, std::int32_t location, What what);
  void replace_literal(std::size_t at, const std::string& with);
  const InSight* relation_of(const std::string& qualifier) const;
  const NameChange* column_change(const ColumnName& column) const;
  bool is_output(const std::string& name) const {
    for (const Shown& output : outputs_)
      if (output.depth == levels().size()) return output.names.contains(name);
    return false;
  }

  // Names that a SELECT shows, for each that the walk is in, by depth.
  struct Shown {
    std::size_t depth;
    std::set<std::string> names;
  };
  std::string_view text_;
  std::size_t shift_;
  const std::vector<NameChange>& changes_;
  std::vector<Edit> edits_;
  std::vector<Shown> outputs_;
  OutputNames output_;
};

void Renamer::rename_qualified(const QName& name, std::int32_t location, What what) {
  const auto change = renamed(name, what);
  if (!change || !is_in_text(location)) return;
  const std::size_t count = name.schema.empty() ? 1 : 2;
  const auto parts = read_name(text_, in_text(location), count);
  if (parts.size() == count && parts.back().name == name.name.text) replace(parts, spell(*change));
}

void Renamer::rename(const std::vector<NameUse>& uses) {
  for (const NameUse& use : uses) {
    const What what = use.what == NameUse::What::relation   ? What::relation
                      : use.what == NameUse::What::function ? What::function
                                                            : What::type;
    rename_qualified(use.name, static_cast<std::int32_t>(use.offset), what);
  }
}

const InSight* Renamer::relation_of(const std::string& qualifier) const {
  for (auto level = levels().rbegin(); level != levels().rend(); ++level)
    for (const InSight& entry : *level)
      if (entry.alias.text == qualifier) return &entry;
  return nullptr;
}

// The change that concerns a column: of the relation that its qualifier stands for, or, where it
// has none, of a relation in the innermost level that has any.
const NameChange* Renamer::column_change(const ColumnName& column) const {
  const auto concerns = [&](const NameChange& change, const InSight& entry) {
    return change.what == What::column && change.from == column.name && !entry.name.empty() &&
           entry.name.name == change.of.name &&
           (entry.name.schema.empty() || entry.name.schema == change.of.schema);
  };
  if (!column.table.empty()) {
    const InSight named{{column.schema, column.table}, {}, false};
    const InSight* entry = column.schema.empty() ? relation_of(column.table.text)
                                                 : static_cast<const InSight*>(&named);
    if (entry == nullptr) return nullptr;
    for (const NameChange& change : changes_)
      if (concerns(change, *entry)) return &change;
    return nullptr;
  }
  for (auto level = levels().rbegin(); level != levels().rend(); ++level) {
    for (const InSight& entry : *level)
      for (const NameChange& change : changes_)
        if (concerns(change, entry)) return &change;
    if (!level->empty()) return nullptr;
  }
  return nullptr;
}

void Renamer::on_column(const PgQuery__ColumnRef& ref, bool sorting) {
  const auto names = strings(ref.n_fields, ref.fields);
  if (names.empty() || !is_in_text(ref.location)) return;
  const bool star = names.size() != ref.n_fields;
  if (sorting && names.size() == 1 && is_output(names[0])) return;
  const auto parts = read_name(text_, in_text(ref.location), names.size());
  if (parts.size() != names.size()) return;
  const std::size_t qualifiers = star ? names.size() : names.size() - 1;
  ColumnName column;
  if (!star) column.name = Ident(names.back());
  if (qualifiers > 0) column.table = Ident(names[qualifiers - 1]);
  if (qualifiers > 1) column.schema = Ident(names[qualifiers - 2]);
  if (!star)
    if (const NameChange* change = column_change(column))
      edits_.push_back({parts.back().at, parts.back().length, sql_ident(change->to.name.text)});
  if (qualifiers == 0) return;
  // The qualifier is the relation's own name where that has no alias.
  const InSight* entry = column.schema.empty() ? relation_of(column.table.text) : nullptr;
  if (entry != nullptr && (entry->aliased || entry->name.empty())) return;
  QName name = entry != nullptr ? entry->name : QName{column.schema, column.table};
  const auto change = renamed(name, What::relation);
  if (!change || (entry == nullptr && column.schema.empty())) return;
  const std::vector<Part> qualifier(parts.begin(),
                                    parts.begin() + static_cast<std::ptrdiff_t>(qualifiers));
  replace(qualifier, column.schema.empty() ? sql_ident(change->to.name.text) : spell(*change));
}

void Renamer::on_target_column(const char* name, std::int32_t location) {
  if (!is_in_text(location) || levels().empty() || levels().back().empty()) return;
  const InSight& target = levels().back().front();
  const NameChange* change = column_change({{}, target.alias, Ident(name)});
  const auto parts = read_name(text_, in_text(location), 1);
  if (change != nullptr && parts.size() == 1 && parts[0].name == name)
    replace(parts, sql_ident(change->to.name.text));
}

void Renamer::on_select(const PgQuery__SelectStmt& select) {
  while (!outputs_.empty() && outputs_.back().depth >= levels().size()) outputs_.pop_back();
  Shown output{levels().size(), {}};
  const PgQuery__SelectStmt* naming = &select;
  while (naming->larg != nullptr) naming = naming->larg;
  for (std::size_t i = 0; i < naming->n_target_list; ++i) {
    const auto* target = as<PgQuery__ResTarget>(naming->target_list[i]);
    if (target->name[0] != '\0') {
      output.names.insert(target->name);
    } else if (const auto* column = as<PgQuery__ColumnRef>(target->val)) {
      const auto names = strings(column->n_fields, column->fields);
      if (!names.empty() && names.size() == column->n_fields) output.names.insert(names.back());
    }
  }
  outputs_.push_back(std::move(output));
}

// A query goes on to show a renamed column under the name that it had, as it does on the server.
void Renamer::on_output(const PgQuery__ResTarget& target) {
  const auto* column = as<PgQuery__ColumnRef>(target.val);
  if (output_ == OutputNames::follow || column == nullptr || target.name[0] != '\0' ||
      !is_in_text(column->location))
    return;
  const auto names = strings(column->n_fields, column->fields);
  if (names.empty() || names.size() != column->n_fields) return;
  ColumnName name{{}, {}, Ident(names.back())};
  if (names.size() > 1) name.table = Ident(names[names.size() - 2]);
  if (names.size() > 2) name.schema = Ident(names[names.size() - 3]);
  const auto parts = read_name(text_, in_text(column->location), names.size());
  if (column_change(name) == nullptr || parts.size() != names.size()) return;
  edits_.push_back({parts.back().at + parts.back().length, 0, " AS " + sql_ident(names.back())});
}

void Renamer::on_named(const PgQuery__AConst& constant, std::string_view type) {
  const auto name = parse_qualified(constant.sval->sval);
  if (!name || !is_in_text(constant.location)) return;
  const auto change = renamed(*name, type == "regclass"  ? What::relation
                                     : type == "regtype" ? What::type
                                                         : What::function);
  if (change) replace_literal(in_text(constant.location), spell(*change));
}

void Renamer::on_literal(const PgQuery__AConst& constant, const QName& type) {
  if (!is_in_text(constant.location)) return;
  for (const NameChange& change : changes_)
    if (change.what == What::value && change.from.text == constant.sval->sval &&
        change.of.name == type.name && (type.schema.empty() || type.schema == change.of.schema))
      return replace_literal(in_text(constant.location), change.to.name.text);
}

void Renamer::replace_literal(std::size_t at, const std::string& with) {
  if (text_[at] != '\'') return;
  std::size_t end = at + 1;
  while (end < text_.size() && (text_[end] != '\'' || text_.substr(end, 2) == "''"))
    end += text_[end] == '\'' ? 2 : 1;
  edits_.push_back({at, end + 1 - at, string_literal(with)});
}

}  // namespace

std::string string_literal(std::string_view value) {
  std::string literal = "'";
  for (char c : value) literal += c == '\'' ? "''" : std::string(1, c);
  return literal + "'";
}

std::string rename_in_text(std::string_view text, TextForm form,
                           const std::vector<NameChange>& changes, const QName& home,
                           OutputNames output) {
  std::string result(text);
  if (changes.empty()) return result;
  const auto error = with_tree(text, form, [&](const Tree& tree) {
    Renamer renamer(text, tree.shift, changes, home, output);
    renamer.walk(tree.root);
    result = renamer.result();
  });
  if (error && error->maybe_newer) {
    TextFacts facts;
    add_possible_names(text, facts);
    Renamer renamer(text, 0, changes, home, output);
    renamer.rename(facts.uses);
    result = renamer.result();
  }
  return result;
}

}  // namespace schemac
