#include <catch2/catch.hpp>

#include "compiler/kinds/column.h"
#include "compiler/kinds/index.h"
#include "tests/bind/binding_of.h"

using namespace schemac;
using namespace schemac::test;

namespace {

// A schema as teams write one, with words of kinds that this version refuses.
constexpr const char* kShop = R"schema(
schema shop;                       // where unqualified names of this file live

extension citext;
extension btree_gist;

enum order_status { 'pending', 'paid', 'dispatched' was 'shipped', 'cancelled' }

domain email as citext check (value ~ '^[^@\s]+@[^@\s]+$');

type money_amount { amount numeric(12,2); currency char(3); }

mixin auditable {
  created_by  text;
  created_on  timestamptz default now();
  modified_on timestamptz?;
}

/// People and companies that buy.
table customer {
  id         bigint identity primary key;
  tenant_id  uuid;
  /// Where invoices go.
  email      email unique;
  full_name  text was name;
  nickname   text? collate "C";
  born       date? check (born > date '1900-01-01');
  search     tsvector generated (to_tsvector('simple', full_name)) stored;
  tier       smallint backfill (case when balance > 1000 then 2 else 1 end);
  balance    numeric(14,2) default 0 using (balance::numeric(14,2));
  include auditable;

  unique (tenant_id, email);
  check plausible (born is null or born < date '2020-01-01');
  index (lower(full_name));
  index customer_search using gin (search) with (fastupdate = off);
  index (modified_on desc nulls last) include (email) where (modified_on is not null);
  statistics customer_tenant_tier (dependencies) on tenant_id, tier;

  row level security forced;
  policy own_tenant for select to app using (tenant_id = current_setting('app.tenant')::uuid);
  trigger touch before update for each row execute touch_modified_on();
  grant select, insert, update (full_name, nickname) to app;
  with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
}

table "order" {
  id          bigint identity;
  placed_at   timestamptz default now();
  customer_id bigint references customer on delete restrict;
  status      order_status default 'pending';

  primary key (id, placed_at);
  index (customer_id) where (status in ('pending', 'paid'));
  partition by range (placed_at) {
    partition order_rest default;
  }
}

table booking {
  customer_id bigint references customer on delete cascade deferrable initially deferred;
  room        int;
  during      tstzrange;
  exclude using gist (room with =, during with &&) where (not isempty(during));
}

/// One row per day; refreshed at night.
materialized view daily_sales as $$
  select placed_at::date as day, count(*) as orders from "order" group by 1
$$ {
  unique index (day);
  grant select to reporting;
}

function touch_modified_on() returns trigger language plpgsql security definer
    set search_path = shop as $$
begin
  new.modified_on := now();
  return new;
end
$$;
)schema";

}  // namespace

TEST_CASE("a schema as teams write it binds, and what comes later is refused by name") {
  const Bound shop = bound(kShop);
  CHECK(shop.said() == Lines{});
  CHECK(shop.ids("table") ==
        Lines{"shop.booking", "shop.customer", "shop.order", "shop.order_rest"});
  CHECK(shop.ids("unique") ==
        Lines{"shop.customer.customer_email_key", "shop.customer.customer_tenant_id_email_key"});
  CHECK(shop.ids("check") == Lines{"shop.customer.customer_born_check", "shop.customer.plausible",
                                   "shop.email.email_check"});
  CHECK(shop.ids("foreign_key") ==
        Lines{"shop.booking.booking_customer_id_fkey", "shop.order.order_customer_id_fkey"});
  CHECK(shop.ids("exclusion") == Lines{"shop.booking.booking_room_during_excl"});
  CHECK(shop.ids("index") == Lines{"shop.customer_lower_idx", "shop.customer_modified_on_email_idx",
                                   "shop.customer_search", "shop.daily_sales_day_idx",
                                   "shop.order_customer_id_idx"});
  CHECK(shop.ids("grant") ==
        Lines{"materialized view shop.daily_sales to reporting", "table shop.customer to app"});
  CHECK(shop.ids("comment") == Lines{"column shop.customer.email",
                                     "materialized view shop.daily_sales", "table shop.customer"});

  const auto tier = typed<Column>(*shop.find("column", {"shop", "customer", "tier"}));
  CHECK(tier.backfill->written == "case when balance > 1000 then 2 else 1 end");
  CHECK(tier.object->position == 7);
  CHECK_FALSE(tier.nullable);
  const Object* name = shop.find("column", {"shop", "customer", "full_name"});
  CHECK(name->was == Ident("name"));
  const auto email = typed<Column>(*shop.find("column", {"shop", "customer", "email"}));
  CHECK(email.type == TypeRef{{Ident("shop"), Ident("email")}, {}, 0});
  const auto recent = typed<Index>(*shop.find("index", {"shop", "customer_modified_on_email_idx"}));
  REQUIRE(recent.keys.size() == 1);
  CHECK(recent.keys[0].descending);
  CHECK(recent.keys[0].nulls == "nulls last");
}

