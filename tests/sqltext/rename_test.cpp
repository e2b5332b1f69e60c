#include <catch2/catch.hpp>

#include "compiler/sqltext/sqltext.h"

using namespace schemac;

namespace {

using What = NameChange::What;
QName q(const char* schema, const char* name) {
  return {Ident(schema), Ident(name)};
}

const NameChange kTable{What::relation, q("shop", "customer"), Ident("customer"),
                        q("shop", "client")};
const NameChange kColumn{What::column, q("shop", "customer"), Ident("name"), q("", "full_name")};
const NameChange kFunction{What::function, q("shop", "f"), Ident("f"), q("shop", "Group")};
const NameChange kType{What::type, q("shop", "state"), Ident("state"), q("core", "state")};
const NameChange kSchema{What::schema, {}, Ident("shop"), q("", "store")};

std::string query(std::string_view text, const std::vector<NameChange>& changes) {
  return rename_in_text(text, TextForm::query, changes, {});
}
std::string on_customer(std::string_view text, const std::vector<NameChange>& changes) {
  return rename_in_text(text, TextForm::expression, changes, q("shop", "customer"));
}

}  // namespace

TEST_CASE("relations are renamed where they stand, with what is qualified by them") {
  CHECK(query("select customer.id from customer", {kTable}) == "select client.id from client");
  CHECK(query("select c.id from shop . customer c", {kTable}) == "select c.id from shop.client c");
  CHECK(query("select \"customer\".*, shop.customer.id from \"customer\"", {kTable}) ==
        "select client.*, shop.client.id from client");
  CHECK(query("select customer.id from other customer", {kTable}) ==
        "select customer.id from other customer");
  CHECK(query("with customer as (select 1) select customer.a from customer", {kTable}) ==
        "with customer as (select 1) select customer.a from customer");
  CHECK(query("select 'customer' from other.customer", {kTable}) ==
        "select 'customer' from other.customer");
  CHECK(query("select /* customer */ 1 from customer -- customer", {kTable}) ==
        "select /* customer */ 1 from client -- customer");
}

TEST_CASE("columns are renamed and go on to be shown under their old names") {
  CHECK(query("select name from customer", {kColumn}) == "select full_name AS name from customer");
  CHECK(query("select c.name as n from customer c where c.name > 'a' order by name", {kColumn}) ==
        "select c.full_name as n from customer c where c.full_name > 'a' order by full_name");
  CHECK(query("select name from customer order by name", {kColumn}) ==
        "select full_name AS name from customer order by name");
  CHECK(query("select o.name from customer c, other o", {kColumn}) ==
        "select o.name from customer c, other o");
  CHECK(query("select 1 from other where exists (select 1 from customer where name = other.name)",
              {kColumn}) ==
        "select 1 from other where exists (select 1 from customer where full_name = other.name)");
  CHECK(query("select customer.name from customer", {kTable, kColumn}) ==
        "select client.full_name AS name from client");
  CHECK(on_customer("name > 'ü' and \"name\" is not null", {kColumn}) ==
        "full_name > 'ü' and full_name is not null");
  CHECK(on_customer("lower(customer.name)", {kTable, kColumn}) == "lower(client.full_name)");
  CHECK(rename_in_text("name > 1", TextForm::expression, {kColumn}, q("shop", "other")) ==
        "name > 1");
  CHECK(rename_in_text("update customer set name = 1 where name is null", TextForm::statements,
                       {kColumn},
                       {}) == "update customer set full_name = 1 where full_name is null");
  CHECK(rename_in_text("insert into customer (name) values (1) returning name",
                       TextForm::statements, {kColumn},
                       {}) == "insert into customer (full_name) values (1) returning full_name");
}

TEST_CASE("functions, types, literals and schemas are renamed") {
  CHECK(on_customer("f(1) + shop.f(2)", {kFunction}) == "\"Group\"(1) + shop.\"Group\"(2)");
  CHECK(on_customer("a::state = 'x'::shop.state", {kType}) == "a::core.state = 'x'::core.state");
  CHECK(on_customer("nextval('shop.customer'::regclass)", {kTable}) ==
        "nextval('shop.client'::regclass)");
  CHECK(on_customer("nextval('customer')", {kTable}) == "nextval('client')");
  CHECK(query("select shop.f(shop.t.a)::shop.state from shop.t", {kSchema}) ==
        "select store.f(store.t.a)::store.state from store.t");
}

TEST_CASE("text that does not parse stays as it is") {
  CHECK(query("select from where", {kTable}) == "select from where");
}
