#include "compiler/ir/json.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "compiler/ir/json_value.h"
#include "compiler/ir/json_writer.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

// -- Values to JSON ------------------------------------------------------------------------------

void encode(JsonWriter& json, const FieldInfo& field, const Value& value);

bool is_recorded(const FieldInfo& field, const Value& value) {
  return !value.absent() && field.role == Role::fact;
}

void encode_record(JsonWriter& json, std::span<const FieldInfo> fields, const FieldValues& values) {
  json.begin_object();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!is_recorded(fields[i], values[i])) continue;
    json.key(fields[i].name);
    encode(json, fields[i], values[i]);
  }
  json.end_object();
}

void encode_name(JsonWriter& json, const QName& name) {
  if (name.schema.empty()) return json.text(name.name.text);
  json.begin_array();
  json.text(name.schema.text);
  json.text(name.name.text);
  json.end_array();
}

void encode_type(JsonWriter& json, const TypeRef& type) {
  json.begin_object();
  json.key("name");
  encode_name(json, type.name);
  if (!type.modifiers.empty()) {
    json.key("modifiers");
    json.texts(type.modifiers);
  }
  if (type.dimensions > 0) json.member("dimensions", type.dimensions);
  json.end_object();
}

void encode_sql(JsonWriter& json, const SqlText& text) {
  json.begin_object();
  json.member("written", text.written);
  if (text.server != 0) {
    json.member("canonical", text.canonical);
    json.member("server", text.server);
  }
  json.end_object();
}

void encode_one(JsonWriter& json, const FieldInfo& field, const Value& value);

void encode_items(JsonWriter& json, const FieldInfo& field, const List& items) {
  json.array(items, [&](const Value& item) { encode_one(json, field, item); });
}

void encode_one(JsonWriter& json, const FieldInfo& field, const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return json.flag(*flag);
  if (const auto* number = value.integer()) return json.number(*number);
  if (const auto* text = value.text()) return json.text(*text);
  if (const auto* ident = value.ident()) return json.text(ident->text);
  if (const auto* name = value.qname()) return encode_name(json, *name);
  if (const auto* type = value.type()) return encode_type(json, *type);
  if (const auto* sql = value.sql()) return encode_sql(json, *sql);
  if (const auto* list = value.list()) {
    if (!field.record.empty()) return encode_record(json, field.record, *list);
    return encode_items(json, field, *list);
  }
  json.null();
}

bool is_list(const FieldInfo& field) {
  return field.listing != Listing::one && field.listing != Listing::group;
}

void encode(JsonWriter& json, const FieldInfo& field, const Value& value) {
  if (is_list(field)) return encode_items(json, field, *value.list());
  encode_one(json, field, value);
}

// -- JSON to values ------------------------------------------------------------------------------

Value decode(const FieldInfo& field, const JsonValue& json);

std::vector<Value> decode_record(std::span<const FieldInfo> fields, const JsonValue& json) {
  std::vector<Value> values(fields.size());
  json.each_member([&](std::string_view name, const JsonValue& value) {
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const FieldInfo& f) { return f.name == name; });
    if (field == fields.end()) value.fail("this member is not known");
    values[static_cast<std::size_t>(field - fields.begin())] = decode(*field, value);
  });
  return values;
}

QName decode_name(const JsonValue& json) {
  if (json.is_text()) return {{}, Ident(json.name())};
  if (json.size() != 2) json.fail("a schema and a name are expected");
  return {Ident(json.item(0).name()), Ident(json.item(1).name())};
}

TypeRef decode_type(const JsonValue& json) {
  json.only({"name", "modifiers", "dimensions"});
  TypeRef type;
  type.name = decode_name(json.member("name"));
  if (json.has("modifiers"))
    json.member("modifiers").each_item([&](const JsonValue& modifier) {
      type.modifiers.push_back(modifier.text());
    });
  if (json.has("dimensions")) type.dimensions = json.member("dimensions").small();
  return type;
}

SqlText decode_sql(const JsonValue& json) {
  json.only({"written", "canonical", "server"});
  SqlText text;
  text.written = json.member("written").text();
  if (json.has("canonical")) text.canonical = json.member("canonical").text();
  if (json.has("server")) text.server = json.member("server").small();
  return text;
}

// A path is one value of several names.
Value decode_path(const JsonValue& json) {
  List parts;
  json.each_item([&](const JsonValue& part) { parts.push_back(Ident(part.name())); });
  return parts;
}

