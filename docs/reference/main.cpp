// Prints the part of docs/language.md that the field tables of the kinds already say: for each kind
// how it is written, and each of its clauses. See update.py.

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

#include "compiler/ir/kind.h"

namespace schemac {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c == ' ' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

// What stands for a name in a synopsis: the kind of thing that it names, else the field itself.
std::string placeholder(const FieldInfo& field) {
  switch (field.refers) {
    case Refers::schema:
      return "SCHEMA";
    case Refers::relation:
      return "TABLE";
    case Refers::column:
    case Refers::ref_column:
      return "COLUMN";
    case Refers::type:
      return "TYPE";
    case Refers::function:
      return "FUNCTION";
    case Refers::collation:
      return "COLLATION";
    case Refers::role:
      return "ROLE";
    case Refers::owner_column:
      return "TABLE.COLUMN";
    case Refers::operation:
      return "OPERATOR";
    case Refers::object:
      return upper(find_kind(field.object)->noun);
    case Refers::above:
      return field.object.empty() ? "INDEX" : upper(field.object);
    case Refers::brought:
    case Refers::privilege:
    case Refers::granted_on:
    case Refers::nothing:
      break;
  }
  return upper(field.name);
}

// The name of one of several: `labels` -> LABEL.
std::string one_of(const FieldInfo& field) {
  std::string out = upper(field.name);
  if (field.listing != Listing::one && out.ends_with('S')) out.pop_back();
  return out;
}

std::string words_of(const FieldInfo& field) {
  std::string out;
  for (const std::string_view word : field.words) {
    if (!out.empty()) out += '|';
    out += word;
  }
  return out;
}

std::string parts_of(std::span<const FieldInfo> fields);

// Whether the fields of a record read better than a name that stands for them.
bool spelled_out(const FieldInfo& field) {
  constexpr std::size_t kFew = 6;
  return field.record.size() <= kFew && field.listing != Listing::group;
}

// One value of a field, as its author writes it.
std::string value_of(const FieldInfo& field) {
  switch (field.shape) {
    case Shape::flag:
      return "";
    case Shape::integer:
    case Shape::number:
      return "NUMBER";
    case Shape::word:
      return words_of(field);
    case Shape::text:
      return "'" + one_of(field) + "'";
    case Shape::ident:
    case Shape::qname:
    case Shape::type:
    case Shape::path:
      return placeholder(field);
    case Shape::expr:
      return "(EXPRESSION)";
    case Shape::value:
      return "VALUE";
    case Shape::key:
      return "EXPRESSION";
    case Shape::setting:
      return "NAME = VALUE";
    case Shape::operation:
      return "OPERATOR";
    case Shape::query:
      return "$$ QUERY $$";
    case Shape::statements:
      return "$$ STATEMENTS $$";
    case Shape::body:
      return "$$ BODY $$";
    case Shape::record:
      return spelled_out(field) ? parts_of(field.record) : one_of(field);
  }
  return "";
}

std::string listed(const FieldInfo& field) {
  const std::string value = value_of(field);
  switch (field.listing) {
    case Listing::one:
      return field.place == Place::signature ? "(" + value + ")" : value;
    case Listing::repeat:
      return value + " …";
    case Listing::parens:
      return "(" + value + ", …)";
    case Listing::commas:
      return value + ", …";
    case Listing::ors:
      return value + " or …";
    case Listing::group:
      return "(" + value + " …)";
    case Listing::block:
      return "{ " + value + ", … }";
  }
  return value;
}

// A clause as its author writes it: its words, then its value.
std::string clause_of(const FieldInfo& field) {
  std::string out(field.place == Place::signature ? "" : field.clause);
  const std::string value = listed(field);
  if (!out.empty() && !value.empty()) out += ' ';
  return out + value;
}

bool may_be_left_out(const FieldInfo& field) {
  return !field.required && field.place != Place::signature;
}

// Clauses in their order, those in brackets that may be left out.
std::string parts_of(std::span<const FieldInfo> fields) {
  std::string out;
  for (const FieldInfo& field : fields) {
    if (field.place != Place::clause && field.place != Place::signature) continue;
    std::string part = clause_of(field);
    if (may_be_left_out(field)) part = "[" + part + "]";
    // Behind a name its type may say that it is nullable, without a blank between.
    if (!out.empty() && field.clause != "?") out += ' ';
    out += part;
  }
  return out;
}

std::string code(const std::string& text) {
  // A bar inside a table's cell must not end it.
  std::string out = "`";
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out + "`";
}

std::string remarks(const FieldInfo& field) {
  std::string out(field.doc);
  if (!field.absent.empty()) out += " `" + std::string(field.absent) + "` when not written.";
  if (field.since != 0) out += " Since PostgreSQL " + std::to_string(field.since) + ".";
  for (const Newer& one : field.newer)
    out += " `" + std::string(one.word) + "` since PostgreSQL " + std::to_string(one.since) + ".";
  if (field.place == Place::member) out += " A statement of its own inside the block.";
  if (field.role == Role::intent) out += " An intent: inert once applied.";
  return out;
}

// The rows of a table of clauses: the fields, each followed by those of its records.
void print_rows(std::span<const FieldInfo> fields, const std::string& inside) {
  for (const FieldInfo& field : fields) {
    if (field.place == Place::hidden) continue;
    const bool mixed = field.clause.empty() && field.listing == Listing::one && spelled_out(field);
    if (field.record.empty() || !mixed)
      std::printf("| %s%s | %s |\n", inside.c_str(), code(clause_of(field)).c_str(),
                  remarks(field).c_str());
    if (field.shape == Shape::record) print_rows(field.record, mixed ? inside : inside + "&emsp;");
  }
}

// Whether statements of other kinds, or of its own, stand in a block behind it.
bool has_block(const KindInfo& kind) {
  for (const FieldInfo& field : kind.fields)
    if (field.place == Place::member) return true;
  for (const FieldInfo& field : kind.fields)
    if (field.listing == Listing::block) return false;  // it is the block
  for (const KindInfo* other : all_kinds())
    for (const std::string_view parent : other->parents)
      if (parent == kind.name && other->inline_keyword.empty()) return true;
  for (const KindInfo* other : all_kinds())
    if (other->stands_on != nullptr && other->stands_on(kind)) return true;
  return false;
}

// `text` in lines of the width of a page, later ones indented.
std::string wrapped(const std::string& text) {
  constexpr std::size_t kWidth = 90;
  std::string out;
  std::size_t line = 0;
  int depth = 0;
  std::string part;
  const auto flush = [&] {
    if (line != 0 && line + 1 + part.size() > kWidth) {
      out += "\n    ";
      line = 4;
    } else if (line != 0) {
      out += ' ';
      ++line;
    }
    out += part;
    line += part.size();
    part.clear();
  };
  for (const char c : text) {
    depth += (c == '[') - (c == ']');
    if (c == ' ' && depth == 0)
      flush();
    else
      part += c;
  }
  flush();
  return out;
}

// All that a statement of the kind may hold, in order.
std::string synopsis(const KindInfo& kind) {
  std::string out;
  const auto add = [&](const std::string& part) {
    if (!out.empty() && !part.empty()) out += ' ';
    out += part;
  };
  for (const FieldInfo& field : kind.fields)
    if (field.place == Place::lead) add("[" + clause_of(field) + "]");
  add(std::string(kind.keyword));
  if (kind.naming != Naming::none) add(kind.naming == Naming::automatic ? "[NAME]" : "NAME");
  add(parts_of(kind.fields));
  if (has_block(kind)) add("{ MEMBERS }");
  return wrapped(out);
}

std::string parents_of(const KindInfo& kind) {
  std::string out;
  for (const std::string_view name : kind.parents) {
    const std::string noun(find_kind(name)->noun);
    const bool vowel = std::string_view("aeiou").find(noun[0]) != std::string_view::npos;
    if (!out.empty()) out += " or ";
    out += (vowel ? "an " : "a ") + noun;
  }
  return out;
}

std::string places_of(const KindInfo& kind) {
  std::string out;
  for (const KindInfo* other : all_kinds())
    if (kind.stands_on(*other)) out += (out.empty() ? "" : ", ") + std::string(other->plural);
  return out;
}

void print_kind(const KindInfo& kind) {
  std::string title(kind.name);
  std::replace(title.begin(), title.end(), '_', ' ');
  std::printf("\n### %s\n\n%s", title.c_str(), std::string(kind.doc).c_str());
  if (!kind.parents.empty()) std::printf(" Stands in %s.", parents_of(kind).c_str());
  if (kind.stands_on != nullptr)
    std::printf(" Stands in the block of what it is about: %s.", places_of(kind).c_str());
  if (kind.naming == Naming::automatic)
    std::printf(" Without a name it has the one that PostgreSQL would give it.");
  std::printf("\n");
  const bool written = !kind.keyword.empty() || kind.naming != Naming::none;
  if (written) std::printf("\n```\n%s\n```\n", synopsis(kind).c_str());
  if (!kind.inline_keyword.empty()) {
    std::printf("\n%s a clause of what it stands in: `%s …`", written ? "Also" : "Written as",
                std::string(kind.inline_keyword).c_str());
    if (!kind.inline_field.empty())
      std::printf(", with that as its %s", std::string(kind.inline_field).c_str());
    std::printf(".\n");
  }
  if (!kind.part_keyword.empty())
    std::printf("\nInside another one it is a part of that: `%s NAME …`.\n",
                std::string(kind.part_keyword).c_str());
  const bool has_rows = std::any_of(kind.fields.begin(), kind.fields.end(),
                                    [](const auto& field) { return field.place != Place::hidden; });
  if (!has_rows) return;
  std::printf("\n| clause | meaning |\n| --- | --- |\n");
  print_rows(kind.fields, "");
}

}  // namespace
}  // namespace schemac

int main() {
  for (const schemac::KindInfo* kind : schemac::all_kinds()) schemac::print_kind(*kind);
}
