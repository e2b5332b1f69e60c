#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "compiler/diff/bringers.h"
#include "compiler/diff/diff.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac {
namespace {

std::string text_of(std::string_view part) {
  return std::string(part);
}

QName qname_of(const ObjectId& id) {
  const auto path = id.path();
  return {Ident(text_of(path[0])), Ident(text_of(path.size() > 1 ? path[1] : path[0]))};
}

// Carries a set of renames through one catalog.
class Renamer {
 public:
  Renamer(const Catalog& from, const Catalog& to, const std::vector<Rename>& renames)
      : from_(from), to_(to) {
    for (const Rename& rename : renames) {
      renamed_[rename.from] = rename.to;
      if (rename.from.kind().recorded_order)
        renamed_columns_[text_of(rename.from.name())].push_back(&rename);
      if (const Object* part = from.find(rename.from); part != nullptr && !part->parent.empty())
        renamed_parts_[part->parent].push_back(rename.from);
    }
  }

  Renamed run() {
    // Signatures are spelled with the names of types, so those are known first.
    for (const Object& object : from_.objects())
      if (object.parent.empty() && object.kind().signature == nullptr) new_id(object);
    for (const Object& object : from_.objects()) new_id(object);
    qnames_.clear();
    qnames_made_ = false;
    for (const Object& object : from_.objects()) {
      const Object* now = to_.find(new_id(object));
      if (now == nullptr) continue;
      auto values = value_renames(object, *now);
      if (!values.empty()) renamed_values_.emplace(object.id, std::move(values));
    }
    Catalog result;
    result.server_version = from_.server_version;
    for (const Object* object : in_dependency_order()) result.add(rename(*object));
    if (!shown_.empty()) carry_outputs(result);
    result.sort();
    return {std::move(result), std::move(shown_), std::move(ids_)};
  }

 private:
  const ObjectId& new_id(const Object& object) {
    if (const auto at = ids_.find(object.id); at != ids_.end()) return at->second;
    const auto path = object.id.path();
    const std::string name = text_of(new_name(object));
    const auto of_parent = [&]() -> std::string {
      const Object* parent = from_.find(object.parent);
      return parent == nullptr ? object.parent.key() : new_id(*parent).key();
    };
    std::string key;
    if (is_named_by_values(object.kind())) {
      key = object.parent.empty() ? new_signature(object)
                                  : of_parent() + '\0' + new_signature(object);
      return ids_.emplace(object.id, ObjectId::from_key(object.kind(), std::move(key)))
          .first->second;
    }
    switch (object.kind().scope) {
      case Scope::database:
        key = name;
        break;
      case Scope::schema:
        key = new_schema(path[0]) + '\0' + name;
        break;
      case Scope::signature:
        key = new_schema(path[0]) + '\0' + name + '\0' + new_signature(object);
        break;
      case Scope::parent:
        key = of_parent() + '\0' + name;
        break;
      case Scope::single:
        key = of_parent();
        break;
      case Scope::target:
        key = text_of(path[0]) + '\0' + of_parent();
        break;
      case Scope::attached:
        key = text_of(path[0]) + '\0' + of_parent() + '\0' + text_of(path.back());
        break;
    }
    return ids_.emplace(object.id, ObjectId::from_key(object.kind(), std::move(key))).first->second;
  }

  std::string_view new_name(const Object& object) const {
    if (const auto given = renamed_.find(object.id); given != renamed_.end())
      return given->second.name();
    const Object* holder = renamed_columns_.empty() ? nullptr : from_.find(object.parent);
    if (holder == nullptr || !speaks_of_part(object, *holder)) return object.id.name();
    return renamed_part(from_, *holder, object.id.name(), renamed_);
  }

  std::string new_schema(std::string_view schema) {
    const auto at = renamed_.find(ObjectId(namespace_kind(), {schema}));
    return text_of(at == renamed_.end() ? schema : at->second.name());
  }