Value decode_one(const FieldInfo& field, const JsonValue& json) {
  switch (field.shape) {
    case Shape::flag:
      return json.boolean();
    case Shape::integer:
      return json.integer();
    case Shape::word: {
      std::string word = json.text();
      if (std::find(field.words.begin(), field.words.end(), word) == field.words.end())
        json.fail("`" + word + "` is none of the words of this field");
      return word;
    }
    case Shape::number:
    case Shape::text:
    case Shape::body:
      return json.text();
    case Shape::ident:
      return Ident(json.name());
    case Shape::qname:
    case Shape::operation:
      return decode_name(json);
    case Shape::type:
      return decode_type(json);
    case Shape::expr:
    case Shape::value:
    case Shape::key:
    case Shape::query:
    case Shape::statements:
      return decode_sql(json);
    case Shape::path:
      return decode_path(json);
    case Shape::setting:
    case Shape::record:
      return List(decode_record(field.record, json));
  }
  json.fail("this field has no known shape");
}

Value decode(const FieldInfo& field, const JsonValue& json) {
  if (!is_list(field)) return decode_one(field, json);
  List items;
  json.each_item([&](const JsonValue& item) { items.push_back(decode_one(field, item)); });
  return items;
}

// How many names lead to an object of a kind, but for comments.
std::size_t path_length(const KindInfo& kind) {
  switch (kind.scope) {
    case Scope::database:
      return 1;
    case Scope::schema:
      return 2;
    case Scope::signature:
      return 3;
    case Scope::parent:
      return path_length(*find_kind(kind.parents[0])) + 1;
    case Scope::single:
      return path_length(*find_kind(kind.parents[0]));
    case Scope::target:
    case Scope::attached:
      break;
  }
  return 0;
}

// How many names lead to an object of the kind in `json`, an id.
std::size_t path_length(const KindInfo& kind, const JsonValue& json) {
  if (!stands_on_others(kind)) return path_length(kind);
  // A comment's path starts with the kind of what it is on.
  const KindInfo* target = find_kind(json.item(1).text());
  if (target == nullptr || stands_on_others(*target)) json.item(1).fail("a kind is expected here");
  return 1 + path_length(*target) + (kind.scope == Scope::attached ? 1 : 0);
}

Edge decode_edge(const JsonValue& json) {
  json.only({"on", "weak"});
  const bool weak = json.has("weak") && json.member("weak").boolean();
  return {id_from_json(json.member("on")), weak ? EdgeKind::weak : EdgeKind::hard};
}

// -- Hash ----------------------------------------------------------------------------------------

// Feeds what a catalog says to a hash. Every value is preceded by its type and every string by its
// length, so that no two catalogs feed the same bytes.
class Hasher {
 public:
  Hasher() : state_(XXH3_createState()) { XXH3_128bits_reset(state_); }
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;
  ~Hasher() { XXH3_freeState(state_); }

  void number(std::uint64_t value) {
    std::array<unsigned char, 8> bytes;  // one order of bytes on every machine
    for (auto& byte : bytes) {
      byte = static_cast<unsigned char>(value & 0xff);
      value >>= 8;
    }
    XXH3_128bits_update(state_, bytes.data(), bytes.size());
  }
  void text(std::string_view value) {
    number(value.size());
    XXH3_128bits_update(state_, value.data(), value.size());
  }
  void id(const ObjectId& id) {
    text(id.kind().name);
    text(id.key());
  }
  void name(const QName& name) {
    text(name.schema.text);
    text(name.name.text);
  }
  void object(const Object& object);
  void one(const FieldInfo& field, const Value& value);
  void value(const FieldInfo& field, const Value& value);
  void values(std::span<const FieldInfo> fields, const FieldValues& values) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].role != Role::fact || values[i].absent()) continue;
      text(fields[i].name);
      value(fields[i], values[i]);
    }
    text("");  // the end of the fields: no field has an empty name
  }
  std::string digest() const {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_));
    std::string hex;
    for (unsigned char byte : canonical.digest) {
      hex += "0123456789abcdef"[byte >> 4];
      hex += "0123456789abcdef"[byte & 15];
    }
    return hex;
  }

 private:
  XXH3_state_t* state_;
};

void Hasher::one(const FieldInfo& field, const Value& value) {
  number(value.index());
  if (const auto* flag = std::get_if<bool>(&value)) number(*flag);
  if (const auto* integer = value.integer()) number(static_cast<std::uint64_t>(*integer));
  if (const auto* string = value.text()) text(*string);
  if (const auto* ident = value.ident()) text(ident->text);
  if (const auto* qname = value.qname()) name(*qname);
  if (const auto* type = value.type()) {
    name(type->name);
    number(type->modifiers.size());
    for (const std::string& modifier : type->modifiers) text(modifier);
    number(static_cast<std::uint64_t>(type->dimensions));
  }
  if (const auto* sql = value.sql()) {
    text(sql->written);
    number(static_cast<std::uint64_t>(sql->server));
    if (sql->server != 0) text(sql->canonical);
  }
  if (const auto* list = value.list()) {
    if (!field.record.empty()) return values(field.record, *list);
    number(list->size());
    for (const Value& item : *list) one(field, item);
  }
}

