#include "compiler/print/print_statement.h"

#include <algorithm>

#include "compiler/names/names.h"
#include "compiler/names/vocabulary.h"
#include "compiler/parse/type_parser.h"
#include "compiler/print/layout.h"
#include "compiler/print/print_value.h"

namespace schemac {
namespace {

std::string key_of(std::string_view schema, std::string_view name) {
  return std::string(schema) + '\0' + std::string(name);
}

bool stands_alone(const KindInfo& kind) {
  return kind.parents.empty() && (kind.scope == Scope::schema || kind.scope == Scope::signature);
}

class StatementMaker {
 public:
  StatementMaker(std::string_view home, const PrintContext& context, const Object* whole_file)
      : home_(home), context_(context), whole_file_(whole_file) {}

  Statement make(const Object& object) const {
    Statement statement;
    const KindInfo& kind = object.kind();
    if (const std::string* comment = context_.comment_on(object.id)) {
      statement.has_doc = true;
      statement.doc = *comment;
    }
    for (std::size_t i = 0; i < kind.fields.size(); ++i)
      if (kind.fields[i].place == Place::lead && !object.values[i].absent())
        print_words(kind.fields[i].clause, statement.items);
    const bool part = context_.whole_of(object) != nullptr;
    print_words(part ? kind.part_keyword : kind.keyword, statement.items);
    print_name(object, statement.items);
    print_clauses(kind.fields, object.values, {}, object, home_, context_, statement.items);
    print_inline(object, statement.items);
    print_block(object, statement);
    if (part && statement.block.empty()) statement.has_block = false;
    return statement;
  }

 private:
  void print_name(const Object& object, std::vector<Item>& items) const {
    const KindInfo& kind = object.kind();
    if (kind.naming == Naming::none || !context_.placements().of(object).named) return;
    const std::string_view schema = object.id.path().front();
    const bool qualified = stands_alone(kind) && schema != home_;
    if (kind.naming == Naming::symbol) {
      if (qualified) items.insert(items.end(), {name_item(schema), symbol_item(".")});
      return items.push_back(symbol_item(object.id.name()));
    }
    add_qname(items, qualified ? schema : std::string_view(), object.id.name());
  }

  void print_inline(const Object& object, std::vector<Item>& items) const {
    for (const Object* clause : context_.placements().clauses(object)) print_clause(*clause, items);
  }

  void print_clause(const Object& object, std::vector<Item>& items) const {
    const KindInfo& kind = object.kind();
    print_words(kind.inline_keyword, items);
    std::vector<Item> clauses;
    print_clauses(kind.fields, object.values, kind.inline_field, object, home_, context_, clauses);
    // `references t` says with one word that it is a reference, and to what.
    if (starts_by_a_clause(kind)) clauses.erase(clauses.begin());
    items.insert(items.end(), clauses.begin(), clauses.end());
  }

  void print_block(const Object& object, Statement& statement) const {
    const KindInfo& kind = object.kind();
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
      if (kind.fields[i].listing != Listing::block) continue;
      statement.has_block = true;
      if (object.values[i].absent()) continue;
      Statement list;
      print_value(kind.fields[i], object.values[i], object, home_, context_, list.items);
      statement.block.push_back(std::move(list));
    }
    print_members(object, statement);
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
      if (kind.fields[i].place != Place::member || object.values[i].absent()) continue;
      Statement member;
      print_words(kind.fields[i].clause, member.items);
      print_value(kind.fields[i], object.values[i], object, home_, context_, member.items);
      if (kind.fields[i].holds_parts)
        for (const Object* part : context_.parts_of(object)) member.block.push_back(make(*part));
      member.has_block = !member.block.empty();
      statement.block.push_back(std::move(member));
    }
    // What is made of members has a block even where it has none.
    statement.has_block =
        statement.has_block || !statement.block.empty() || members_of(&kind).anonymous != nullptr;
  }

  void print_members(const Object& object, Statement& statement) const {
    bool anonymous = false;
    const auto add = [&](Statement member, const KindInfo& kind) {
      // An empty line between the columns and what follows them.
      member.blank_before = anonymous && !kind.keyword.empty();
      anonymous = kind.keyword.empty();
      statement.block.push_back(std::move(member));
    };
    bool differs = differs_from_file(object);
    for (const Object* child : context_.children().of(object.id)) {
      const KindInfo& kind = child->kind();
      const bool member = !kind.parents.empty() || kind.stands_on != nullptr;
      if (!member || is_said_by_file(*child) || context_.placements().of(*child).host != nullptr)
        continue;
      if (differs && kind.rank > whole_file_->kind().rank)
        add(of_the_runner(), whole_file_->kind()), differs = false;
      add(make(*child), kind);
    }
    if (differs) add(of_the_runner(), whole_file_->kind());
  }

