#include <catch2/catch.hpp>

#include "tests/bind/binding_of.h"

using namespace schemac;
using namespace schemac::test;

TEST_CASE("fields that refer are dependencies") {
  const Bound s = bound(R"(
    schema s;
    extension hstore;
    enum mood { 'a' }
    domain d as mood[];
    table u { x int primary key; y int; unique uq (y, x); }
    table t {
      a d; b u?; h hstore; c int references u;
      foreign key (c, a) references u (x, y);
      index (c, a) include (h);
      trigger trg after update of c execute f();
      unique (a) include (c);
    }
    function f() returns trigger language plpgsql as $$ $$;
    function g(x mood, out y u) returns mood language plpgsql as $$ $$;)");
  CHECK(s.said().empty());
  CHECK(s.depends("domain", {"s", "d"}) == Lines{"schema s", "enum s.mood"});
  CHECK(s.depends("column", {"s", "t", "a"}) == Lines{"domain s.d"});
  CHECK(s.depends("column", {"s", "t", "b"}) == Lines{"table s.u"});
  CHECK(s.depends("column", {"s", "t", "h"}) == Lines{"extension hstore"});
  CHECK(s.depends("foreign_key", {"s", "t", "t_c_fkey"}) ==
        Lines{"table s.u", "column s.t.c", "column s.u.x", "primary key s.u.u_pkey"});
  CHECK(s.depends("foreign_key", {"s", "t", "t_c_a_fkey"}) ==
        Lines{"table s.u", "column s.t.a", "column s.t.c", "column s.u.x", "column s.u.y",
              "unique constraint s.u.uq"});
  CHECK(s.depends("index", {"s", "t_c_a_h_idx"}) ==
        Lines{"column s.t.a", "column s.t.c", "column s.t.h"});
  CHECK(s.depends("trigger", {"s", "t", "trg"}) == Lines{"function s.f()", "column s.t.c"});
  CHECK(s.depends("unique", {"s", "t", "t_a_c_key"}) == Lines{"column s.t.a", "column s.t.c"});
  CHECK(s.depends("function", {"s", "g", "s.mood"}) ==
        Lines{"schema s", "enum s.mood", "table s.u"});
  CHECK(s.depends("table", {"s", "t"}) == Lines{"schema s"});
}

TEST_CASE("names in SQL texts are dependencies, down to columns") {
  const Bound s = bound(R"(
    enum mood { 'a' }
    sequence counter;
    function f(a int) returns int as $$ select n from t; delete from u using t where t.m = 'a' $$;
    function g(a int) returns int as $$ select 1 $$;
    function g(a text) returns int as $$ select 1 $$;
    function h() returns int begin atomic $$ select max(x) from u; $$;
    function r(a int) returns int return (g(a));
    function p() returns int language plpgsql as $$ select n from t $$;
    table t {
      id int default nextval('counter');
      n int default (f(1)) check (n > 0 and f(n) > 0);
      m mood check (m <> 'a'::mood);
      gen int generated (n * id) stored;
      new int backfill (f(n));
      index (f(n)) where (m = 'a');
      trigger trg before update for each row when (old.n <> new.id) execute tf();
    }
    table u { x int; y int; }
    function tf() returns trigger language plpgsql as $$ $$;
    view v as $$ select a.n, u.y as why from t a, u where a.id = u.x $$;
    view star as $$ select u.* from u join t on true $$;
    view deep as $$ select 1 as one from t where exists (select 1 from u where x = n) $$;
    view row as $$ select u from u $$;
    view cte as $$ with u as (select n from t) select u.n from u $$;
    view vv as $$ select why from v $$;)");
  CHECK(s.said().empty());
  CHECK(
      s.depends("function", {"public", "f", "integer"}) ==
      Lines{"[table public.t]", "[table public.u]", "[column public.t.m]", "[column public.t.n]"});
  CHECK(s.depends("function", {"public", "h", ""}) == Lines{"table public.u", "column public.u.x"});
  CHECK(s.depends("function", {"public", "r", "integer"}) ==
        Lines{"function public.g(integer)", "function public.g(text)"});
  CHECK(s.depends("function", {"public", "p", ""}).empty());
  CHECK(s.depends("default", {"public", "t", "id"}) == Lines{"sequence public.counter"});
  CHECK(s.depends("default", {"public", "t", "n"}) == Lines{"function public.f(integer)"});
  CHECK(s.depends("check", {"public", "t", "t_n_check"}) ==
        Lines{"function public.f(integer)", "column public.t.n"});
  CHECK(s.depends("check", {"public", "t", "t_m_check"}) ==
        Lines{"enum public.mood", "column public.t.m"});
  CHECK(s.depends("column", {"public", "t", "gen"}) ==
        Lines{"column public.t.id", "column public.t.n"});
  CHECK(s.depends("column", {"public", "t", "new"}) ==
        Lines{"[function public.f(integer)]", "[column public.t.n]"});
  CHECK(s.depends("index", {"public", "t_f_idx"}) ==
        Lines{"function public.f(integer)", "column public.t.m", "column public.t.n"});
  CHECK(s.depends("trigger", {"public", "t", "trg"}) ==
        Lines{"function public.tf()", "column public.t.id", "column public.t.n"});
  CHECK(s.depends("view", {"public", "v"}) == Lines{"table public.t", "table public.u",
                                                    "column public.t.id", "column public.t.n",
                                                    "column public.u.x", "column public.u.y"});
  CHECK(s.depends("view", {"public", "star"}) ==
        Lines{"table public.t", "table public.u", "column public.u.x", "column public.u.y"});
  CHECK(s.depends("view", {"public", "deep"}) ==
        Lines{"table public.t", "table public.u", "column public.t.n", "column public.u.x"});
  CHECK(s.depends("view", {"public", "row"}) ==
        Lines{"table public.u", "column public.u.x", "column public.u.y"});
  CHECK(s.depends("view", {"public", "cte"}) == Lines{"table public.t", "column public.t.n"});
  CHECK(s.depends("view", {"public", "vv"}) == Lines{"view public.v"});
}

TEST_CASE("texts are looked up in the schema of what they stand in, then in public") {
  const Bound s =
      bound_all({"schema app; table t { a int; } view v as $$ select a from t $$; "
                 "view w as $$ select b from only_public $$;",
                 "table t { a int; } table only_public { b int; }"});
  CHECK(s.said().empty());
  CHECK(s.depends("view", {"app", "v"}) == Lines{"schema app", "table app.t", "column app.t.a"});
  CHECK(s.depends("view", {"app", "w"}) ==
        Lines{"schema app", "table public.only_public", "column public.only_public.b"});
}

TEST_CASE("dependencies can be found again") {
  Bound s = bound("table t { a int check (a > 1); } view v as $$ select a from t $$;");
  Catalog again = s.catalog;
  for (Object& object : again.objects()) object.depends.clear();
  find_dependencies(again);
  for (const Object& object : again.objects()) CHECK(equal(object, *s.catalog.find(object.id)));
}