  // Argument types may be among what is renamed.
  std::string new_signature(const Object& object) {
    Values values = object.values;
    for (std::size_t i = 0; i < object.kind().fields.size(); ++i)
      values.set(i, rename_value(object.kind().fields[i], object.values[i], object));
    return object.kind().signature(values);
  }

  bool changed(const ObjectId& id) const {
    const auto at = ids_.find(id);
    return at != ids_.end() && !(at->second == id);
  }

  // A view's columns change names with those that its query shows, so what a text names must have
  // been renamed before the text is.
  std::vector<const Object*> in_dependency_order() {
    std::vector<const Object*> order;
    std::set<const Object*> seen;
    std::vector<std::pair<const Object*, std::size_t>> stack;
    for (const Object& root : from_.objects()) {
      if (!seen.insert(&root).second) continue;
      stack.emplace_back(&root, 0);
      while (!stack.empty()) {
        auto& [object, next] = stack.back();
        if (next < object->depends.size()) {
          const Object* target = from_.find(object->depends[next++].target);
          if (target != nullptr && seen.insert(target).second) stack.emplace_back(target, 0);
        } else {
          order.push_back(object);
          stack.pop_back();
        }
      }
    }
    return order;
  }

  Object rename(const Object& object) {
    Object result = object;
    result.id = ids_.at(object.id);
    if (const auto at = ids_.find(object.parent); at != ids_.end()) result.parent = at->second;
    take_over_parts(object);
    if (!touched(object)) return result;
    text_changes_ = changes_for(object);
    for (std::size_t i = 0; i < result.kind().fields.size(); ++i)
      result.values.set(i, rename_value(object.kind().fields[i], object.values[i], object));
    if (!object.kind().output_kind.empty()) rename_output(object, result);
    for (Edge& edge : result.depends)
      if (const auto at = ids_.find(edge.target); at != ids_.end()) edge.target = at->second;
    std::sort(result.depends.begin(), result.depends.end(), [](const Edge& a, const Edge& b) {
      return a.target == b.target ? a.kind < b.kind : a.target < b.target;
    });
    return result;
  }

  bool touched(const Object& object) const {
    if (changed(object.id) || changed(object.parent) || names_renamed_part(object)) return true;
    if (output_renames_.contains(object.parent)) return true;
    if (!values_at_hand(object).empty()) return true;
    return std::any_of(object.depends.begin(), object.depends.end(), [&](const Edge& edge) {
      return changed(edge.target) || output_renames_.contains(edge.target) ||
             renamed_values_.contains(edge.target);
    });
  }

  // Renamed values of the type that the object's parent has: what the whole of a text may be that
  // names no type, the default of a column.
  std::vector<ValueRename> values_at_hand(const Object& object) const {
    const Object* parent = renamed_values_.empty() ? nullptr : from_.find(object.parent);
    if (parent == nullptr) return {};
    for (const Value& value : parent->values)
      if (const TypeRef* type = value.type(); type != nullptr && type->dimensions == 0)
        for (const auto& [id, values] : renamed_values_)
          if (qname_of(id) == type->name) return values;
    return {};
  }

  // The columns of what the object has its columns from are its own as well.
  void take_over_parts(const Object& object) {
    if (renamed_parts_.empty()) return;
    for (const ObjectId& above : bringers(object)) {
      const auto parts = renamed_parts_.find(above);
      if (parts == renamed_parts_.end()) continue;
      const std::vector<ObjectId> brought = parts->second;
      auto& own = renamed_parts_[object.id];
      own.insert(own.end(), brought.begin(), brought.end());
    }
  }

  // Whether the object names what stands in it, and that is renamed: a column of a partition key.
  bool names_renamed_part(const Object& object) const {
    return object.parent.empty() && renamed_parts_.contains(object.id);
  }