  bool is_said_by_file(const Object& child) const {
    return whole_file_ != nullptr && &child.kind() == &whole_file_->kind() &&
           child.values == whole_file_->values;
  }

  // Whether the file says for all what does not hold for this object, which has nothing of it.
  bool differs_from_file(const Object& object) const {
    if (whole_file_ == nullptr || !takes_whole_file(object, whole_file_->kind())) return false;
    const auto& children = context_.children().of(object.id);
    return std::none_of(children.begin(), children.end(), [&](const Object* child) {
      return &child->kind() == &whole_file_->kind();
    });
  }

  Statement of_the_runner() const {
    Statement statement;
    print_words(whole_file_->kind().keyword, statement.items);
    statement.items.push_back(word_item(kCurrentUser));
    return statement;
  }

  std::string_view home_;
  const PrintContext& context_;
  const Object* whole_file_;
};

}  // namespace

PrintContext::PrintContext(const Catalog& catalog)
    : catalog_(catalog), children_(catalog), placements_(catalog, children_) {
  for (const Object& object : catalog.objects()) {
    const KindInfo& kind = object.kind();
    if (!stands_alone(kind)) continue;
    const std::string key = key_of(object.id.path().front(), object.id.name());
    names_.insert(key);
    if (kind.spaces.relation) relations_.emplace(key, &object);
  }
  for (const Object& object : catalog.objects())
    if (const Object* whole = whole_of(object)) parts_[whole].push_back(&object);
}

const Object* PrintContext::whole_of(const Object& object) const {
  const KindInfo& kind = object.kind();
  if (kind.part_keyword.empty()) return nullptr;
  const QName* whole = object.value(kind.part_field).qname();
  return whole == nullptr ? nullptr : relation(*whole);
}

const std::vector<const Object*>& PrintContext::parts_of(const Object& whole) const {
  static const std::vector<const Object*> none;
  const auto at = parts_.find(&whole);
  return at == parts_.end() ? none : at->second;
}

bool PrintContext::is_found(const QName& name, std::string_view home) const {
  if (name.schema.empty() || name.schema.text == home) return true;
  return name.schema.text == kPublic && names_.contains(key_of(kPublic, name.name.text)) &&
         !names_.contains(key_of(home, name.name.text));
}

bool PrintContext::hides_server(std::string_view name, std::string_view home) const {
  return names_.contains(key_of(home, name)) || names_.contains(key_of(kPublic, name));
}

bool PrintContext::is_found_type(const QName& name, std::string_view home) const {
  if (name.schema.empty()) return true;
  if (is_builtin_type(name.name.text)) return false;
  const bool of_model = names_.contains(key_of(name.schema.text, name.name.text));
  if (!of_model) {
    // An extension's, found by its name where we know that the extension brings it.
    const ExtensionInfo* extension = extension_of_type(name.name.text);
    return extension != nullptr && !names_.contains(key_of(home, name.name.text)) &&
           !names_.contains(key_of(kPublic, name.name.text));
  }
  return is_found(name, home);
}

const Object* PrintContext::relation(const QName& name) const {
  const auto at = relations_.find(key_of(name.schema.text, name.name.text));
  return at == relations_.end() ? nullptr : at->second;
}

const std::string* PrintContext::comment_on(const ObjectId& id) const {
  for (const Object* child : children_.of(id))
    if (child->kind().documents) return child->values[0].text();
  return nullptr;
}

Statement statement_of(const Object& object, std::string_view home, const PrintContext& context,
                       const Object* whole_file) {
  return StatementMaker(home, context, whole_file).make(object);
}

Statement whole_file_statement(const Object& whole_file, std::string_view home,
                               const PrintContext& context) {
  return StatementMaker(home, context, nullptr).make(whole_file);
}

bool takes_whole_file(const Object& object, const KindInfo& whole_file) {
  return whole_file.stands_on(object.kind()) && !object.kind().names_others &&
         object.parent.empty();
}

}  // namespace schemac
