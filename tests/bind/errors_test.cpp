#include <catch2/catch.hpp>

#include "tests/bind/binding_of.h"

using namespace schemac;
using namespace schemac::test;

namespace {

// Everything that is said about a text, a line each.
Lines said(const std::string& text) {
  return bound(text).said();
}
// The same of the members of a table with a column `a`, and a table `u` beside it.
Lines in_table(const std::string& members) {
  return said("table t { a int; " + members +
              "\n}\ntable u { x int primary key; y int; z int; unique (y, z); }");
}

}  // namespace

TEST_CASE("words without a meaning are named with what may have been meant") {
  CHECK(said("tabl t { a int; }")
            .front()
            .find("`tabl` starts no declaration (did you mean `table`?)") != std::string::npos);
  CHECK(said("index (a);") == Lines{"1:1 misplaced-statement: `index` stands inside a table"});
  CHECK(said("policy p;") == Lines{"1:1 misplaced-statement: `policy` stands inside a table"});
  CHECK(said("tablespace x;") ==
        Lines{"1:1 unsupported-kind: `tablespace` is not supported by this version"});
  CHECK(in_table("\n/// Why.\nrow level security;") ==
        Lines{"2:1 misplaced-doc: this takes no documentation"});
  CHECK(in_table("like (u);") ==
        Lines{"1:18 unsupported-kind: `like` is not supported by this version"});
  CHECK(in_table("indx (a);") ==
        Lines{"1:18 unknown-member: `indx` starts no part of this table (did you mean `index`?)"});
  CHECK(
      in_table("b int defualt 5;") ==
      Lines{
          "1:24 unknown-clause: `defualt` is no clause of this column (did you mean `default`?)"});
  CHECK(in_table("trigger x before updat execute f();").front().find("`updat`") !=
        std::string::npos);
  CHECK(said("enum e { a }") ==
        Lines{"1:10 expected-value: a string is expected here instead of `a`"});
  CHECK(said("type { a int; }") == Lines{"1:1 missing-name: this composite type needs a name"});
  CHECK(said("domain d;") == Lines{"1:1 missing-clause: this domain needs `as`"});
  CHECK(said("access method x type index handler pg_catalog.h { a int; }") ==
        Lines{"1:51 unexpected-block: this access method takes no block"});
  CHECK(in_table("foreign key (a);") ==
        Lines{"1:18 missing-clause: this foreign key needs `references`"});
  CHECK(in_table("b int default 1 default 2;").front().find("is defined twice") !=
        std::string::npos);
  CHECK(in_table("b int storage main storage plain;") ==
        Lines{"1:37 repeated-clause: `storage` appears twice in this column"});
  CHECK(
      in_table("b int storage sideways;") ==
      Lines{"1:32 expected-value: one of `plain`, `external`, `extended`, `main` is expected here "
            "instead of `sideways`"});
  CHECK(in_table("with (fillfactor = );") ==
        Lines{"1:37 expected-value: a value is expected here"});
  CHECK(in_table("b int identity (start 99999999999999999999);") ==
        Lines{"1:40 number-out-of-range: `99999999999999999999` does not fit into 64 bits"});
}

TEST_CASE("all errors of a text come at once, in its order, one a statement") {
  CHECK(said("table t {\n  a citex;\n  b int oops;\n  c int check (x >);\n}\ntable t { d int; }") ==
        Lines{"2:5 unknown-type: unknown type `citex` (did you mean `citext`? it needs `extension "
              "citext;`)",
              "3:9 unknown-clause: `oops` is no clause of this column (" +
                  said("table t { b int oops; }")
                      .front()
                      .substr(said("table t { b int oops; }").front().find("this column takes")),
              "4:18 sql-syntax: syntax error at the end",
              "6:7 duplicate-definition: table public.t is defined twice"});
}