  // The renames that the object's texts may speak of: those of what it depends on or stands in.
  std::vector<NameChange> changes_for(const Object& object) const {
    std::vector<NameChange> changes;
    const auto add = [&](const ObjectId& id) {
      if (const auto views = output_renames_.find(id); views != output_renames_.end())
        for (const auto& [from, to] : views->second)
          changes.push_back(
              {NameChange::What::column, qname_of(id), Ident(from), {{}, Ident(to)}, false});
      if (const auto values = renamed_values_.find(id); values != renamed_values_.end())
        for (const auto& [from, to] : values->second)
          changes.push_back(
              {NameChange::What::value, qname_of(id), Ident(from), {{}, Ident(to)}, false});
      if (!changed(id)) return;
      const ObjectId& now = ids_.at(id);
      const bool home_moves = id.path().front() == object.id.path().front() &&
                              now.path().front() == ids_.at(object.id).path().front();
      switch (id.kind().scope) {
        case Scope::schema:
          changes.push_back(
              {NameChange::What::relation, qname_of(id), {}, qname_of(now), home_moves});
          changes.push_back({NameChange::What::type, qname_of(id), {}, qname_of(now), home_moves});
          changes.push_back(
              {NameChange::What::collation, qname_of(id), {}, qname_of(now), home_moves});
          break;
        case Scope::signature:
          changes.push_back(
              {NameChange::What::function, qname_of(id), {}, qname_of(now), home_moves});
          break;
        case Scope::parent:
          if (id.name() != now.name())
            for (const QName& relation : relations_with(id, object))
              changes.push_back({NameChange::What::column,
                                 relation,
                                 Ident(text_of(id.name())),
                                 {{}, Ident(text_of(now.name()))}});
          if (qname_of(id) != qname_of(now))
            changes.push_back(
                {NameChange::What::relation, qname_of(id), {}, qname_of(now), home_moves});
          break;
        default:
          break;
      }
    };
    for (const Edge& edge : object.depends) add(edge.target);
    if (const auto parts = renamed_parts_.find(object.id); parts != renamed_parts_.end())
      std::for_each(parts->second.begin(), parts->second.end(), add);
    for (ObjectId id = object.parent; !id.empty();) {
      add(id);
      const Object* parent = from_.find(id);
      id = parent == nullptr ? ObjectId() : parent->parent;
    }
    return changes;
  }

  // The server keeps the names of a view's own columns. Where the catalog after shows the new names
  // in the same query, those columns are renamed; where it does not, the difference remains.
  void rename_output(const Object& object, Object& result) {
    const Object* wanted = to_.find(result.id);
    if (wanted == nullptr) return;
    for (std::size_t i = 0; i < result.kind().fields.size(); ++i) {
      const FieldInfo& field = object.kind().fields[i];
      const SqlText* was = object.values[i].sql();
      if (field.shape != Shape::query || was == nullptr) continue;
      if (same(field, result.values[i], wanted->values[i]).same) continue;
      const Value following = rename_sql(field, *was, object, OutputNames::follow);
      if (!same(field, following, wanted->values[i]).same) continue;
      const auto before = output_columns(was->written);
      const auto after = output_columns(following.sql()->written);
      if (!before || !after || before->size() != after->size()) continue;
      result.values.set(i, following);
      const KindInfo& kind = *find_kind(object.kind().output_kind);
      for (std::size_t c = 0; c < before->size(); ++c) {
        if ((*before)[c] == (*after)[c]) continue;
        output_renames_[object.id].emplace_back((*before)[c].text, (*after)[c].text);
        shown_.push_back({ObjectId::from_key(kind, result.id.key() + '\0' + (*before)[c].text),
                          ObjectId::from_key(kind, result.id.key() + '\0' + (*after)[c].text)});
      }
    }
  }

  // What is attached to a view's column that got another name goes on with it.
  void carry_outputs(Catalog& catalog) {
    IdMap moved;
    for (const Rename& rename : shown_) moved.emplace(rename.from, rename.to);
    const auto to = [&](ObjectId& id) {
      if (const auto at = moved.find(id); at != moved.end()) id = at->second;
    };
    for (const Object& object : catalog.objects()) {
      const auto at = moved.find(object.parent);
      if (at == moved.end()) continue;
      const std::string key = object.kind().scope == Scope::target
                                  ? text_of(object.id.path()[0]) + '\0' + at->second.key()
                                  : at->second.key() + '\0' + text_of(object.id.name());
      moved.emplace(object.id, ObjectId::from_key(object.kind(), key));
    }
    for (Object& object : catalog.objects()) {
      to(object.id);
      to(object.parent);
      for (Edge& edge : object.depends) to(edge.target);
    }
    for (auto& [was, now] : ids_) to(now);
  }

