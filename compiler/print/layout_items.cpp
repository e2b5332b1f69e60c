// Items without a source, for trees that are made rather than parsed.

#include "compiler/parse/words.h"
#include "compiler/print/layout.h"

namespace schemac {
namespace {

Item made(ItemKind kind, std::string text) {
  Item item{};
  item.kind = kind;
  item.text = std::move(text);
  return item;
}

}  // namespace

Item word_item(std::string_view text) {
  return made(ItemKind::word, std::string(text));
}

Item name_item(std::string_view name) {
  return made(needs_quotes(name) ? ItemKind::quoted : ItemKind::word, std::string(name));
}

void add_qname(std::vector<Item>& items, std::string_view schema, std::string_view name) {
  if (!schema.empty()) {
    items.push_back(name_item(schema));
    items.push_back(symbol_item("."));
  }
  items.push_back(name_item(name));
}

Item string_item(std::string_view value) {
  std::string text = "'";
  for (char c : value) {
    if (c == '\'') text += '\'';
    text += c;
  }
  return made(ItemKind::string, text + "'");
}

Item number_item(std::string_view text) {
  return made(ItemKind::number, std::string(text));
}

Item body_item(std::string_view text) {
  return made(ItemKind::body, std::string(text));
}

Item symbol_item(std::string_view text) {
  return made(ItemKind::symbol, std::string(text));
}

Item group_item(std::vector<Item> items) {
  Item item = made(ItemKind::group, {});
  item.items = std::move(items);
  return item;
}

Item sql_item(std::string_view sql) {
  return made(ItemKind::group, std::string(sql));
}

Item tight(Item item) {
  item.tight = true;
  return item;
}

}  // namespace schemac
