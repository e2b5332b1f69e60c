#include "codegen/postgres/retained.h"

#include <algorithm>
#include <utility>

#include "codegen/postgres/parts.h"
#include "compiler/diff/diff.h"
#include "compiler/kinds/column.h"
#include "compiler/kinds/domain.h"
#include "compiler/kinds/owner.h"
#include "compiler/kinds/table.h"

namespace schemac::postgres {
namespace {

constexpr std::string_view kAside = "__retained_";
constexpr std::size_t kTimeDigits = 14;

bool is_column(const Object& object) {
  return &object.kind() == &column_kind;
}

class Keeper {
 public:
  Keeper(const Catalog& from, Catalog& to, const Retention& retention)
      : from_(from), children_(from), to_(to), retention_(retention) {}

  void keep(const Retained& asked) {
    const Object* was = from_.find(asked.id);
    if (was == nullptr || (!was->parent.empty() && !to_.contains(was->parent))) return;
    const Ident name =
        suffixed(Ident(std::string(was->id.name())), std::string(kAside) + retention_.now);
    if (std::string reason = why_not(*was); !reason.empty())
      unretained_.push_back({asked, std::move(reason)});
    else if (is_column(*was))
      add_column(*was, name, asked.at);
    else
      add_table(*was, name, asked.at);
  }

  // What is aside already, as it is.
  void keep_on(const Object& was) {
    const std::string_view since = retained_since(was.id.name());
    if (since.empty() || since < retention_.keep_since || to_.contains(was.id)) return;
    const Object* table = was.parent.empty() ? nullptr : to_.find(was.parent);
    if (is_column(was) && table == nullptr) return;
    if (std::string reason = why_not(was); !reason.empty()) {
      unretained_.push_back(
          {{was.id, table == nullptr ? SourceSpan{} : table->declared_at}, reason});
    } else if (is_column(was)) {
      add({was, was.id, was.parent, table->declared_at});
    } else {
      add({was, was.id, {}, {}});
      add_members(was, was.id, {});
    }
  }

  std::vector<Unretained> run(std::span<const Retained> asked) {
    for (const Retained& each : asked) keep(each);
    for (const Object& object : from_.objects())
      if (object.kind().holds_rows) keep_on(object);
    for (Object& object : added_) to_.add(std::move(object));
    if (!added_.empty()) to_.sort();
    return std::move(unretained_);
  }

 private:
  struct Copy {
    const Object& was;
    ObjectId id, parent;
    SourceSpan at;
  };

  Object& add(Copy copy) {
    Object object = copy.was;
    object.id = copy.id;
    object.parent = copy.parent;
    object.declared_at = copy.at;
    object.was = {};
    object.position = next_position(copy.parent, copy.was);
    added_.push_back(std::move(object));
    return added_.back();
  }

  // Behind what is declared.
  int next_position(const ObjectId& parent, const Object& was) const {
    if (!was.kind().recorded_order || !to_.contains(parent)) return was.position;
    int next = 0;
    for (const std::vector<Object>* objects : {&std::as_const(to_).objects(), &added_})
      for (const Object& object : *objects)
        if (object.parent == parent && object.kind().recorded_order)
          next = std::max(next, object.position + 1);
    return next;
  }

  // Without what would stand in the way of new rows.
  void add_column(const Object& was, const Ident& name, const SourceSpan& at) {
    const auto path = was.parent.path();
    Object& aside =
        add({was, ObjectId(column_kind, {path[0], path[1], name.text}), was.parent, at});
    aside.was = Ident(std::string(was.id.name()));
    aside.values.set(field_index(column_kind, "nullable"), true);
    for (const std::string_view field : {"identity", "generated"})
      aside.values.set(field_index(column_kind, field), {});
  }

  void add_table(const Object& was, const Ident& name, const SourceSpan& at) {
    const ObjectId id(table_kind, {was.id.path().front(), name.text});
    add({was, id, {}, at}).was = Ident(std::string(was.id.name()));
    add_members(was, id, at);
  }

  static ObjectId column_in(const ObjectId& table, const ObjectId& column) {
    return ObjectId::from_key(column_kind, table.key() + '\0' + std::string(column.name()));
  }

