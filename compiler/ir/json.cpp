#include "compiler/ir/json.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

// -- Values to JSON ------------------------------------------------------------------------------

Json encode(const FieldInfo& field, const Value& value);

Json encode_record(std::span<const FieldInfo> fields, const std::vector<Value>& values) {
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

// A place in a document, for errors: what stands there, and how it is reached from a place that
// outlives this one. The pointer is put together only when there is something to complain about.
struct At {
  const Json& json;
  const At* outer = nullptr;
  std::string_view key = {};  // in an object
  std::size_t index = 0;      // in an array

  std::string where() const {
    if (outer == nullptr) return "";
    return outer->where() + "/" + (outer->json.is_array() ? std::to_string(index) : escaped(key));
  }
  [[noreturn]] void fail(std::string reason) const {
    throw JsonError{outer == nullptr ? "/" : where(), std::move(reason)};
  }
  static std::string escaped(std::string_view key) {
    std::string out;
    for (char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
  }
  At item(std::size_t at) const { return {json[at], this, {}, at}; }
  At member(const char* name) const {
    const auto at = json.find(name);
    if (at == json.end()) fail("`" + std::string(name) + "` is missing");
    return {*at, this, name};
  }
  const At& object() const {
    if (!json.is_object()) fail("an object is expected");
    return *this;
  }
  const At& array() const {
    if (!json.is_array()) fail("an array is expected");
    return *this;
  }
  std::string text() const {
    if (!json.is_string()) fail("a string is expected");
    return json.get<std::string>();
  }
  // A name; NUL separates the parts of ids and so is no part of one.
  std::string name() const {
    std::string result = text();
    if (result.find('\0') != std::string::npos) fail("a name holds no NUL");
    return result;
  }
  std::int64_t integer() const {
    if (!json.is_number_integer() ||
        (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX))
      fail("an integer is expected");
    return json.get<std::int64_t>();
  }
  int small() const {
    const std::int64_t value = integer();
    if (value < 0 || value > INT32_MAX) fail("a small number is expected");
    return static_cast<int>(value);
  }
  // Refuses members that nobody reads: a misspelled one must not pass unseen.
  void only(std::initializer_list<std::string_view> known) const {
    for (const auto& [name, value] : object().json.items())
      if (std::find(known.begin(), known.end(), name) == known.end())
        At{value, this, name}.fail("this member is not known");
  }
};

Value decode(const FieldInfo& field, const At& at);

std::vector<Value> decode_record(std::span<const FieldInfo> fields, const At& at) {
  std::vector<Value> values(fields.size());
  for (const auto& [key, value] : at.object().json.items()) {
    const At member{value, &at, key};
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const FieldInfo& f) { return f.name == key; });
    if (field == fields.end()) member.fail("this member is not known");
    values[static_cast<std::size_t>(field - fields.begin())] = decode(*field, member);
  }
  return values;
}

QName decode_name(const At& at) {
  if (at.json.is_string()) return {{}, Ident(at.name())};
  if (at.array().json.size() != 2) at.fail("a schema and a name are expected");
  return {Ident(at.item(0).name()), Ident(at.item(1).name())};
}

TypeRef decode_type(const At& at) {
  at.only({"name", "modifiers", "dimensions"});
  TypeRef type;
  type.name = decode_name(at.member("name"));
  if (at.json.contains("modifiers")) {
    const At modifiers = at.member("modifiers");
    for (std::size_t i = 0; i < modifiers.array().json.size(); ++i)
      type.modifiers.push_back(modifiers.item(i).text());
  }
  if (at.json.contains("dimensions")) type.dimensions = at.member("dimensions").small();
  return type;
}

SqlText decode_sql(const At& at) {
  at.only({"written", "canonical", "server"});
  SqlText text;
  text.written = at.member("written").text();
  if (at.json.contains("canonical")) text.canonical = at.member("canonical").text();
  if (at.json.contains("server")) text.server = at.member("server").small();
  return text;
}

// A path is one value of several names.
Value decode_path(const At& at) {
  List parts;
  for (std::size_t i = 0; i < at.array().json.size(); ++i)
    parts.push_back(Ident(at.item(i).name()));
  return parts;
}

