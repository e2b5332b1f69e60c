#include "introspect/postgres/read.h"

#include <algorithm>
#include <optional>

#include "introspect/postgres/connection.h"
#include "introspect/postgres/decode.h"
#include "introspect/postgres/left_out.h"
#include "introspect/postgres/overloaded.h"
#include "introspect/postgres/snapshot.h"

namespace schemac::postgres {
namespace {

// The oid that pg_class has in every database: where rows do not say what kind of parent they have.
constexpr Oid kRelationCatalog = 1259;
// The same of pg_attrdef: the server keeps defaults apart, also where they are part of a column.
constexpr Oid kDefaultCatalog = 2604;

// Where the queries of all kinds keep what is not a field.
struct Columns {
  explicit Columns(const pqxx::result& rows)
      : classid(find_column(rows, "classid")),
        objid(find_column(rows, "objid")),
        objsubid(find_column(rows, "objsubid")),
        parent_class(find_column(rows, "parent_class")),
        parent(find_column(rows, "parent")),
        parent_sub(find_column(rows, "parent_sub")),
        schema(find_column(rows, "schema")),
        name(find_column(rows, "name")),
        position(find_column(rows, "position")),
        refrelid(find_column(rows, "refrelid")),
        attached(find_column(rows, "attached")),
        default_id(find_column(rows, "default_id")),
        collation_id(find_column(rows, "collation_id")),
        type(find_column(rows, "type")),
        unmanaged(find_column(rows, "unmanaged")) {}

  int classid, objid, objsubid, parent_class, parent, parent_sub, schema, name, position, refrelid,
      attached, default_id, collation_id, type, unmanaged;
};

// All kinds, each behind those that its objects stand in.
std::vector<const KindInfo*> parents_first() {
  std::vector<const KindInfo*> order;
  const auto placed = [&order](std::string_view name) {
    return std::any_of(order.begin(), order.end(),
                       [&](const KindInfo* kind) { return kind->name == name; });
  };
  while (order.size() < all_kinds().size())
    for (const KindInfo* kind : all_kinds()) {
      const bool last = kind->scope == Scope::target && order.size() + 1 < all_kinds().size();
      if (last || placed(kind->name)) continue;
      if (std::all_of(kind->parents.begin(), kind->parents.end(), placed)) order.push_back(kind);
    }
  return order;
}

// Those that names and dependencies come from, those of the kinds, and what has none.
std::vector<std::string_view> queries() {
  std::vector<std::string_view> names = {"depend",           "types",     "modifiers",
                                         "operator_classes", "coercions", "collations",
                                         "view_attributes",  "inherited"};
  for (const KindInfo* kind : parents_first()) names.push_back(kind->name);
  names.push_back("unmanaged");
  names.push_back("overloaded");
  return names;
}

class Reader {
 public:
  Reader(const std::string& url, const std::vector<std::string>& ignored_schemas)
      : snapshot_(url, queries()),
        ignored_schemas_(ignored_schemas),
        names_(snapshot_.server_version()),
        dependencies_(snapshot_.rows("depend")) {}

  ReadResult read() {
    names_.read_types(snapshot_.rows("types"));
    names_.read_modifiers(snapshot_.rows("modifiers"));
    names_.read_operator_classes(snapshot_.rows("operator_classes"));
    names_.read_coercions(snapshot_.rows("coercions"));
    names_.read_collations(snapshot_.rows("collations"));
    names_.read_view_attributes(snapshot_.rows("view_attributes"));
    for (const KindInfo* kind : parents_first()) read_kind(*kind);
    find_parents();
    read_inherited();
    std::vector<UnmanagedItem> unmanaged =
        read_unmanaged(snapshot_.rows("unmanaged"), items_, dependencies_, ignored_schemas_);
    mark_left_out(items_, unmanaged, dependencies_);
    add_oddities(unmanaged);
    number_siblings();
    add_edges();
    ReadResult result;
    result.unmanaged = report(items_, unmanaged);
    result.catalog = make_catalog();
    qualify_server_functions(result.catalog, read_overloaded());
    return result;
  }

 private:
  void read_kind(const KindInfo& kind);
  void read_row(const KindInfo& kind, const Decoder& decoder, const Columns& columns, Row& row);
  std::optional<ObjectId> make_id(const KindInfo& kind, const Item& item, const Columns& columns,
                                  const Row& row) const;
  void remember_names(const Item& item, const Columns& columns, const Row& row);
  void add_oddities(std::vector<UnmanagedItem>& unmanaged) const;
  void find_parents();
  void read_inherited();
  void number_siblings();
  void add_edges();
  Catalog make_catalog();
  std::vector<std::string> read_overloaded();