  QName rename_qname(const QName& name) const {
    const auto at = qnames().find(name);
    return at == qnames().end() ? name : at->second;
  }

  const std::map<QName, QName>& qnames() const {
    if (!qnames_made_) {
      qnames_made_ = true;
      for (const auto& [from, to] : ids_)
        if (!(from == to) &&
            (from.kind().scope == Scope::schema || from.kind().scope == Scope::signature))
          qnames_[qname_of(from)] = qname_of(to);
    }
    return qnames_;
  }

  Ident rename_column(const QName& relation, const Ident& column, const Object& object) const {
    const auto renames = renamed_columns_.find(column.text);
    if (renames == renamed_columns_.end()) return column;
    for (const Rename* rename : renames->second)
      if (qname_of(rename->from) == relation || has_from(relation, rename->from, object))
        return Ident(text_of(rename->to.name()));
    return column;
  }

  // Whether `column` is one that `relation`, which has none of that name, has from another.
  bool has_from(const QName& relation, const ObjectId& column, const Object& object) const {
    const ObjectId own(column.kind(), {relation.schema.text, relation.name.text, column.name()});
    if (from_.contains(own)) return false;
    const auto parts = renamed_parts_.find(object.id);
    return (parts != renamed_parts_.end() &&
            std::find(parts->second.begin(), parts->second.end(), column) != parts->second.end()) ||
           std::any_of(object.depends.begin(), object.depends.end(),
                       [&](const Edge& edge) { return edge.target == column; });
  }

  // What a text of `object` may find the column in: its relation, and the one that the text stands
  // on where that has the column from there.
  std::vector<QName> relations_with(const ObjectId& column, const Object& object) const {
    std::vector<QName> relations{qname_of(column)};
    const QName home = qname_of(object.parent.empty() ? object.id : object.parent);
    if (column.kind().recorded_order && home != relations.front() && has_from(home, column, object))
      relations.push_back(home);
    return relations;
  }

  // A column of a view, which may have another name now because its query follows a rename.
  Ident rename_output_column(const ObjectId& view, const Ident& column) const {
    if (const auto renames = output_renames_.find(view); renames != output_renames_.end())
      for (const auto& [from, to] : renames->second)
        if (from == column.text) return Ident(to);
    return column;
  }

  // The relation whose columns a field of `object` names: the one it stands in, or the one that it
  // refers to in another field.
  QName column_home(const FieldInfo& field, const Object& object) const {
    if (field.refers == Refers::ref_column) {
      for (std::size_t i = 0; i < object.kind().fields.size(); ++i)
        if (object.kind().fields[i].refers == Refers::relation)
          if (const QName* name = object.values[i].qname()) return *name;
    }
    const ObjectId& home = object.parent.empty() ? object.id : object.parent;
    return qname_of(home);
  }

  Value rename_value(const FieldInfo& field, const Value& value, const Object& object) const {
    if (value.absent()) return value;
    if (const SqlText* text = value.sql()) return rename_sql(field, *text, object);
    if (const List* list = value.list()) return rename_list(field, *list, object);
    switch (field.refers) {
      case Refers::column:
      case Refers::ref_column:
        if (const Ident* name = value.ident())
          return rename_output_column(object.parent,
                                      rename_column(column_home(field, object), *name, object));
        return value;
      case Refers::type:
        if (const TypeRef* type = value.type()) {
          TypeRef renamed = *type;
          renamed.name = rename_qname(type->name);
          return renamed;
        }
        return value;
      case Refers::above:
        for (const Edge& edge : object.depends)
          if (edge.target.name() == value.ident()->text && changed(edge.target))
            return Ident(text_of(ids_.at(edge.target).name()));
        return value;
      case Refers::schema:
      case Refers::object:
        if (const Ident* name = value.ident()) {
          const KindInfo& kind = field.object.empty() ? namespace_kind() : *find_kind(field.object);
          if (const auto at = renamed_.find(ObjectId(kind, {name->text})); at != renamed_.end())
            return Ident(text_of(at->second.name()));
        }
        [[fallthrough]];
      case Refers::relation:
      case Refers::function:
      case Refers::collation:
      case Refers::operation:
        if (const QName* name = value.qname()) return rename_qname(*name);
        return value;
      default:
        return value;
    }
  }

