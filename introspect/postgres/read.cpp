#include "introspect/postgres/read.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "compiler/bind/catalog_names.h"
#include "compiler/ir/shared_values.h"
#include "compiler/names/vocabulary.h"
#include "introspect/postgres/connection.h"
#include "introspect/postgres/decode.h"
#include "introspect/postgres/left_out.h"
#include "introspect/postgres/literals.h"
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
  const auto standing_alone = static_cast<std::size_t>(
      std::count_if(all_kinds().begin(), all_kinds().end(),
                    [](const KindInfo* kind) { return !stands_on_others(*kind); }));
  while (order.size() < all_kinds().size())
    for (const KindInfo* kind : all_kinds()) {
      const bool last = stands_on_others(*kind) && order.size() < standing_alone;
      if (last || placed(kind->name)) continue;
      if (std::all_of(kind->parents.begin(), kind->parents.end(), placed)) order.push_back(kind);
    }
  return order;
}

// Those that names and dependencies come from, those of the kinds, and what has none.
std::vector<std::string_view> queries() {
  std::vector<std::string_view> names = {"depend",           "types",     "modifiers",
                                         "operator_classes", "coercions", "collations",
                                         "view_attributes"};
  for (const KindInfo* kind : parents_first()) names.push_back(kind->name);
  names.push_back("inherited");
  names.push_back("unmanaged");
  names.push_back("unmanaged_grants");
  names.push_back("overloaded");
  return names;
}

// The schema that an object lies in or speaks of, or "".
std::string_view home_of(const Object& object) {
  const KindInfo& kind = object.kind();
  if (kind.scope == Scope::schema || kind.scope == Scope::signature) return object.id.path()[0];
  if (kind.names_others) return object.id.name();
  const Value* named =
      kind.naming == Naming::none ? referring_value(object, Refers::schema) : nullptr;
  return named == nullptr || named->ident() == nullptr ? std::string_view() : named->ident()->text;
}

class Reader {
 public:
  Reader(const std::string& url, const std::vector<std::string>& ignored_schemas)
      : snapshot_(url, queries()),
        ignored_schemas_(ignored_schemas),
        names_(snapshot_.server_version()) {}

  ReadResult read() {
    snapshot_.each_part("depend", [&](const auto& rows) { dependencies_.add(rows); });
    snapshot_.each_part("types", [&](const auto& rows) { names_.read_types(rows); });
    snapshot_.each_part("modifiers", [&](const auto& rows) { names_.read_modifiers(rows); });
    snapshot_.each_part("operator_classes",
                        [&](const auto& rows) { names_.read_operator_classes(rows); });
    snapshot_.each_part("coercions", [&](const auto& rows) { names_.read_coercions(rows); });
    snapshot_.each_part("collations", [&](const auto& rows) { names_.read_collations(rows); });
    snapshot_.each_part("view_attributes",
                        [&](const auto& rows) { names_.read_view_attributes(rows); });
    for (const KindInfo* kind : parents_first())
      snapshot_.each_part(kind->name, [&](const auto& rows) { read_kind(*kind, rows); });
    find_parents();
    snapshot_.each_part("inherited", [&](const auto& rows) { read_inherited(rows); });
    std::vector<UnmanagedItem> unmanaged;
    for (const std::string_view query : {"unmanaged", "unmanaged_grants"})
      snapshot_.each_part(query, [&](const auto& rows) {
        read_unmanaged(rows, items_, dependencies_, ignored_schemas_, unmanaged);
      });
    mark_left_out(items_, unmanaged, dependencies_);
    add_oddities(unmanaged);
    number_siblings();
    add_edges();
    ReadResult result;
    result.unmanaged = report(items_, unmanaged);
    result.catalog = make_catalog();
    qualify_server_functions(result.catalog, read_overloaded());
    write_literals_bare(result.catalog);
    return result;
  }

 private:
  void read_kind(const KindInfo& kind, const pqxx::result& rows);
  void read_row(const KindInfo& kind, Decoder& decoder, const Columns& columns, Row& row);
  std::optional<ObjectId> make_id(const KindInfo& kind, const Item& item, const Columns& columns,
                                  const Row& row) const;
  ItemIndex find_granted_whole(const Address& part) const;
  void remember_names(const Item& item, const Columns& columns, const Row& row);
  void add_oddities(std::vector<UnmanagedItem>& unmanaged) const;
  void find_parents();
  void read_inherited(const pqxx::result& rows);
  void number_siblings();
  void add_edges();
  void add_edges_of_rights();
  Catalog make_catalog();
  std::vector<std::string> read_overloaded();

