#include <catch2/catch.hpp>

#include "tests/bind/binding_of.h"

using namespace schemac;
using namespace schemac::test;

TEST_CASE("omitted names are those that the server makes") {
  const Bound s = bound(R"(
    table t {
      a int primary key; b int unique; c int references t; d text;
      unique (a, b) include (d);
      check (a > b); check (c > 0); check (c > 1); check (1 > 0);
      index (a); index (a); index (lower(d), (a + b), (b + a)) include (c);
      exclude using gist ((a + 1) with =, b with =);
      foreign key (b, c) references t (a, b);
      foreign key (a) references t;
    }
    domain d as int check (value > 0) check (value < 9);)");
  CHECK(s.ids("primary_key") == Lines{"public.t.t_pkey"});
  CHECK(s.ids("unique") == Lines{"public.t.t_a_b_d_key", "public.t.t_b_key"});
  CHECK(s.ids("check") == Lines{"public.d.d_check", "public.d.d_check1", "public.t.t_c_check",
                                "public.t.t_c_check1", "public.t.t_check", "public.t.t_check1"});
  CHECK(s.ids("index") ==
        Lines{"public.t_a_idx", "public.t_a_idx1", "public.t_lower_expr_expr1_c_idx"});
  CHECK(s.ids("exclusion") == Lines{"public.t.t_expr_b_excl"});
  CHECK(s.ids("foreign_key") ==
        Lines{"public.t.t_a_fkey", "public.t.t_b_c_fkey", "public.t.t_c_fkey"});
}

TEST_CASE("long names are cut as the server cuts them") {
  const std::string table(40, 't');
  const std::string column(40, 'c');
  const Bound s = bound("table " + table + " { " + column + " int; d int; index (" + column +
                        "); index (" + column + "); index (" + column + ", d); }");
  const std::string both = std::string(29, 't') + "_" + std::string(29, 'c');
  const std::string shorter = std::string(29, 't') + "_" + std::string(28, 'c');
  CHECK(s.ids("index") == Lines{"public." + shorter + "_idx1", "public." + shorter + "_idx2",
                                "public." + both + "_idx"});
  // Not within a character.
  const Bound umlauts =
      bound("table \"" + std::string(31, 'a') + "üüüüüüüüüüüüüüüü\" { b int; index (b); }");
  REQUIRE(umlauts.ids("index").size() == 1);
  CHECK(umlauts.find("index", {"public", std::string(31, 'a') + "üüüüüüüüüüüüü_b_idx"}) != nullptr);
}

TEST_CASE("names that are written are taken from the start") {
  const Bound s = bound(R"(
    table t { a int; index (a); index t_a_idx (a desc); }
    table t_a_idx1 { b int; })");
  CHECK(s.said().empty());
  CHECK(s.ids("index") == Lines{"public.t_a_idx", "public.t_a_idx2"});
}
