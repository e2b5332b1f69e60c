#include "compiler/print/print.h"

#include <algorithm>
#include <set>

#include "compiler/names/names.h"
#include "compiler/names/vocabulary.h"
#include "compiler/print/layout.h"
#include "compiler/print/print_statement.h"

namespace schemac {
namespace {

// A file name of letters, digits and a few marks; what is not one of these becomes its bytes in
// hex, so that two names never share a file, however the file system folds letters.
std::string file_name(std::string_view name) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (const char c : name) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-') {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

std::string with_underscores(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), ' ', '_');
  return out;
}

// Whether an object has a file of its own: a relation that others stand in.
bool has_own_file(const KindInfo& kind) {
  const auto& members = members_of(&kind).keyed;
  return kind.spaces.relation &&
         std::any_of(members.begin(), members.end(),
                     [](const KindInfo* member) { return !member->parents.empty(); });
}

class Printer {
 public:
  explicit Printer(const Catalog& catalog) : catalog_(catalog), context_(catalog) {}

  // Their statements one file after the other: those of a large schema take more room than its
  // catalog.
  std::map<std::string, std::string> files() {
    std::set<std::string> schemas;
    for (const Object& object : catalog_.objects()) {
      const KindInfo& kind = object.kind();
      if (!kind.parents.empty() || stands_on_others(kind)) continue;
      if (context_.whole_of(object) != nullptr) continue;
      if (kind.names_others)
        schemas.insert(std::string(object.id.name()));
      else
        place(object);
    }
    for (const std::string& schema : schemas)
      if (needs_words(schema)) contents_[schema_file(schema)].says_schema = schema;
    std::map<std::string, std::string> files;
    for (const auto& [path, content] : contents_) files.emplace(path, layout(statements(content)));
    return files;
  }

  // Which of the files each object stands in.
  PrintedSchema::Places places() const {
    PrintedSchema::Places places;
    for (const auto& [path, content] : contents_)
      for (const Object* object : content.objects) places.emplace(object->id, path);
    for (const Object& object : catalog_.objects()) find_place(object, places);
    return places;
  }

  std::string text() {
    std::vector<Statement> statements;
    std::string home(kPublic);
    std::vector<const Object*> all;
    for (const Object& object : catalog_.objects()) all.push_back(&object);
    const Object* whole_file = whole_file_of(all);
    if (whole_file != nullptr) add(statements, whole_file_statement(*whole_file, home, context_));
    for (const Object& object : catalog_.objects())
      if (object.kind().parents.empty() && object.kind().scope == Scope::database &&
          !object.kind().names_others)
        add(statements, statement_of(object, home, context_, whole_file));
    std::set<std::string> schemas{std::string(kPublic)};
    for (const Object& object : catalog_.objects())
      if (object.kind().names_others || stands_in_schema(object))
        schemas.insert(std::string(object.id.path().front()));
    // Of several schemas each is open to the next one; alone, public needs no line that opens it.
    const bool alone = schemas.size() == 1;
    print_schema(std::string(kPublic), !alone && uses_public(), whole_file, statements);
    for (const std::string& schema : schemas)
      if (schema != kPublic) print_schema(schema, true, whole_file, statements);
    return layout(statements);
  }

 private:
  struct Content {
    std::string home;  // the schema of the objects
    std::vector<const Object*> objects;
    std::string says_schema;  // that something is said about
  };

  static bool stands_in_schema(const Object& object) {
    return object.kind().parents.empty() &&
           (object.kind().scope == Scope::schema || object.kind().scope == Scope::signature);
  }

  bool uses_public() const {
    return std::any_of(catalog_.objects().begin(), catalog_.objects().end(),
                       [](const Object& object) {
                         return stands_in_schema(object) && object.id.path().front() == kPublic;
                       });
  }

  static void add(std::vector<Statement>& statements, Statement statement) {
    statement.blank_before =
        !statements.empty() &&
        (statement.has_block || statements.back().has_block || statement.has_doc);
    statements.push_back(std::move(statement));
  }

  Statement opening(std::string_view schema) const {
    const ObjectId id(namespace_kind(), {schema});
    if (const Object* object = catalog_.find(id)) return statement_of(*object, schema, context_);
    Statement statement;
    statement.items = {word_item(namespace_kind().keyword), name_item(schema)};
    return statement;
  }

  void print_schema(const std::string& schema, bool always, const Object* whole_file,
                    std::vector<Statement>& statements) const {
    if (always || catalog_.contains(ObjectId(namespace_kind(), {schema}))) {
      add(statements, opening(schema));
      statements.back().blank_before = statements.size() > 1;
    }
    for (const Object& object : catalog_.objects())
      if (stands_in_schema(object) && object.id.path().front() == schema &&
          context_.whole_of(object) == nullptr)
        add(statements, statement_of(object, schema, context_, whole_file));
  }

