#include "compiler/ir/json.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "compiler/ir/json_value.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

// -- Values to JSON ------------------------------------------------------------------------------

Json encode(const FieldInfo& field, const Value& value);

Json encode_record(std::span<const FieldInfo> fields, const FieldValues& values) {
  Json json = Json::object();
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (!values[i].absent() && fields[i].role == Role::fact)
      json[std::string(fields[i].name)] = encode(fields[i], values[i]);
  return json;
}

Json encode_name(const QName& name) {
  if (name.schema.empty()) return name.name.text;
  return Json::array({name.schema.text, name.name.text});
}

Json encode_type(const TypeRef& type) {
  Json json = Json::object();
  json["name"] = encode_name(type.name);
  if (!type.modifiers.empty()) json["modifiers"] = type.modifiers;
  if (type.dimensions > 0) json["dimensions"] = type.dimensions;
  return json;
}

Json encode_sql(const SqlText& text) {
  Json json = Json::object();
  json["written"] = text.written;
  if (text.server != 0) {
    json["canonical"] = text.canonical;
    json["server"] = text.server;
  }
  return json;
}

Json encode_one(const FieldInfo& field, const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* number = value.integer()) return *number;
  if (const auto* text = value.text()) return *text;
  if (const auto* ident = value.ident()) return ident->text;
  if (const auto* name = value.qname()) return encode_name(*name);
  if (const auto* type = value.type()) return encode_type(*type);
  if (const auto* sql = value.sql()) return encode_sql(*sql);
  if (const auto* list = value.list()) {
    if (!field.record.empty()) return encode_record(field.record, *list);
    Json json = Json::array();
    for (const Value& item : *list) json.push_back(encode_one(field, item));
    return json;
  }
  return nullptr;
}

bool is_list(const FieldInfo& field) {
  return field.listing != Listing::one && field.listing != Listing::group;
}

Json encode(const FieldInfo& field, const Value& value) {
  if (!is_list(field)) return encode_one(field, value);
  Json json = Json::array();
  for (const Value& item : *value.list()) json.push_back(encode_one(field, item));
  return json;
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

void Hasher::value(const FieldInfo& field, const Value& value) {
  if (!is_list(field)) return one(field, value);
  number(value.list()->size());
  for (const Value& item : *value.list()) one(field, item);
}

}  // namespace

Json to_json(const ObjectId& id) {
  Json json = Json::array({std::string(id.kind().name)});
  for (std::string_view part : id.path()) json.push_back(std::string(part));
  return json;
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

Json to_json(const Object& object) {
  Json json = Json::object();
  json["id"] = to_json(object.id);
  if (!object.parent.empty()) json["parent"] = to_json(object.parent);
  if (object.kind().recorded_order) json["position"] = object.position;
  Json fields = encode_record(object.kind().fields, object.values);
  if (!fields.empty()) json["fields"] = std::move(fields);
  if (!object.depends.empty()) {
    Json depends = Json::array();
    for (const Edge& edge : object.depends) {
      Json one = Json::object();
      one["on"] = to_json(edge.target);
      if (edge.kind == EdgeKind::weak) one["weak"] = true;
      depends.push_back(std::move(one));
    }
    json["depends"] = std::move(depends);
  }
  return json;
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

Json to_json(const Catalog& catalog) {
  std::vector<const Object*> sorted;
  for (const Object& object : catalog.objects()) sorted.push_back(&object);
  std::sort(sorted.begin(), sorted.end(),
            [](const Object* a, const Object* b) { return a->id < b->id; });
  Json json = Json::object();
  json["server"] = catalog.server_version;
  Json objects = Json::array();
  for (const Object* object : sorted) objects.push_back(to_json(*object));
  json["objects"] = std::move(objects);
  return json;
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
  std::vector<const Object*> sorted;
  for (const Object& object : catalog.objects()) sorted.push_back(&object);
  std::sort(sorted.begin(), sorted.end(),
            [](const Object* a, const Object* b) { return a->id < b->id; });
  Hasher hasher;
  hasher.number(static_cast<std::uint64_t>(catalog.server_version));
  for (const Object* object : sorted) {
    hasher.id(object->id);
    hasher.number(object->parent.empty() ? 0 : 1);
    if (!object->parent.empty()) hasher.id(object->parent);
    if (object->kind().recorded_order) hasher.number(static_cast<std::uint64_t>(object->position));
    hasher.values(object->kind().fields, object->values);
    hasher.number(object->depends.size());
    for (const Edge& edge : object->depends) {
      hasher.id(edge.target);
      hasher.number(edge.kind == EdgeKind::weak);
    }
  }
  return hasher.digest();
}

}  // namespace schemac