TEST_CASE("names that stand for nothing are found, wherever they are written") {
  CHECK(in_table("b citext;") ==
        Lines{"1:20 unknown-type: unknown type `citext` (it needs `extension citext;`)"});
  CHECK(said("extension citext; table t { b citexd; }") ==
        Lines{"1:31 unknown-type: unknown type `citexd` (did you mean `citext`?)"});
  CHECK(in_table("b timestampt;") ==
        Lines{"1:20 unknown-type: unknown type `timestampt` (did you mean `timestamp`?)"});
  CHECK(in_table("amount int; check (amuont > 1);") ==
        Lines{"1:37 unknown-column: column `amuont` not found in table public.t (did you mean "
              "`amount`?)"});
  CHECK(in_table("b other.kind;") == Lines{"1:20 unknown-type: unknown type `other.kind`"});
  CHECK(in_table("b int references uu;") ==
        Lines{"1:35 unknown-relation: relation `uu` not found"});
  CHECK(in_table("b int references u (q);") ==
        Lines{"1:38 unknown-column: column `q` not found in table public.u"});
  CHECK(in_table("index (aa);") ==
        Lines{"1:25 unknown-column: column `aa` not found in table public.t"});
  CHECK(in_table("check (aa > 1);") ==
        Lines{"1:25 unknown-column: column `aa` not found in table public.t"});
  CHECK(in_table("check (a > 1 and a::moood is null);") ==
        Lines{"1:38 unknown-type: unknown type `moood`"});
  CHECK(in_table("trigger x after insert execute f();") ==
        Lines{"1:49 unknown-function: function `f` not found"});
  CHECK(said("table o.t { a int; }") ==
        Lines{"1:7 unknown-schema: schema `o` is not declared (a file that starts with `schema o;` "
              "declares it)"});
  CHECK(said("extension citext schema ext;").size() == 1);
  CHECK(in_table("include m;") == Lines{"1:26 unknown-mixin: mixin `m` not found"});
  CHECK(said("sequence s owned by t.b; table t { a int; }") ==
        Lines{"1:21 unknown-column: column `b` not found in table public.t"});
  CHECK(said("view v as $$ select x from nowhere $$;") ==
        Lines{"1:28 unknown-relation: relation `nowhere` not found"});
  CHECK(said("table t { a int; } view v as $$ select t.b, a, c from t $$;") ==
        Lines{"1:40 unknown-column: column `b` not found in table public.t",
              "1:48 unknown-column: column `c` not found in table public.t"});
}

TEST_CASE("what a server or an extension may bring is given the benefit of the doubt") {
  CHECK(said("table t { a int default some_function(1) check (other_function(a)); }").empty());
  CHECK(said("view v as $$ select relname, ctid from pg_class, information_schema.tables $$;")
            .empty());
  CHECK(said("extension strange; table t { a public.thing; trigger x after insert execute f(); }")
            .empty());
  CHECK(said("extension strange; table t { a thing; }").size() == 1);
  CHECK(said("extension postgis; table t { a geometry(Point, 4326); } view v as $$ select * from "
             "spatial_ref_sys $$;")
            .empty());
  CHECK(
      said("table t { a int; } view v as $$ select s.b, g, x.k from t join lateral (select 1 as b) "
           "s on true, generate_series(1, 2) g, (values (1)) as x (k) group by g, 1, 3 order by b "
           "$$;")
          .empty());
  CHECK(
      said("table t { a int; } view v as $$ with c as (select a as q from t) select q, c.q from c "
           "$$;")
          .empty());
  CHECK(said("table t { a int; } view v as $$ select a + 1 as total from t group by total order by "
             "total $$;")
            .empty());
  CHECK(said("table t { a int; check (t is not null); check (tableoid > 0); }").empty());
}

TEST_CASE("SQL that does not parse is shown at its exact place") {
  const std::string newer =
      " (SQL that came after PostgreSQL 15 needs a later `server_version` in schemac.toml)";
  CHECK(said("view v as $$\n  select * form t\n$$;") ==
        Lines{"2:12 sql-syntax: syntax error at or near \"form\"" + newer});
  CHECK(in_table("check (\n  a >\n  1 1);") ==
        Lines{"3:5 sql-syntax: syntax error at or near \"1\"" + newer});
  CHECK(in_table("check (a, a);") == Lines{"1:25 sql-syntax: one expression is expected here"});
  CHECK(in_table("check ();") == Lines{"1:25 sql-syntax: one expression is expected here"});
  CHECK(said("function f() returns int begin atomic $$ selekt 1 $$;") ==
        Lines{"1:42 sql-syntax: syntax error at or near \"selekt\"" + newer});
  CHECK(said("function f() returns int return (1 +);").size() == 1);
}