  void place(const Object& object) {
    const KindInfo& kind = object.kind();
    const bool in_schema = kind.scope != Scope::database;
    const std::string schema(in_schema ? object.id.path().front() : kPublic);
    const std::string folder = schema == kPublic ? "" : file_name(schema) + "/";
    std::string name = with_underscores(kind.plural);
    if (has_own_file(kind)) {
      name = file_name(object.id.name());
    } else if (!object.parent.empty()) {  // a sequence with the table whose column owns it
      const Object* owner = catalog_.find(object.parent);
      const ObjectId relation = owner == nullptr ? ObjectId() : owner->parent;
      if (!relation.empty() && relation.path().front() == schema) name = file_name(relation.name());
    }
    // A relation called as the file of a kind is (`enums`) shares it: order means nothing there.
    const std::string path = folder + name + ".schema";
    contents_[path].home = schema;
    contents_[path].objects.push_back(&object);
  }

  // The file of an object: that of what it is a part of or stands in; "" where it has none.
  std::string find_place(const Object& object, PrintedSchema::Places& places) const {
    if (const auto known = places.find(object.id); known != places.end()) return known->second;
    if (object.kind().names_others) return {};
    const Object* around = context_.whole_of(object);
    if (around == nullptr && !object.parent.empty()) around = catalog_.find(object.parent);
    if (around == nullptr) return {};
    const std::string place =
        around->kind().names_others ? schema_file(around->id.name()) : find_place(*around, places);
    if (!place.empty()) places.emplace(object.id, place);
    return place;
  }

  // The file of what is said about a schema.
  static std::string schema_file(std::string_view schema) {
    return (schema == kPublic ? "" : file_name(schema) + "/") + "schema.schema";
  }

  // Whether something is said about a schema that is not known from what stands in it.
  bool needs_words(const std::string& schema) const {
    const bool empty = std::none_of(contents_.begin(), contents_.end(), [&](const auto& file) {
      return !file.second.objects.empty() && file.second.home == schema;
    });
    return empty || !context_.children().of(ObjectId(namespace_kind(), {schema})).empty();
  }

  std::vector<Statement> statements(const Content& content) const {
    std::vector<Statement> statements;
    // Every file of a schema other than public opens it; one says what is said about it.
    if (!content.says_schema.empty()) {
      statements.push_back(opening(content.says_schema));
    } else if (content.home != kPublic) {
      Statement& statement = statements.emplace_back();
      statement.items = {word_item(namespace_kind().keyword), name_item(content.home)};
    }
    const std::size_t first = statements.size();
    const Object* whole_file = whole_file_of(content.objects);
    if (whole_file != nullptr)
      add(statements, whole_file_statement(*whole_file, content.home, context_));
    for (const Object* object : content.objects) {
      add(statements, statement_of(*object, content.home, context_, whole_file));
      if (whole_file != nullptr && statements.size() == first + 2)
        statements.back().blank_before = true;
    }
    if (statements.size() > first) statements[first].blank_before = content.home != kPublic;
    return statements;
  }

  // What holds for more of the objects than anything else does, or nullptr.
  const Object* whole_file_of(const std::vector<const Object*>& objects) const {
    std::vector<std::pair<const Object*, int>> votes{{nullptr, 0}};
    for (const KindInfo* kind : all_kinds()) {
      if (!kind->for_whole_file) continue;
      for (const Object* object : objects) {
        if (!takes_whole_file(*object, *kind)) continue;
        const Object* said = nullptr;
        for (const Object* child : context_.children().of(object->id))
          if (&child->kind() == kind) said = child;
        const auto same = std::find_if(votes.begin(), votes.end(), [&](const auto& vote) {
          return said == nullptr || vote.first == nullptr ? said == vote.first
                                                          : said->values == vote.first->values;
        });
        if (same == votes.end())
          votes.emplace_back(said, 1);
        else
          ++same->second;
      }
    }
    return std::max_element(votes.begin(), votes.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
  }

  const Catalog& catalog_;
  PrintContext context_;
  std::map<std::string, Content> contents_;  // of each file
};

}  // namespace

std::map<std::string, std::string> print_files(const Catalog& catalog) {
  return Printer(catalog).files();
}

PrintedSchema print_schema(const Catalog& catalog) {
  Printer printer(catalog);
  std::map<std::string, std::string> files = printer.files();
  return {std::move(files), printer.places()};
}

std::string print_text(const Catalog& catalog) {
  return Printer(catalog).text();
}

}  // namespace schemac
