#pragma once
// Objects as statements, by the field tables alone.

#include <unordered_map>
#include <unordered_set>

#include "compiler/ir/catalog.h"
#include "compiler/parse/statement.h"
#include "compiler/print/placement.h"

namespace schemac {

// What the printer knows of the whole catalog.
class PrintContext {
 public:
  explicit PrintContext(const Catalog& catalog);

  const Catalog& catalog() const { return catalog_; }
  const Children& children() const { return children_; }
  // Whether `name` is found without its schema where `home` is the schema of unqualified names.
  bool is_found(const QName& name, std::string_view home) const;
  // Whether a type of that name is found so; those of extensions are no objects of the catalog.
  // Whether the model has something of that name where the server's own is meant.
  bool hides_server(std::string_view name, std::string_view home) const;
  bool is_found_type(const QName& name, std::string_view home) const;
  const Object* relation(const QName& name) const;
  // The text of the comment on an object, or nullptr.
  const std::string* comment_on(const ObjectId& id) const;
  const Placements& placements() const { return placements_; }
  // What an object is a part of, and is written in; nullptr where it stands alone.
  const Object* whole_of(const Object& object) const;
  const std::vector<const Object*>& parts_of(const Object& whole) const;

 private:
  const Catalog& catalog_;
  Children children_;
  Placements placements_;
  std::unordered_map<std::string, const Object*> relations_;
  std::unordered_map<const Object*, std::vector<const Object*>> parts_;
  std::unordered_set<std::string> names_;  // schema and name of everything that stands alone
};

// The statement of an object that stands alone, with all that stands in it. Unqualified names are
// looked up in `home`; what `whole_file` says for the whole file is left out.
Statement statement_of(const Object& object, std::string_view home, const PrintContext& context,
                       const Object* whole_file = nullptr);
// The statement that says it.
Statement whole_file_statement(const Object& whole_file, std::string_view home,
                               const PrintContext& context);
// Whether the whole of a file can say something for `object`: it stands alone, and no schema does.
bool takes_whole_file(const Object& object, const KindInfo& whole_file);

}  // namespace schemac