  Snapshot snapshot_;
  const std::vector<std::string>& ignored_schemas_;
  Names names_;
  SharedValues values_;
  Dependencies dependencies_;
  Items items_;
  // What a comment or a grant is on and is no object, with what to call it.
  std::vector<std::pair<Address, std::string>> orphans_;
  // Plurals of what an object has and no field holds.
  std::vector<std::pair<ItemIndex, std::string>> oddities_;
};

void Reader::read_kind(const KindInfo& kind, const pqxx::result& rows) {
  if (rows.empty()) return;
  Decoder decoder(kind, rows, names_, snapshot_.server_version());
  const Columns columns(rows);
  for (pqxx::result::size_type i = 0; i < rows.size(); ++i) {
    Row row(rows, i);
    read_row(kind, decoder, columns, row);
  }
}

void Reader::read_row(const KindInfo& kind, Decoder& decoder, const Columns& columns, Row& row) {
  const auto oid = [&](int column) { return static_cast<Oid>(row.number(column)); };
  Item item;
  item.address = {oid(columns.classid), oid(columns.objid),
                  static_cast<std::int32_t>(row.number(columns.objsubid))};
  item.parent = {static_cast<Oid>(row.number(columns.parent_class, kRelationCatalog)),
                 oid(columns.parent), static_cast<std::int32_t>(row.number(columns.parent_sub))};
  // A member of an extension is read only for what was changed of it.
  const Address extension = dependencies_.extension_of(item.address);
  if (extension.object != 0 && !(extension == item.parent)) return;
  // The server makes functions of its own for a range type.
  if (item.address.column == 0 && dependencies_.owner_of(item.address).object != 0) return;
  row.relation = item.parent.object != 0 ? item.parent.object : item.address.object;
  row.ref_relation = oid(columns.refrelid);
  item.attached = row.cell(columns.attached) == "t";
  Object& object = item.object;
  object.position = static_cast<int>(row.number(columns.position));
  object.values = values_.share(decoder.values(row));
  item.parent_item = items_.find(item.parent);
  if (item.parent_item == kNoItem && kind.stands_on != nullptr)
    item.parent_item = find_granted_whole(item.parent);
  const auto id = make_id(kind, item, columns, row);
  if (!id) {
    if (stands_on_others(kind) && !kind.for_whole_file)
      orphans_.emplace_back(item.parent, std::string(kind.plural) + " on parts of objects");
    if (!kind.documents && item.parent_item != kNoItem)
      oddities_.emplace_back(item.parent_item, kind.plural);
    return;
  }
  object.id = *id;
  item.unresolved = row.unresolved;
  const std::string_view home = home_of(object);
  item.ignored =
      std::find(ignored_schemas_.begin(), ignored_schemas_.end(), home) != ignored_schemas_.end();
  remember_names(item, columns, row);
  const ItemIndex index = items_.add(std::move(item));
  if (const auto plural = row.cell(columns.unmanaged)) oddities_.emplace_back(index, *plural);
  if (row.secret) oddities_.emplace_back(index, "secrets of " + std::string(kind.plural));
  if (row.cell(columns.default_id))
    items_.add_address({kDefaultCatalog, oid(columns.default_id), 0}, index);
}

// What has rights as a part of another object is known by that: the sequence of an identity.
ItemIndex Reader::find_granted_whole(const Address& part) const {
  const ItemIndex whole = items_.find_dependent(part, dependencies_);
  if (whole == kNoItem || items_[whole].object.kind().granted_with.empty()) return kNoItem;
  return whole;
}

