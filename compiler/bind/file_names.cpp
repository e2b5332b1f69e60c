#include "compiler/bind/file_names.h"

#include <algorithm>
#include <span>

#include "compiler/bind/declared_names.h"

namespace schemac {
namespace {

bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

void fold(std::string& word) {
  for (char& c : word)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
}

// The next word at or behind `at`, which then stands behind it.
std::string_view next_word(std::string_view text, std::size_t& at) {
  while (at < text.size() && !in_word(text[at])) ++at;
  const std::size_t begin = at;
  while (at < text.size() && in_word(text[at])) ++at;
  return text.substr(begin, at - begin);
}

void add_words(std::span<const Item> items, std::vector<std::string>& words) {
  for (const Item& item : items) {
    each_word(item.text, [&](std::string_view word) { words.emplace_back(word); });
    add_words(item.items, words);
  }
}

void add_statement(const Statement& statement, FileNames& file, Names& names) {
  const KindMatch match = match_kind(behind(statement, 0), nullptr);
  const Cursor name = behind(statement, match.items);
  if (retained_kind(statement, nullptr) != nullptr) return;
  if (match.kind == nullptr) {
    // A mixin, which is no object.
    for (const Item& item : statement.items) file.declared.push_back(item.text);
    return;
  }
  if (match.kind->for_whole_file) return;
  if (match.kind->names_others) {
    if (name.is_name(0)) file.schemas.push_back(name.at->text);
    file.felt_unnamed = file.felt_unnamed || statement.has_doc || statement.has_block;
    return;
  }
  for (auto item = statement.items.begin(); item != statement.items.end(); ++item)
    if (item->text == "inherits") {
      add_words({item + 1, statement.items.end()}, file.inherits);
      break;
    }
  const bool named = has_qualified_name(*match.kind) && match.kind->naming == Naming::required;
  if (named)
    add_names(*match.kind, statement, match.items, {}, names);
  else
    file.felt_unnamed = true;
}

}  // namespace

std::string first_word(std::string_view name) {
  std::size_t at = 0;
  std::string word(next_word(name, at));
  fold(word);
  return word;
}

void each_word(std::string_view text, const std::function<void(std::string_view)>& visit) {
  std::string word;
  for (std::size_t at = 0; at < text.size();) {
    word = next_word(text, at);
    fold(word);
    if (!word.empty()) visit(word);
  }
}

FileNames file_names(const ParsedFile& file) {
  FileNames result;
  Names names;
  for (const Statement& statement : file.statements)
    if (!statement.items.empty()) add_statement(statement, result, names);
  names.each([&](const QName& name) { result.declared.push_back(name.name.text); });
  // A name may be written by escapes, which no word shows.
  const std::string_view text = file.file->text();
  const bool escapes =
      text.find("U&\"") != std::string_view::npos || text.find("u&\"") != std::string_view::npos;
  const bool wordless =
      std::any_of(result.declared.begin(), result.declared.end(),
                  [](const std::string& name) { return first_word(name).empty(); });
  result.felt_unnamed = result.felt_unnamed || escapes || wordless;
  for (auto* list : {&result.declared, &result.schemas}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  return result;
}

}  // namespace schemac
