#include "introspect/postgres/overloaded.h"

#include <catch2/catch.hpp>

using namespace schemac;
using postgres::qualify_server_functions;

namespace {

Object check(const char* expression) {
  Object object;
  object.id = ObjectId(*find_kind("check"), {"public", "t", "c"});
  object.values.set(field_index(object.kind(), "expression"), SqlText{expression, expression, 15});
  return object;
}

SqlText after(const char* expression, const std::vector<std::string>& overloaded) {
  Catalog catalog;
  catalog.add(check(expression));
  qualify_server_functions(catalog, overloaded);
  return *catalog.objects().front().value("expression").sql();
}

}  // namespace

TEST_CASE("the server's function keeps its meaning beside one of the same name") {
  const SqlText text = after("lower(a) = public.lower(b) AND upper(a) = 'lower'", {"lower"});
  CHECK(text.written == "pg_catalog.lower(a) = public.lower(b) AND upper(a) = 'lower'");
  CHECK(text.canonical == "lower(a) = public.lower(b) AND upper(a) = 'lower'");
}

TEST_CASE("nothing changes where no name is made twice") {
  CHECK(after("lower(a) = 'x'", {}).written == "lower(a) = 'x'");
  CHECK(after("lower(a) = 'x'", {"upper"}).written == "lower(a) = 'x'");
}

TEST_CASE("keys of an index are looked into") {
  Object index;
  index.id = ObjectId(*find_kind("index"), {"public", "i"});
  const FieldInfo& keys = index.kind().fields[field_index(index.kind(), "keys")];
  List key(keys.record.size());
  key[1] = SqlText{"lower(a)", "lower(a)", 15};
  index.values.set(field_index(index.kind(), "keys"), List{key});
  Catalog catalog;
  catalog.add(index);
  qualify_server_functions(catalog, {"lower"});
  const List& first = *(*catalog.objects().front().value("keys").list())[0].list();
  CHECK(first[1].sql()->written == "pg_catalog.lower(a)");
}