// Nothing for a child of what was not read: it goes with its parent.
std::optional<ObjectId> Reader::make_id(const KindInfo& kind, const Item& item,
                                        const Columns& columns, const Row& row) const {
  const ItemIndex parent = item.parent_item;
  const bool stands_inside = !kind.parents.empty() || stands_on_others(kind);
  if (stands_inside && parent == kNoItem) return std::nullopt;
  if (kind.stands_on != nullptr && !kind.stands_on(items_[parent].object.kind()))
    return std::nullopt;
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
    case Scope::attached:
      append(items_[parent].object.kind().name);
      append(items_[parent].object.id.key());
      break;
    case Scope::database:
      break;
  }
  if (kind.naming != Naming::none) append(row.cell(columns.name).value_or(""));
  if (kind.signature != nullptr) {
    key += key.empty() ? "" : std::string(1, '\0');
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
  } else if (item.object.kind().spaces.relation) {
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
  for (const auto& [address, plural] : orphans_)
    add(plural, items_.find_dependent(address, dependencies_));
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

void Reader::read_inherited(const pqxx::result& rows) {
  for (const pqxx::row& row : rows) {
    const auto address = [&](pqxx::row::size_type first) {
      return Address{row[first].as<Oid>(), row[first + 1].as<Oid>(),
                     row[first + 2].as<std::int32_t>()};
    };
    if (row[6].is_null())
      items_.add_origin(address(0), address(3));
    else
      items_.add_origin(address(0), address(3), row[6].c_str());
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

// What the server's own table of dependencies lacks: rights know neither the columns nor, where
// one row stands for several objects, the schema that they name.
void Reader::add_edges_of_rights() {
  std::unordered_set<ObjectId, ObjectIdHash> named;  // what they can name, if it is there
  for (const Item& item : items_.all()) {
    const KindInfo& kind = item.object.kind();
    if (item.left_out.empty() && (kind.names_others || kind.recorded_order))
      named.insert(item.object.id);
  }
  for (Item& item : items_.all()) {
    const KindInfo& kind = item.object.kind();
    if (kind.naming != Naming::none || kind.signature == nullptr) continue;
    const auto need = [&](const KindInfo* target, const std::string& key) {
      if (target == nullptr) return;
      const ObjectId id = ObjectId::from_key(*target, key);
      if (named.contains(id)) item.object.depends.push_back({id, EdgeKind::hard});
    };
    for_each_value(kind.fields, item.object.values,
                   [&](const FieldInfo& field, const Value& value) {
                     const Ident* name = value.ident();
                     if (name == nullptr) return;
                     if (field.refers == Refers::schema) need(&namespace_kind(), name->text);
                     if (field.refers != Refers::column) return;
                     need(members_of(&item.object.parent.kind()).anonymous,
                          item.object.parent.key() + '\0' + name->text);
                     const Address made = items_.made_column(item.parent, name->text);
                     const ItemIndex above =
                         made.column == 0 ? kNoItem : items_.find_target(made, dependencies_);
                     if (above != kNoItem)
                       item.object.depends.push_back({items_[above].object.id, EdgeKind::hard});
                   });
  }
}

void Reader::add_edges() {
  const auto stands_in = [&](ItemIndex inner, ItemIndex outer) {
    for (ItemIndex at = inner; at != kNoItem; at = items_[at].parent_item)
      if (at == outer) return true;
    return false;
  };
  for (const Dependency& recorded : dependencies_.all()) {
    // The server has the columns by which a table is partitioned depend on the table.
    const bool of_key = recorded.dependent.column != 0 && recorded.target.column == 0 &&
                        recorded.dependent.whole() == recorded.target;
    const Dependency dependency =
        of_key ? Dependency{recorded.target, recorded.dependent} : recorded;
    const ItemIndex dependent = items_.find_dependent(dependency.dependent, dependencies_);
    if (dependent == kNoItem || !items_[dependent].left_out.empty()) continue;
    const auto depend_on = [&](const Address& address) {
      const ItemIndex target = items_.find_target(address, dependencies_);
      if (target == kNoItem || stands_in(dependent, target) || stands_in(target, dependent)) return;
      items_[dependent].object.depends.push_back({items_[target].object.id, EdgeKind::hard});
    };
    depend_on(dependency.target);
    // What uses a column that a table has from above needs the table as well.
    if (dependency.target.column != 0 && items_.has_origin(dependency.target))
      depend_on(dependency.target.whole());
  }
  add_edges_of_rights();
  for (Item& item : items_.all()) {
    std::vector<Edge>& edges = item.object.depends;
    std::sort(edges.begin(), edges.end(),
              [](const Edge& a, const Edge& b) { return a.target < b.target; });
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  }
}

Catalog Reader::make_catalog() {
  // Nothing is asked of these any more, and the catalog needs their room.
  names_ = Names(snapshot_.server_version());
  values_ = {};
  dependencies_ = {};
  Catalog catalog;
  catalog.server_version = snapshot_.server_version();
  catalog.read_by = snapshot_.user();
  catalog.reserve(items_.size());
  for (std::deque<Item> items = items_.take(); !items.empty(); items.pop_front())
    if (items.front().left_out.empty()) catalog.add(std::move(items.front().object));
  catalog.sort();
  return catalog;
}

std::vector<std::string> Reader::read_overloaded() {
  std::vector<std::string> names;
  snapshot_.each_part("overloaded", [&](const auto& rows) {
    for (const pqxx::row& row : rows) names.push_back(row[0].c_str());
  });
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