void Hasher::object(const Object& object) {
  id(object.id);
  number(object.parent.empty() ? 0 : 1);
  if (!object.parent.empty()) id(object.parent);
  if (object.kind().recorded_order) number(static_cast<std::uint64_t>(object.position));
  values(object.kind().fields, object.values);
  number(object.depends.size());
  for (const Edge& edge : object.depends) {
    id(edge.target);
    number(edge.kind == EdgeKind::weak);
  }
}

void Hasher::value(const FieldInfo& field, const Value& value) {
  if (!is_list(field)) return one(field, value);
  number(value.list()->size());
  for (const Value& item : *value.list()) one(field, item);
}

std::vector<const Object*> in_id_order(const Catalog& catalog) {
  std::vector<const Object*> sorted;
  for (const Object& object : catalog.objects()) sorted.push_back(&object);
  std::sort(sorted.begin(), sorted.end(),
            [](const Object* a, const Object* b) { return a->id < b->id; });
  return sorted;
}

template <class Written>
Json tree_of(const Written& value) {
  std::string text;
  JsonWriter json(text);
  write_json(json, value);
  return Json::parse(text);
}

}  // namespace

void write_json(JsonWriter& json, const ObjectId& id) {
  json.begin_array();
  json.text(id.kind().name);
  std::string_view rest = id.key();
  for (std::size_t at; (at = rest.find('\0')) != std::string_view::npos; rest.remove_prefix(at + 1))
    json.text(rest.substr(0, at));
  json.text(rest);
  json.end_array();
}

ObjectId id_from_json(const JsonValue& json) {
  if (json.size() < 2) json.fail("a kind and a path are expected");
  const std::string name = json.item(0).text();
  const KindInfo* kind = find_kind(name);
  if (kind == nullptr) json.item(0).fail("kind `" + name + "` is not known to this version");
  const std::size_t parts = path_length(*kind, json);
  if (json.size() != 1 + parts)
    json.fail("the path of kind `" + std::string(kind->name) + "` has " + std::to_string(parts) +
              " parts");
  std::string key;
  std::size_t index = 0;
  json.each_item([&](const JsonValue& part) {
    if (index > 1) key += '\0';
    if (index++ > 0) key += part.name();
  });
  return ObjectId::from_key(*kind, std::move(key));
}

void write_json(JsonWriter& json, const Object& object) {
  const std::span<const FieldInfo> fields = object.kind().fields;
  json.begin_object();
  json.member("id", object.id);
  if (!object.parent.empty()) json.member("parent", object.parent);
  if (object.kind().recorded_order) json.member("position", object.position);
  bool any = false;
  for (std::size_t i = 0; i < fields.size(); ++i)
    any = any || is_recorded(fields[i], object.values[i]);
  if (any) {
    json.key("fields");
    encode_record(json, fields, object.values);
  }
  if (!object.depends.empty()) {
    json.key("depends");
    json.array(object.depends, [&](const Edge& edge) {
      json.begin_object();
      json.member("on", edge.target);
      if (edge.kind == EdgeKind::weak) json.member("weak", true);
      json.end_object();
    });
  }
  json.end_object();
}

Object object_from_json(const JsonValue& json) {
  json.only({"id", "parent", "position", "fields", "depends"});
  Object object;
  object.id = id_from_json(json.member("id"));
  if (json.has("parent")) object.parent = id_from_json(json.member("parent"));
  if (json.has("position")) object.position = json.member("position").small();
  if (json.has("fields"))
    object.values = decode_record(object.kind().fields, json.member("fields"));
  if (json.has("depends"))
    json.member("depends").each_item(
        [&](const JsonValue& edge) { object.depends.push_back(decode_edge(edge)); });
  return object;
}

void write_json(JsonWriter& json, const Catalog& catalog) {
  json.begin_object();
  json.member("server", catalog.server_version);
  json.key("objects");
  json.array(in_id_order(catalog), [&](const Object* object) { write_json(json, *object); });
  json.end_object();
}

Json to_json(const Object& object) {
  return tree_of(object);
}

Json to_json(const Catalog& catalog) {
  return tree_of(catalog);
}

Catalog catalog_from_json(std::string_view text) {
  JsonReader reader;
  const JsonValue json = reader.read(text);
  json.only({"server", "objects"});
  Catalog catalog;
  catalog.server_version = json.member("server").small();
  json.member("objects").each_item([&](const JsonValue& item) {
    Object object = object_from_json(item);
    if (catalog.contains(object.id)) item.fail(to_string(object.id) + " appears twice");
    catalog.add(std::move(object));
  });
  catalog.sort();
  return catalog;
}

std::string fingerprint(const Catalog& catalog) {
  Hasher hasher;
  hasher.number(static_cast<std::uint64_t>(catalog.server_version));
  for (const Object* object : in_id_order(catalog)) hasher.object(*object);
  return hasher.digest();
}

std::string fingerprint(const Object& object) {
  Hasher hasher;
  hasher.object(object);
  return hasher.digest();
}

}  // namespace schemac
