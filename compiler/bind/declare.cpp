// Statements into drafts.
#include <algorithm>
#include <deque>
#include <map>

#include "compiler/bind/bind_diags.h"
#include "compiler/bind/declared_names.h"
#include "compiler/bind/reader.h"
#include "compiler/bind/unknown.h"
#include "compiler/bind/whole_file.h"

namespace schemac {
namespace {

// A statement at the top of a file.
struct Top {
  ParsedFile* file;
  const Statement* statement;
  std::string home;
  KindMatch match;
  const WholeFile* whole_file = nullptr;
};

class Declarer {
 public:
  explicit Declarer(Binding& binding) : binding_(binding) {}

  void collect(ParsedFile& file);
  void declare();

 private:
  std::string home_of(const ParsedFile& file) const;
  void apply_whole_file(std::uint32_t draft);
  void declare_namespace(const Top& top);
  void read_namespace_members(const Top& top, std::uint32_t draft);
  void declare_top(const Top& top);

  std::uint32_t add_draft(const KindInfo& kind, std::uint32_t parent, const SourceSpan& span);
  void declare_object(const Statement& statement, const KindMatch& match, std::uint32_t parent,
                      const std::string& home);
  void declare_part(const Statement& statement, const KindMatch& match, std::uint32_t whole);
  void fill_object(const Statement& statement, const KindMatch& match, std::uint32_t index);
  void add_brought(Reader& reader, std::uint32_t index);
  void read_own_name(Reader& reader, std::uint32_t draft, Cursor& cursor);
  void read_own_symbol(Reader& reader, std::uint32_t index, Cursor& cursor);
  void read_clauses(Reader& reader, std::uint32_t draft, Cursor& cursor);
  bool read_inline(Reader& reader, std::uint32_t draft, Cursor& cursor);
  void declare_inline(const KindInfo& kind, Reader& outer, std::uint32_t draft, Cursor& cursor);
  void read_block(const Statement& statement, Reader& reader, std::uint32_t draft);
  void read_member(const Statement& statement, Reader& owner, std::uint32_t draft);
  void read_parts(const Statement& statement, Reader& owner, std::uint32_t draft);
  bool read_member_field(Reader& owner, std::uint32_t draft, Cursor& cursor, std::size_t longest);
  void read_retention(const Statement& statement, const KindInfo& kind, std::uint32_t parent,
                      const std::string& home);
  void include_mixin(Cursor cursor, Reader& owner, std::uint32_t draft);