  Snapshot snapshot_;
  const std::vector<std::string>& ignored_schemas_;
  Names names_;
  Dependencies dependencies_;
  Items items_;
  std::vector<Address> orphans_;  // what carries a comment and is no object
  // Plurals of what an object has and no field holds.
  std::vector<std::pair<ItemIndex, std::string>> oddities_;
};

void Reader::read_kind(const KindInfo& kind) {
  const pqxx::result rows = snapshot_.rows(kind.name);
  const Decoder decoder(kind, rows, names_, snapshot_.server_version());
  const Columns columns(rows);
  items_.reserve(rows.size());
  for (pqxx::result::size_type i = 0; i < rows.size(); ++i) {
    Row row(rows, i);
    read_row(kind, decoder, columns, row);
  }
}

void Reader::read_row(const KindInfo& kind, const Decoder& decoder, const Columns& columns,
                      Row& row) {
  const auto oid = [&](int column) { return static_cast<Oid>(row.number(column)); };
  Item item;
  item.address = {oid(columns.classid), oid(columns.objid),
                  static_cast<std::int32_t>(row.number(columns.objsubid))};
  item.parent = {static_cast<Oid>(row.number(columns.parent_class, kRelationCatalog)),
                 oid(columns.parent), static_cast<std::int32_t>(row.number(columns.parent_sub))};
  if (dependencies_.extension_of(item.address).object != 0) return;
  // The server makes functions of its own for a range type.
  if (item.address.column == 0 && dependencies_.owner_of(item.address).object != 0) return;
  row.relation = item.parent.object != 0 ? item.parent.object : item.address.object;
  row.ref_relation = oid(columns.refrelid);
  item.attached = row.cell(columns.attached) == "t";
  Object& object = item.object;
  object.position = static_cast<int>(row.number(columns.position));
  object.values = decoder.values(row);
  item.parent_item = items_.find(item.parent);
  const auto id = make_id(kind, item, columns, row);
  if (!id) {
    if (kind.scope == Scope::target) orphans_.push_back(item.parent);
    return;
  }
  object.id = *id;
  item.unresolved = row.unresolved;
  const std::string_view home = kind.scope == Scope::schema || kind.scope == Scope::signature
                                    ? object.id.path()[0]
                                : kind.names_others ? object.id.name()
                                                    : std::string_view();
  item.ignored =
      std::find(ignored_schemas_.begin(), ignored_schemas_.end(), home) != ignored_schemas_.end();
  remember_names(item, columns, row);
  const ItemIndex index = items_.add(std::move(item));
  if (const auto plural = row.cell(columns.unmanaged)) oddities_.emplace_back(index, *plural);
  if (row.cell(columns.default_id))
    items_.add_address({kDefaultCatalog, oid(columns.default_id), 0}, index);
}

// Nothing for a child of what was not read: it goes with its parent.
std::optional<ObjectId> Reader::make_id(const KindInfo& kind, const Item& item,
                                        const Columns& columns, const Row& row) const {
  const ItemIndex parent = item.parent_item;
  const bool stands_inside = !kind.parents.empty() || kind.scope == Scope::target;
  if (stands_inside && parent == kNoItem) return std::nullopt;
  std::string key;
  const auto append = [&key](std::string_view part) {
    if (!key.empty()) key += '\0';
    key += part;
  };
  switch (kind.scope) {
    case Scope::schema:
    case Scope::signature:
      append(row.cell(columns.schema).value_or(""));
      break;
    case Scope::parent:
    case Scope::single:
      append(items_[parent].object.id.key());
      break;
    case Scope::target:
      append(items_[parent].object.kind().name);
      append(items_[parent].object.id.key());
      break;
    case Scope::database:
      break;
  }
  if (kind.scope != Scope::single && kind.scope != Scope::target)
    append(row.cell(columns.name).value_or(""));
  if (kind.scope == Scope::signature) {
    key += '\0';
    key += kind.signature(item.object.values);
  }
  return ObjectId::from_key(kind, std::move(key));
}

// Later rows name relations and columns by their numbers.
void Reader::remember_names(const Item& item, const Columns& columns, const Row& row) {
  if (item.address.catalog != kRelationCatalog) return;
  const Oid id = item.address.object;
  if (item.address.column != 0) {
    names_.add_attribute(
        id, item.address.column,
        {std::string(item.object.id.name()), static_cast<Oid>(row.number(columns.type)),
         static_cast<Oid>(row.number(columns.collation_id))});
  } else {
    const auto path = item.object.id.path();
    names_.add_relation(id, qualified(path[0], path[1]));
  }
}

// What hangs on objects of the catalog and is no object itself. A comment may stand on what the
// model sees as a part of another object: the index of a primary key, the sequence of an identity.
void Reader::add_oddities(std::vector<UnmanagedItem>& unmanaged) const {
  const auto add = [&](std::string plural, ItemIndex item) {
    if (item == kNoItem || !items_[item].left_out.empty()) return;
    unmanaged.push_back({std::move(plural), "", to_string(items_[item].object.id), {}});
  };
  for (const Address& address : orphans_)
    add("comments on parts of objects", items_.find_dependent(address, dependencies_));
  for (const Address& address : dependencies_.with_extensions())
    add("dependencies on extensions", items_.find_dependent(address, dependencies_));
  for (const auto& [item, plural] : oddities_) add(plural, item);
}

void Reader::find_parents() {
  for (Item& item : items_.all()) {
    // A sequence is read before the column that owns it.
    if (item.parent_item == kNoItem && item.parent.object != 0)
      item.parent_item = items_.find(item.parent);
    if (item.parent_item != kNoItem) item.object.parent = items_[item.parent_item].object.id;
  }
}

void Reader::read_inherited() {
  for (const pqxx::row& row : snapshot_.rows("inherited")) {
    const auto address = [&](pqxx::row::size_type first) {
      return Address{row[first].as<Oid>(), row[first + 1].as<Oid>(),
                     row[first + 2].as<std::int32_t>()};
    };
    items_.add_origin(address(0), address(3));
  }
}

// Numbers of columns have gaps where columns were dropped; the order of the model has none.
void Reader::number_siblings() {
  std::vector<ItemIndex> ordered;
  for (ItemIndex i = 0; i < items_.size(); ++i)
    if (items_[i].object.kind().recorded_order) ordered.push_back(i);
  std::sort(ordered.begin(), ordered.end(), [&](ItemIndex a, ItemIndex b) {
    const Item &first = items_[a], &second = items_[b];
    if (first.parent.object != second.parent.object)
      return first.parent.object < second.parent.object;
    return first.object.position < second.object.position;
  });
  int next = 0;
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    Item& item = items_[ordered[i]];
    if (i == 0 || !(items_[ordered[i - 1]].parent == item.parent)) next = 0;
    item.object.position = next++;
  }
}

void Reader::add_edges() {
  const auto stands_in = [&](ItemIndex inner, ItemIndex outer) {
    for (ItemIndex at = inner; at != kNoItem; at = items_[at].parent_item)
      if (at == outer) return true;
    return false;
  };
  for (const Dependency& dependency : dependencies_.all()) {
    const ItemIndex dependent = items_.find_dependent(dependency.dependent, dependencies_);
    if (dependent == kNoItem || !items_[dependent].left_out.empty()) continue;
    const ItemIndex target = items_.find_target(dependency.target, dependencies_);
    if (target == kNoItem || stands_in(dependent, target) || stands_in(target, dependent)) continue;
    items_[dependent].object.depends.push_back({items_[target].object.id, EdgeKind::hard});
  }
  for (Item& item : items_.all()) {
    std::vector<Edge>& edges = item.object.depends;
    std::sort(edges.begin(), edges.end(),
              [](const Edge& a, const Edge& b) { return a.target < b.target; });
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  }
}

Catalog Reader::make_catalog() {
  std::vector<ItemIndex> order;
  for (ItemIndex i = 0; i < items_.size(); ++i)
    if (items_[i].left_out.empty()) order.push_back(i);
  std::sort(order.begin(), order.end(),
            [&](ItemIndex a, ItemIndex b) { return items_[a].object.id < items_[b].object.id; });
  Catalog catalog;
  catalog.server_version = snapshot_.server_version();
  catalog.reserve(order.size());
  for (ItemIndex i : order) catalog.add(std::move(items_[i].object));
  return catalog;
}

std::vector<std::string> Reader::read_overloaded() {
  std::vector<std::string> names;
  for (const pqxx::row& row : snapshot_.rows("overloaded")) names.push_back(row[0].c_str());
  return names;
}

}  // namespace

ReadResult read_database(const std::string& url, const std::vector<std::string>& ignored_schemas) {
  try {
    return Reader(url, ignored_schemas).read();
  } catch (...) {
    throw_database_error("read the catalog of " + display_url(url), url);
  }
}

}  // namespace schemac::postgres