  // Its columns and whose it is: rows need no more.
  void add_members(const Object& was, const ObjectId& id, const SourceSpan& at) {
    for (const Object* child : children_.of(was.id)) {
      if (is_column(*child)) {
        Object& column = add({*child, column_in(id, child->id), id, at});
        for (Edge& edge : column.depends)
          if (stands_in(edge.target, was.id)) edge.target = column_in(id, edge.target);
      }
      if (&child->kind() == &owner_kind)
        add({*child, ObjectId::from_key(owner_kind, std::string(table_kind.name) + '\0' + id.key()),
             id, at});
    }
  }

  std::string why_not(const Object& was) const {
    if (to_.contains(was.id)) return "it is still declared";
    if (is_column(was)) {
      if (typed<Column>(was).generated) return "its values are computed from others, which stay";
      if (!takes_null(was)) return "its domain refuses NULL, which new rows would have in it";
      return missing_need(was);
    }
    const auto table = typed<Table>(was);
    if (table.foreign) return "its rows are elsewhere";
    if (table.partition_by || table.partition_of || table.of || !table.inherits.empty() ||
        has_heirs(was))
      return "it shares its columns with another table";
    for (const Object* child : children_.of(was.id))
      if (is_column(*child))
        if (std::string reason = missing_need(*child); !reason.empty()) return reason;
    return {};
  }

  // Whether no domain says otherwise, be it one below another.
  bool takes_null(const Object& was) const {
    return std::all_of(was.depends.begin(), was.depends.end(), [&](const Edge& edge) {
      const Object* domain =
          &edge.target.kind() == &domain_kind ? from_.find(edge.target) : nullptr;
      return domain == nullptr || (!typed<Domain>(*domain).not_null && takes_null(*domain));
    });
  }

  bool stands_in(const ObjectId& id, const ObjectId& parent) const {
    const Object* object = from_.find(id);
    return object != nullptr && object->parent == parent;
  }

  // What it cannot do without must stay declared for as long.
  std::string missing_need(const Object& was) const {
    for (const Edge& edge : was.depends)
      if (!to_.contains(edge.target) && !stands_in(edge.target, was.parent))
        return "it needs " + to_string(edge.target) + ", which is not declared any more";
    return {};
  }

  bool has_heirs(const Object& was) const {
    const QName name{Ident(std::string(was.id.path()[0])), Ident(std::string(was.id.path()[1]))};
    return std::any_of(from_.objects().begin(), from_.objects().end(), [&](const Object& object) {
      if (&object.kind() != &table_kind) return false;
      const auto table = typed<Table>(object);
      return table.partition_of == name ||
             std::find(table.inherits.begin(), table.inherits.end(), name) != table.inherits.end();
    });
  }

  const Catalog& from_;
  const Children children_;
  Catalog& to_;
  const Retention& retention_;
  std::vector<Object> added_;
  std::vector<Unretained> unretained_;
};

}  // namespace

std::string_view retained_since(std::string_view name) {
  const std::size_t length = kAside.size() + kTimeDigits;
  if (name.size() <= length || !name.substr(name.size() - length).starts_with(kAside)) return {};
  const std::string_view time = name.substr(name.size() - kTimeDigits);
  return time.find_first_not_of("0123456789") == std::string_view::npos ? time : std::string_view();
}

bool keeps_aside(const ObjectId& aside, const ObjectId& was) {
  const std::string_view since = retained_since(aside.name());
  if (since.empty() || &aside.kind() != &was.kind()) return false;
  const Path a = aside.path(), b = was.path();
  return std::equal(a.begin(), a.end() - 1, b.begin(), b.end() - 1) &&
         suffixed(Ident(std::string(was.name())), std::string(kAside) + std::string(since)).text ==
             aside.name();
}

std::vector<Unretained> keep_retained(const Catalog& from, Catalog& to,
                                      std::span<const Retained> asked, const Retention& retention) {
  const bool any =
      !asked.empty() ||
      std::any_of(from.objects().begin(), from.objects().end(), [](const Object& object) {
        return object.kind().holds_rows && !retained_since(object.id.name()).empty();
      });
  if (!any) return {};
  // Under the names that they have by then.
  const std::vector<Rename> renames = find_renames(from, to);
  if (renames.empty()) return Keeper(from, to, retention).run(asked);
  return Keeper(apply_renames(from, to, renames).catalog, to, retention).run(asked);
}

}  // namespace schemac::postgres