Value decode_one(const FieldInfo& field, const At& at) {
  switch (field.shape) {
    case Shape::flag:
      if (!at.json.is_boolean()) at.fail("true or false is expected");
      return at.json.get<bool>();
    case Shape::integer:
      return at.integer();
    case Shape::word: {
      std::string word = at.text();
      if (std::find(field.words.begin(), field.words.end(), word) == field.words.end())
        at.fail("`" + word + "` is none of the words of this field");
      return word;
    }
    case Shape::number:
    case Shape::text:
    case Shape::body:
      return at.text();
    case Shape::ident:
      return Ident(at.name());
    case Shape::qname:
    case Shape::operation:
      return decode_name(at);
    case Shape::type:
      return decode_type(at);
    case Shape::expr:
    case Shape::value:
    case Shape::key:
    case Shape::query:
    case Shape::statements:
      return decode_sql(at);
    case Shape::path:
      return decode_path(at);
    case Shape::setting:
    case Shape::record:
      return List(decode_record(field.record, at));
  }
  at.fail("this field has no known shape");
}

Value decode(const FieldInfo& field, const At& at) {
  if (!is_list(field)) return decode_one(field, at);
  List items;
  for (std::size_t i = 0; i < at.array().json.size(); ++i)
    items.push_back(decode_one(field, at.item(i)));
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

ObjectId decode_id(const At& at) {
  if (at.array().json.size() < 2) at.fail("a kind and a path are expected");
  const std::string name = at.item(0).text();
  const KindInfo* kind = find_kind(name);
  if (kind == nullptr) at.item(0).fail("kind `" + name + "` is not known to this version");
  // A comment's path starts with the kind of what it is on.
  std::size_t parts = path_length(*kind);
  if (stands_on_others(*kind)) {
    const KindInfo* target = find_kind(at.item(1).text());
    if (target == nullptr || stands_on_others(*target)) at.item(1).fail("a kind is expected here");
    parts = 1 + path_length(*target) + (kind->scope == Scope::attached ? 1 : 0);
  }
  if (at.json.size() != 1 + parts)
    at.fail("the path of kind `" + std::string(kind->name) + "` has " + std::to_string(parts) +
            " parts");
  std::string key;
  for (std::size_t i = 1; i < at.json.size(); ++i)
    key += (i > 1 ? std::string(1, '\0') : "") + at.item(i).name();
  return ObjectId::from_key(*kind, std::move(key));
}

Object decode_object(const At& at) {
  Object object;
  at.object();
  object.id = decode_id(at.member("id"));
  object.values.resize(object.kind().fields.size());
  if (at.json.contains("parent")) object.parent = decode_id(at.member("parent"));
  if (at.json.contains("position")) object.position = at.member("position").small();
  if (at.json.contains("fields"))
    object.values = decode_record(object.kind().fields, at.member("fields"));
  if (at.json.contains("depends")) {
    const At depends = at.member("depends");
    for (std::size_t i = 0; i < depends.array().json.size(); ++i) {
      const At edge = depends.item(i);
      edge.only({"on", "weak"});
      const bool weak = edge.json.contains("weak");
      if (weak && !edge.member("weak").json.is_boolean())
        edge.member("weak").fail("true or false is expected");
      object.depends.push_back({decode_id(edge.member("on")), weak && edge.json["weak"].get<bool>()
                                                                  ? EdgeKind::weak
                                                                  : EdgeKind::hard});
    }
  }
  at.only({"id", "parent", "position", "fields", "depends"});
  return object;
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
  void values(std::span<const FieldInfo> fields, const std::vector<Value>& values) {
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

ObjectId id_from_json(const Json& json) {
  return decode_id({json});
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

Object object_from_json(const Json& json) {
  return decode_object({json});
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

Catalog catalog_from_json(const Json& json) {
  const At at{json};
  at.only({"server", "objects"});
  Catalog catalog;
  catalog.server_version = at.member("server").small();
  const At objects = at.member("objects");
  for (std::size_t i = 0; i < objects.array().json.size(); ++i) {
    Object object = decode_object(objects.item(i));
    if (catalog.contains(object.id)) objects.item(i).fail(to_string(object.id) + " appears twice");
    catalog.add(std::move(object));
  }
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