TEST_CASE("the default of everything is absent, however it is written") {
  const Bound terse = bound(R"(
    table u { id int primary key; }
    table t { a int references u; b int; index (a, b desc); }
    function f(a int) returns int as $$ select 1 $$;
    sequence s;)");
  const Bound verbose = bound(R"(
    schema public;
    sequence s as bigint increment by 1 cache 1;
    function f(in a int4) returns integer language sql volatile parallel unsafe as $$ select 1 $$;
    table public.t {
      a integer; b int4;
      foreign key t_a_fkey (a) references public.u (id) match simple
        on delete no action on update no action;
      index t_a_b_idx using btree (a asc nulls last, b desc nulls first);
    }
    table u { id int primary key; })");
  CHECK(terse.said().empty());
  for (const Object& object : terse.catalog.objects()) {
    const Object* other = verbose.catalog.find(object.id);
    if (object.id.path()[1] == "u") continue;
    REQUIRE(other != nullptr);
    INFO(to_string(object.id));
    CHECK(object.values == other->values);
  }
}

TEST_CASE("each file has its schema, and names are looked up in it and in public") {
  const Bound both =
      bound_all({"schema app; enum mood { 'a' } table t { m mood; o other; p public.mood; }",
                 "enum mood { 'b' } enum other { 'c' } table t { m mood; x app.mood; }"});
  CHECK(both.said().empty());
  const auto type = [&](std::vector<std::string_view> path) {
    return typed<Column>(*both.find("column", path)).type.name.schema.text;
  };
  CHECK(type({"app", "t", "m"}) == "app");
  CHECK(type({"app", "t", "o"}) == "public");
  CHECK(type({"app", "t", "p"}) == "public");
  CHECK(type({"public", "t", "m"}) == "public");
  CHECK(type({"public", "t", "x"}) == "app");
  CHECK(both.ids("schema") == Lines{"app"});
}

TEST_CASE("schema public is part of the model only where something is said about it") {
  CHECK(bound("table t { a int; }").ids("schema").empty());
  CHECK(bound("schema public; table t { a int; }").ids("schema").empty());
  const Bound documented = bound("/// Ours.\nschema public;\ntable t { a int; }");
  CHECK(documented.ids("schema") == Lines{"public"});
  CHECK(documented.ids("comment") == Lines{"schema public"});
}

TEST_CASE("a serial column is what a server makes of it") {
  const Bound schema = bound("schema s; table t { id bigserial primary key; \"N\" serial; }");
  CHECK(schema.said().empty());
  CHECK(schema.ids("sequence") == Lines{"s.\"t_N_seq\"", "s.t_id_seq"});
  const Object* sequence = schema.find("sequence", {"s", "t_id_seq"});
  CHECK(to_string(sequence->parent) == "column s.t.id");
  CHECK(sequence->value("type").absent());
  CHECK(schema.find("sequence", {"s", "t_N_seq"})->value("type").type()->name.name.text ==
        "integer");
  CHECK(schema.find("default", {"s", "t", "N"})->value("expression").sql()->written ==
        "nextval('s.\"t_N_seq\"'::regclass)");
  CHECK(schema.depends("default", {"s", "t", "N"}) == Lines{"sequence s.\"t_N_seq\""});
}

TEST_CASE("values need no parentheses where they are literals, names or calls") {
  const auto value = [](const std::string& text) {
    const Bound schema = bound("table t { c text default " + text + " check (c <> ''); }");
    const Object* object = schema.find("default", {"public", "t", "c"});
    if (!schema.said().empty()) return schema.said().front();
    return object == nullptr ? "nothing" : object->value("expression").sql()->written;
  };
  for (const char* text :
       {"0", "-1.5", "'it''s'", "true", "current_date", "now()", "'{}'::text[]", "'x'::varchar(10)",
        "lower('X')", "pg_catalog.now()", "interval '1 day'", "array[1, 2]::int[]",
        "current_timestamp(3)", "E'a\\n'", "('a' || 'b')::text"})
    CHECK(value(text) == text);
  CHECK(value("(1 + 1)") == "1 + 1");
  CHECK(value("( 'a'  ||  'b' )") == "'a'  ||  'b'");
}