TEST_CASE("names are unique in what they share") {
  CHECK(said("table t { a int; } view t as $$ select 1 as x $$;") ==
        Lines{"1:25 name-taken: view public.t has the name of table public.t"});
  CHECK(said("table t { a int; index u (a); } table u { a int; }") ==
        Lines{"1:39 name-taken: table public.u has the name of index public.u"});
  CHECK(said("enum t { 'a' } table t { a int; }") ==
        Lines{"1:22 name-taken: table public.t has the name of enum public.t"});
  CHECK(in_table("check c (a > 1); unique c (a);") ==
        Lines{"1:42 name-taken: unique constraint public.t.c has the name of check constraint "
              "public.t.c"});
  CHECK(
      said("function f(a int) returns int as $$ select 1 $$; procedure f(b int) as $$ select 1 $$;")
          .front()
          .find("name-taken") != std::string::npos);
  CHECK(
      said("function f(a int) returns int as $$ select 1 $$; function f(b text) returns int as $$ "
           "select 1 $$;")
          .empty());
  CHECK(said("enum e { 'a', 'b', 'a' }") ==
        Lines{"1:20 repeated-value: `a` appears twice in this list"});
}

TEST_CASE("rules of the server are kept") {
  CHECK(said("table t { id int? primary key; }") ==
        Lines{"1:17 nullable-key: column `id` of a primary key cannot be nullable (take the `?` "
              "away)"});
  CHECK(said("table t { a int primary key; b int primary key; }") ==
        Lines{"1:36 second-primary-key: table public.t has a primary key already"});
  CHECK(in_table("b int references u (z);") ==
        Lines{"1:24 no-matching-key: table public.u has no primary key or unique constraint on "
              "exactly these columns (add `unique (z);` to it)"});
  CHECK(in_table("b int; foreign key (a, b) references u (z, y);").empty());
  CHECK(in_table("foreign key (a) references u (y, z);") ==
        Lines{"1:18 column-count: 1 columns refer to 2"});
  CHECK(said("table t { a int references v; } table v { b int; }").front().find("no-primary-key") !=
        std::string::npos);
  CHECK(said("table t { a int references v (b); } table v { b int; unique index (b); }").empty());
  CHECK(
      said("table t { a int references v (b); } table v { b int; unique index (b) where (b > 0); }")
          .size() == 1);
  CHECK(said("view a as $$ select * from b $$; view b as $$ select * from a $$;") ==
        Lines{"1:1 dependency-cycle: these depend on each other: view public.a → view public.b → "
              "view public.a"});
  CHECK(said("function f() returns int language plpgsql;") ==
        Lines{"1:10 missing-clause: this function needs a body: `as $$ … $$`"});
  CHECK(said("type c { a serial; }").front().find("misplaced-shorthand") != std::string::npos);
}

TEST_CASE("names are what SQL makes of them") {
  CHECK(
      said("table T { A int; \"B\" int; }") ==
      Lines{"1:7 folded-name: `T` means `t`: names without quotes are lower case (write `\"T\"` to "
            "keep its letters)",
            "1:11 folded-name: `A` means `a`: names without quotes are lower case (write `\"A\"` "
            "to keep its letters)"});
  CHECK(said("TABLE t { a INT; UNIQUE (a); }").empty());
  CHECK(said("table t { " + std::string(64, 'a') + " int; }").front().find("name-too-long") !=
        std::string::npos);
  CHECK(said("table t { " + std::string(63, 'a') + " int; }").empty());
  CHECK(said("table t { \"check\" int; \"index\" int; \"with\" int; check (\"check\" > 0); }")
            .empty());
  CHECK(said("table t { a int was b; b int; }") ==
        Lines{"1:11 was-still-present: `was b` renames nothing: that name is still declared"});
}

TEST_CASE("what is wrong in a mixin is said once, with the inclusion") {
  const Bound schema =
      bound("mixin m { a nope; include m; }\ntable t { include m; }\ntable u { include m; }");
  CHECK(schema.said() == Lines{"1:13 unknown-type: unknown type `nope`",
                               "1:27 recursive-mixin: mixin `m` includes itself"});
  REQUIRE(schema.diagnostics[0].labels.size() == 1);
  CHECK(schema.diagnostics[0].labels[0].message == "included here");
  CHECK(schema.diagnostics[0].labels[0].at.text() == "m");
}