  Binding& binding_;
  std::vector<Top> tops_;
  std::deque<WholeFile> whole_files_;
  const WholeFile* whole_file_ = nullptr;  // of the statement that is being declared
  std::map<std::string, const Statement*> mixins_;
  std::map<std::string, std::uint32_t> namespaces_;
  std::vector<const Statement*> including_;
};

void document(Draft& draft, const Statement& statement) {
  if (!statement.doc.empty()) draft.doc = Documentation{statement.doc, statement.doc_span};
}

bool is_mixin(const Statement& statement) {
  const Cursor cursor = behind(statement, 0);
  return cursor.is_word(0, "mixin") && cursor.is_name(1) && statement.has_block;
}

// The schema of a file that opens exactly one; otherwise each is open to the next.
std::string Declarer::home_of(const ParsedFile& file) const {
  std::string home;
  for (const Statement& statement : file.statements) {
    const KindMatch match = match_kind(behind(statement, 0), nullptr);
    const Cursor name = behind(statement, match.items);
    if (match.kind == nullptr || !match.kind->names_others || !name.is_name(0)) continue;
    if (!home.empty() && home != name.at->text) return std::string(kPublic);
    home = name.at->text;
  }
  return home.empty() ? std::string(kPublic) : home;
}

void Declarer::collect(ParsedFile& file) {
  std::string home = home_of(file);
  const WholeFile* whole_file = nullptr;
  if (auto found = find_whole_file(binding_, file))
    whole_file = &whole_files_.emplace_back(std::move(*found));
  for (const Statement& statement : file.statements) {
    if (statement.items.empty()) continue;
    if (is_mixin(statement)) {
      const Item& name = statement.items[1];
      const auto [at, added] = mixins_.emplace(name.text, &statement);
      if (!added)
        binding_.report({duplicate_definition("mixin " + dsl_ident(name.text)),
                         name.span,
                         "",
                         {{at->second->items[1].span, "first here"}}});
      if (statement.items.size() > 2) report_unknown(binding_, behind(statement, 2), nullptr);
      continue;
    }
    if (const KindInfo* kind = retained_kind(statement, nullptr)) {
      read_retention(statement, *kind, Draft::none, home);
      continue;
    }
    Top top{&file, &statement, home, match_kind(behind(statement, 0), nullptr), whole_file};
    if (top.match.kind != nullptr && top.match.kind->for_whole_file) continue;
    if (top.match.kind != nullptr && top.match.kind->names_others) {
      const Cursor name = behind(statement, top.match.items);
      if (name.is_name(0)) home = top.home = name.at->text;
    }
    if (top.match.kind != nullptr)
      add_names(*top.match.kind, statement, top.match.items, top.home, binding_.names);
    tops_.push_back(std::move(top));
  }
}

void Declarer::declare() {
  // Schemas and what brings objects come first: the others name them and those.
  const auto names_them = [](const Top& top) {
    return top.match.kind == nullptr ||
           !(top.match.kind->names_others || top.match.kind->brings_objects);
  };
  for (const Top& top : tops_) {
    if (names_them(top)) continue;
    if (top.match.kind->names_others)
      declare_namespace(top);
    else
      declare_top(top);
  }
  for (std::size_t i = 0; i < tops_.size(); ++i) {
    if (names_them(tops_[i])) declare_top(tops_[i]);
    // Other files have no use for it but for its mixins.
    ParsedFile& file = *tops_[i].file;
    const bool last = i + 1 == tops_.size() || tops_[i + 1].file != &file;
    if (last && std::none_of(file.statements.begin(), file.statements.end(), is_mixin))
      file.statements = {};
  }
}

// Every file of a schema opens it; the first declares it. Schema `public` is there anyway, and is
// part of the model only where something is said about it.
void Declarer::declare_namespace(const Top& top) {
  const Statement& statement = *top.statement;
  const auto known = namespaces_.find(top.home);
  if (known == namespaces_.end()) {
    if (top.home == kPublic && !statement.has_doc && statement.block.empty()) return;
    namespaces_[top.home] = static_cast<std::uint32_t>(binding_.drafts.size());
    return declare_top(top);
  }
  read_namespace_members(top, known->second);
  Draft& draft = binding_.drafts[known->second];
  if (!statement.has_doc) return;
  if (!draft.doc) {
    document(draft, statement);
  } else if (draft.doc->text != statement.doc) {
    binding_.report({duplicate_definition("the documentation of schema " + dsl_ident(top.home)),
                     statement.doc_span,
                     "",
                     {{draft.doc->at, "first here"}}});
  }
}

void Declarer::read_namespace_members(const Top& top, std::uint32_t index) {
  Reader reader(binding_, index);
  for (const Statement& member : top.statement->block) read_member(member, reader, index);
}

void Declarer::declare_top(const Top& top) {
  const Cursor cursor = behind(*top.statement, 0);
  const std::string_view unsupported = match_unsupported(cursor, nullptr);
  if (top.match.kind == nullptr || match_phrase(cursor, unsupported) > top.match.items)
    return report_unknown(binding_, cursor, nullptr);
  const auto index = static_cast<std::uint32_t>(binding_.drafts.size());
  whole_file_ = top.match.kind->names_others ? nullptr : top.whole_file;
  declare_object(*top.statement, top.match, Draft::none, top.home);
  apply_whole_file(index);
}

void Declarer::apply_whole_file(std::uint32_t index) {
  if (whole_file_ != nullptr && speaks_for(*whole_file_, binding_, index))
    declare_object(*whole_file_->statement, whole_file_->match, index, {});
}

// -- One object ----------------------------------------------------------------------------------

std::uint32_t Declarer::add_draft(const KindInfo& kind, std::uint32_t parent,
                                  const SourceSpan& span) {
  Draft draft;
  draft.kind = &kind;
  draft.parent = parent;
  draft.object.declared_at = span;
  draft.name_span = span;
  if (parent != Draft::none) {
    draft.home = binding_.drafts[parent].home;
    draft.schema = binding_.drafts[parent].schema;
  }
  binding_.drafts.push_back(std::move(draft));
  return static_cast<std::uint32_t>(binding_.drafts.size() - 1);
}

void Declarer::declare_object(const Statement& statement, const KindMatch& match,
                              std::uint32_t parent, const std::string& home) {
  const std::uint32_t index = add_draft(*match.kind, parent, statement.span);
  Draft& draft = binding_.drafts[index];
  if (parent == Draft::none) draft.home = draft.schema = binding_.spelling(home);
  fill_object(statement, match, index);
}

// A part stands alone but for a field that names the whole, which its place gives.
void Declarer::declare_part(const Statement& statement, const KindMatch& match,
                            std::uint32_t whole) {
  const std::uint32_t index = add_draft(*match.kind, Draft::none, statement.span);
  const Draft& outer = binding_.drafts[whole];
  Draft& draft = binding_.drafts[index];
  draft.home = draft.schema = outer.home;
  draft.part_of = QName{Ident(std::string(outer.schema)), outer.name};
  fill_object(statement, match, index);
  apply_whole_file(index);
}

void Declarer::fill_object(const Statement& statement, const KindMatch& match,
                           std::uint32_t index) {
  Draft& draft = binding_.drafts[index];
  const bool part = match.kind->naming == Naming::none && !is_named_by_values(*match.kind);
  if (statement.has_doc && (part || match.kind->undocumented)) {
    binding_.report({undocumented(), statement.doc_span});
  } else {
    document(draft, statement);
  }
  Reader reader(binding_, index);
  for (FieldIndex lead : match.leads) reader.fields().values[lead] = true;
  if (draft.part_of)
    reader.fields().values[field_index(*match.kind, match.kind->part_field)] = *draft.part_of;
  Cursor cursor = behind(statement, match.items);
  read_own_name(reader, index, cursor);
  read_clauses(reader, index, cursor);
  if (!reader.failed() && !cursor.done()) fail_unknown_clause(binding_, reader, index, cursor);
  const bool failed = reader.failed();
  if (match.kind->brings_objects) add_brought(reader, index);
  if (statement.has_block) read_block(statement, reader, index);
  if (failed) reader.stop();
  reader.finish(cursor);
}

// What stands in its block names what it brings.
void Declarer::add_brought(Reader& reader, std::uint32_t index) {
  Draft& draft = binding_.drafts[index];
  for (std::size_t i = 0; i < draft.kind->fields.size(); ++i) {
    const FieldInfo& field = draft.kind->fields[i];
    if (field.refers != Refers::schema) continue;
    const Ident* schema = reader.fields().values[i].ident();
    draft.home = binding_.spelling(schema == nullptr ? field.absent : schema->text);
    binding_.names.add_extension(draft.name.text, draft.home, 0);
  }
}

void Declarer::read_own_name(Reader& reader, std::uint32_t index, Cursor& cursor) {
  Draft& draft = binding_.drafts[index];
  const KindInfo& kind = *draft.kind;
  if (kind.naming == Naming::automatic && (!cursor.is_name(0) || reader.starts_clause(cursor) ||
                                           (cursor.is_word(0, "was") && cursor.is_name(1))))
    return;
  if (kind.naming == Naming::none) return;
  if (kind.naming == Naming::symbol) return read_own_symbol(reader, index, cursor);
  if (!cursor.is_name(0))
    return reader.fail(missing_name(kind.noun), cursor.done() ? cursor.span : cursor.at->span);
  const Item* from = cursor.at;
  if (has_qualified_name(kind)) {
    const auto name = reader.read_qname(cursor);
    if (!name) return;
    draft.name = name->name;
    if (!name->schema.empty()) {
      draft.schema = binding_.spelling(name->schema.text);
      if (!binding_.schema(draft.schema, from->span)) draft.broken = true;
    }
  } else if (auto name = reader.read_name(cursor)) {
    draft.name = std::move(*name);
  }
  if (cursor.at != from) draft.name_span = span_between(from, cursor.at);
}

// `===`, `shop.===`
void Declarer::read_own_symbol(Reader& reader, std::uint32_t index, Cursor& cursor) {
  Draft& draft = binding_.drafts[index];
  const Item* from = cursor.at;
  if (cursor.is_name(0) && cursor.is_symbol(1, ".")) {
    const auto schema = reader.read_name(cursor);
    if (!schema) return;
    draft.schema = binding_.spelling(schema->text);
    if (!binding_.schema(draft.schema, from->span)) draft.broken = true;
    ++cursor.at;
  }
  if (!cursor.is(0, ItemKind::symbol)) return reader.fail_expected("an operator", cursor);
  draft.name = Ident((cursor.at++)->text);
  draft.name_span = span_between(from, cursor.at);
}

void Declarer::read_clauses(Reader& reader, std::uint32_t index, Cursor& cursor) {
  while (!cursor.done() && !reader.failed()) {
    if (cursor.is_word(0, "was") && cursor.is_name(1)) {
      ++cursor.at;
      binding_.drafts[index].object.was = reader.read_name(cursor);
    } else if (!read_inline(reader, index, cursor) && !reader.read_clause(cursor)) {
      return;
    }
  }
}

bool Declarer::read_inline(Reader& reader, std::uint32_t index, Cursor& cursor) {
  const Draft& draft = binding_.drafts[index];
  const KindInfo* parent =
      draft.parent == Draft::none ? nullptr : binding_.drafts[draft.parent].kind;
  const KindInfo* best = nullptr;
  std::size_t longest = 0;
  for (const KindInfo* kind : inline_kinds(*draft.kind, parent)) {
    const std::size_t items = match_phrase(cursor, kind->inline_keyword);
    if (items > longest) best = kind;
    longest = std::max(longest, items);
  }
  if (best == nullptr) return false;
  declare_inline(*best, reader, index, cursor);
  return true;
}

void Declarer::declare_inline(const KindInfo& kind, Reader& outer, std::uint32_t index,
                              Cursor& cursor) {
  const Item* from = cursor.at;
  const auto& parents = kind.parents;
  const bool own =
      std::find(parents.begin(), parents.end(), binding_.drafts[index].kind->name) != parents.end();
  const std::uint32_t parent = own ? index : binding_.drafts[index].parent;
  const std::uint32_t child = add_draft(kind, parent, cursor.at->span);
  Reader reader(binding_, child);
  cursor.at += match_phrase(cursor, kind.inline_keyword);
  if (!kind.inline_field.empty()) {
    const FieldIndex field = field_index(kind, kind.inline_field);
    reader.fields().given[field] = true;
    reader.fields().values[field] = List{binding_.drafts[index].name};
  }
  const auto introduced =
      std::find_if(kind.fields.begin(), kind.fields.end(),
                   [&](const FieldInfo& field) { return field.clause == kind.inline_keyword; });
  if (introduced != kind.fields.end()) {
    reader.read_field(introduced->name, cursor);
  } else if (kind.naming == Naming::automatic && cursor.is_name(0) &&
             (cursor.is(0, ItemKind::quoted) ||
              (!reader.starts_clause(cursor) && !outer.starts_clause(cursor) &&
               !cursor.is_word(0, "was")))) {
    bool clause = false;
    const Draft& draft = binding_.drafts[index];
    const KindInfo* above =
        draft.parent == Draft::none ? nullptr : binding_.drafts[draft.parent].kind;
    for (const KindInfo* other : inline_kinds(*draft.kind, above))
      clause = clause || match_phrase(cursor, other->inline_keyword) > 0;
    if (!clause) read_own_name(reader, child, cursor);
  }
  while (reader.read_clause(cursor)) {
  }
  reader.finish(cursor);
  binding_.drafts[child].object.declared_at = span_between(from, cursor.at);
  if (binding_.drafts[child].name.empty())
    binding_.drafts[child].name_span = binding_.drafts[child].object.declared_at;
  if (reader.failed()) outer.stop();
}

// -- Blocks --------------------------------------------------------------------------------------

void Declarer::read_block(const Statement& statement, Reader& reader, std::uint32_t index) {
  const KindInfo& kind = *binding_.drafts[index].kind;
  for (std::size_t i = 0; i < kind.fields.size(); ++i)
    if (kind.fields[i].listing == Listing::block) {
      Statement values = statement;
      std::erase_if(values.block, [&](const Statement& line) {
        return match_kind(behind(line, 0), &kind).kind != nullptr;
      });
      for (const Statement& line : statement.block)
        if (match_kind(behind(line, 0), &kind).kind != nullptr) read_member(line, reader, index);
      return reader.read_block(static_cast<FieldIndex>(i), values);
    }
  const Members& members = members_of(&kind);
  const bool takes_block =
      members.anonymous != nullptr || !members.keyed.empty() ||
      std::any_of(kind.fields.begin(), kind.fields.end(),
                  [](const FieldInfo& field) { return field.place == Place::member; });
  if (!takes_block)
    return reader.fail(unexpected_block(kind.noun),
                       statement.block.empty() ? statement.span : statement.block.front().span);
  for (const Statement& member : statement.block) read_member(member, reader, index);
}

void Declarer::read_member(const Statement& statement, Reader& owner, std::uint32_t index) {
  if (statement.items.empty()) return;
  const KindInfo& kind = *binding_.drafts[index].kind;
  Cursor cursor = behind(statement, 0);
  if (cursor.is_word(0, "include") && cursor.is_name(1) && cursor.end - cursor.at == 2)
    return include_mixin(cursor, owner, index);
  if (const KindInfo* kept = retained_kind(statement, &kind))
    return read_retention(statement, *kept, index, {});
  KindMatch match = match_kind(cursor, &kind);
  if (read_member_field(owner, index, cursor, match.items)) {
    if (statement.has_block) read_parts(statement, owner, index);
    if (statement.has_doc) binding_.report({undocumented(), statement.doc_span});
    return;
  }
  if (const auto phrase = match_unsupported(cursor, &kind);
      match_phrase(cursor, phrase) > match.items)
    return report_unknown(binding_, cursor, &kind);
  if (match.kind == nullptr) {
    match.kind = members_of(&kind).anonymous;
    if (match.kind == nullptr || !cursor.is_name(0)) return report_unknown(binding_, cursor, &kind);
  }
  if (match.kind == &kind)
    declare_part(statement, match, index);
  else
    declare_object(statement, match, index, {});
}

void Declarer::read_parts(const Statement& statement, Reader& owner, std::uint32_t index) {
  const KindInfo& kind = *binding_.drafts[index].kind;
  if (!starts_parts(kind, statement))
    return owner.fail(unexpected_block(kind.noun), statement.span);
  for (const Statement& part : statement.block) {
    const KindMatch match = match_kind(behind(part, 0), &kind);
    if (match.kind == &kind)
      declare_part(part, match, index);
    else if (!part.items.empty())
      binding_.report({expected("`" + std::string(kind.part_keyword) + "`"), part.items[0].span});
  }
}

bool Declarer::read_member_field(Reader& owner, std::uint32_t index, Cursor& cursor,
                                 std::size_t longest) {
  const KindInfo& kind = *binding_.drafts[index].kind;
  for (const FieldInfo& field : kind.fields) {
    if (field.place != Place::member) continue;
    const std::size_t items = match_phrase(cursor, field.clause);
    if (items == 0 || items < longest) continue;
    const auto i = static_cast<std::size_t>(&field - kind.fields.data());
    if (owner.fields().given[i]) {
      binding_.report({repeated_clause(field.clause, kind.noun), cursor.at->span});
      return true;
    }
    cursor.at += items;
    owner.resume();
    owner.read_field(field.name, cursor);
    if (!owner.failed() && !cursor.done()) owner.fail_expected("`;`", cursor);
    owner.resume();
    return true;
  }
  return false;
}

void Declarer::read_retention(const Statement& statement, const KindInfo& kind,
                              std::uint32_t parent, const std::string& home) {
  const Cursor cursor = behind(statement, 2);
  const bool qualified = parent == Draft::none && cursor.is_symbol(1, ".");
  const std::string& schema = qualified ? cursor.at[0].text : home;
  binding_.retentions.push_back({&kind, parent, schema, (cursor.end - 1)->text, statement.span});
}

void Declarer::include_mixin(Cursor cursor, Reader& owner, std::uint32_t index) {
  const Item& name = cursor.at[1];
  const auto mixin = mixins_.find(name.text);
  if (mixin == mixins_.end()) {
    std::vector<std::string_view> known;
    for (const auto& [other, statement] : mixins_) known.push_back(other);
    return binding_.report({unknown_mixin(name.text), name.span, suggestion(name.text, known)});
  }
  if (std::find(including_.begin(), including_.end(), mixin->second) != including_.end())
    return binding_.report({recursive_mixin(name.text), name.span});
  including_.push_back(mixin->second);
  binding_.includes.push_back(name.span);
  for (const Statement& member : mixin->second->block) read_member(member, owner, index);
  binding_.includes.pop_back();
  including_.pop_back();
}

}  // namespace

void declare_all(Binding& binding, std::vector<ParsedFile> files) {
  Declarer declarer(binding);
  for (ParsedFile& file : files) declarer.collect(file);
  declarer.declare();
}

}  // namespace schemac