  Value rename_list(const FieldInfo& field, const List& list, const Object& object) const {
    List renamed = list;
    if (field.refers == Refers::owner_column && list.size() == 3) {
      const QName was{*list[0].ident(), *list[1].ident()};
      const QName now = rename_qname(was);
      return List{now.schema, now.name, rename_column(was, *list[2].ident(), object)};
    }
    const bool record = !field.record.empty();
    if (record && (field.listing == Listing::one || field.listing == Listing::group)) {
      for (std::size_t i = 0; i < renamed.size(); ++i)
        renamed[i] = rename_value(field.record[i], list[i], object);
      return renamed;
    }
    for (std::size_t i = 0; i < renamed.size(); ++i) {
      if (!record) {
        FieldInfo item = field;
        item.listing = Listing::one;
        renamed[i] = rename_value(item, list[i], object);
      } else {
        List fields = *list[i].list();
        for (std::size_t f = 0; f < fields.size(); ++f)
          fields[f] = rename_value(field.record[f], fields[f], object);
        renamed[i] = std::move(fields);
      }
    }
    return renamed;
  }

  // What the columns in a text are of where nothing else says so: what the object stands in, or for
  // a partition key the object itself.
  QName home_of(const Object& object, const FieldInfo& field) const {
    if (!object.parent.empty()) return qname_of(object.parent);
    return field.shape != Shape::query && names_renamed_part(object) ? qname_of(object.id)
                                                                     : QName{};
  }

  Value rename_sql(const FieldInfo& field, const SqlText& text, const Object& object,
                   OutputNames output = OutputNames::stay) const {
    if (field.role == Role::intent) return text;
    SqlText result = text;
    for (const auto& [from, to] : values_at_hand(object))
      if (text.written == string_literal(from)) result.written = string_literal(to);
    if (text_changes_.empty()) return result;
    const TextForm form = form_of(field.shape);
    const QName home = home_of(object, field);
    result.written = rename_in_text(result.written, form, text_changes_, home, output);
    if (!text.canonical.empty())
      result.canonical = rename_in_text(text.canonical, form, text_changes_, home, output);
    return result;
  }

  const Catalog& from_;
  const Catalog& to_;
  std::vector<Rename> shown_;
  IdMap renamed_;  // what is renamed itself
  std::unordered_map<std::string, std::vector<const Rename*>> renamed_columns_;  // by former name
  std::unordered_map<ObjectId, std::vector<ObjectId>, ObjectIdHash> renamed_parts_;  // by parent
  IdMap ids_;                                                                        // every object
  std::unordered_map<ObjectId, std::vector<ValueRename>, ObjectIdHash> renamed_values_;
  std::unordered_map<ObjectId, std::vector<std::pair<std::string, std::string>>, ObjectIdHash>
      output_renames_;
  std::vector<NameChange> text_changes_;  // of the object at hand
  mutable std::map<QName, QName> qnames_;
  mutable bool qnames_made_ = false;
};

}  // namespace

std::vector<Rename> reversed(const std::vector<Rename>& renames) {
  std::vector<Rename> back;
  for (const Rename& rename : renames) back.push_back({rename.to, rename.from});
  return back;
}

Renamed apply_renames(const Catalog& from, const Catalog& to, const std::vector<Rename>& renames) {
  return Renamer(from, to, renames).run();
}

}  // namespace schemac
