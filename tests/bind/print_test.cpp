#include "compiler/print/print.h"

#include <catch2/catch.hpp>
#include <set>

#include "tests/bind/binding_of.h"

using namespace schemac;
using namespace schemac::test;

namespace {

// Every kind with every field of its table, comments on most of them, two schemas and public.
constexpr const char* kEverything = R"schema(
/// What this database is for.
///
/// A second paragraph: "quotes" and 'apostrophes'.
schema app;

extension hstore {
  function akeys(hstore) { grant execute to "Clerk"; revoke execute from public; }
  table some_table { grant select to "Clerk"; }
  foreign data wrapper brought { grant usage to "Clerk" with grant option; }
  language pl { grant usage to "Clerk"; }
}
system language plpgsql { revoke usage from public; }
extension "uuid-ossp" schema ext;
default privileges for role "Boss" in schema app grant select, insert on tables to reader, "Clerk"
  with grant option;
default privileges revoke execute on functions from public;

/// No labels yet.
enum empty_one { }
enum mood { 'sad', 'it''s ok', 'Happy' }

domain positive as int default 1 not null check (value > 0) check (value < 100);
domain odd as positive {
  /// why
  check odd_is_odd (value % 2 = 1);
}
domain words as text collate "C";

type pair {
  /// left one
  a int;
  b text collate "de_DE";
  c mood[];
  "Quoted Name" numeric(10, 2);
}

unlogged sequence s_unlogged;
sequence s_all as smallint start -5 increment -2 minvalue -100 maxvalue 100 cache 7 cycle;
/// owned
sequence t_n_seq as integer owned by t.n;

/// T
unlogged table t {
  id        bigint identity by default (start 1000 increment 5 cache 20) primary key deferrable initially deferred;
  n         int default nextval('app.t_n_seq'::regclass);
  "Weird ""Name" text? storage external compression lz4 statistics 500 with (n_distinct = -0.5);
  "check"   text default 'it''s' check ("check" <> '');
  "order"   date default current_date;
  m         mood[]? default '{}'::mood[];
  p         pair?;
  ts        timestamp(3) with time zone default (now() at time zone 'utc');
  iv        interval day to second(3)?;
  b         bit varying(8)?;
  h         hstore?;
  g         text generated (upper("check")) stored;
  ident     int identity (minvalue 5 maxvalue 9 cycle);
  other     int identity (increment -1);
  chr       "char"?;
  c1        char(5)?;
  dec       numeric(12)? default -1.5;
  col       text? collate "C" default E'a\nb';

  primary_was int;
  unique nulls not distinct (n, "order") include (h) with (fillfactor = 70) tablespace fast;
  /// documented, so a member
  unique (n);
  unique other_name ("check") deferrable initially deferred;
  not null n_given (n) no inherit;
  /// Since the move.
  not null ("check") not valid;
  check (n > 0);
  check (n < 1000) not valid;
  check (n <> 7) no inherit;
  check (n <> id);
  check named (id > 0);
  exclude using gist (iv with =, (lower("check")) collate "C" text_ops desc nulls last
    with operator(public.=)) include (n) with (fillfactor = 90) tablespace fast where (n > 1)
    deferrable initially deferred;
  exclude (n desc nulls last with =);
  foreign key (n) references u on delete set default on update cascade match full deferrable
    initially deferred;
  foreign key (n, "order") references u (x, y) on delete set null (n) not valid;
  foreign key fk_named (n) references u;
  index (n);
  index (n);
  index ("check" text_pattern_ops (siglen = 5), lower("check"), (n + 1) desc,
    (id || '') collate "C" nulls first) include (n) nulls not distinct
    with (fillfactor = 50, deduplicate_items = off) tablespace fast where (n is not null);
  unique index using hash (n);
  /// brin
  index named_idx using brin (ts) with (pages_per_range = 4);
  trigger t1 before insert or update of n, "order" or delete for each row
    when (old.n is distinct from new.n) execute trg('a', 'b''c', '1');
  constraint trigger t2 after insert from u deferrable initially deferred for each row
    execute trg() always;
  trigger t3 after update referencing old table as o referencing new table as nw
    execute trg() disabled;
  using heap;
  tablespace fast;
  with (fillfactor = 70, toast.autovacuum_enabled = false, autovacuum_vacuum_scale_factor = 0.1);
  row level security disabled forced;
  /// seen
  policy seen as restrictive for update to "Clerk", current_user using (n > 0) with check (n > 1);
  policy "all rows" using (true);
}

table u {
  x int primary key include (y) with (fillfactor = 60) tablespace fast;
  y date;
  unique (x, y);
  owner "Boss";
  grant insert, select, update (y, x) to "Clerk", public;
  grant delete to reader with grant option;
  grant delete to writer granted by reader;
  revoke truncate from "Boss";
}
table nothing { }

type row_type { id int; b text; }
table typed of row_type;
table below inherits (nothing, u) { z int; }
table ranged {
  id int;
  b  text?;

  replica identity full;
  partition by range (lower(b) collate "C", b text_pattern_ops) {
    partition ranged_1 from ('a', minvalue) to (maxvalue, 'x') columns (b, id) {
      /// B
      column b not null default 'x' storage external compression pglz statistics 5
        with (n_distinct = 5);

      check (id > 0);
      partition by hash (id) {
        partition ranged_1_0 with (modulus 2, remainder 0);
      }
    }
    partition ranged_rest default {
      column b no default;
    }
  }
}
table listed { id int; partition by list (id) { partition listed_1 in (1, 2); } }
table whole {
  id int primary key;
  n int;
  index by_n (n);
  foreign key other (n) references u (x);
  trigger wt after insert for each row execute trg();
  partition by range (id) {
    partition whole_1 from (1) to (2) {
      /// of a part
      inherited index part_n of by_n column 1 statistics 50 column 2 statistics -1
        with (fillfactor = 80) tablespace fast replica identity cluster
        constraint comment 'of a part';
      inherited index part_key of whole_pkey no options;
      inherited constraint part_other of other;
      /// with a comment
      inherited trigger wt always;
      partition by range (id) {
        partition whole_1_1 from (1) to (2) { inherited index deep_n of by_n; }
      }
    }
  }
}
table marked_1 { n int; primary key (n) replica identity cluster index comment 'by n'; }
table marked_2 { n int; unique (n) replica identity cluster index comment 'by n'; }
table marked_3 { n int; unique index (n) replica identity cluster; index (lower(n) statistics 9); }
table marked_4 { n int; exclude (n with =) cluster index comment 'by n'; }
table booking {
  room   int;
  during tstzrange;
  primary key (room, during) without overlaps;
  check (room > 0) not enforced;
}
table stay {
  room   int;
  during tstzrange;
  unique (room, during) without overlaps;
  foreign key (room, during) references booking period not enforced;
}

/// V
view v (one, two) with (security_barrier = true, check_option = local) as $$
  select n as one, "check" as two from t where n > 1
$$ {
  /// about one
  column one default 5;
  column two;
  trigger vt instead of insert for each row execute trg();
}
view v2 as $$ select v.*, u.y from v join u on u.x = v.one $$;
materialized view mv (x, c) using heap with (fillfactor = 70) tablespace fast as $$
  with a as (select * from u) select x, count(*) as c from a group by x
$$ {
  unique index (x);
  /// mc
  column c storage main compression lz4 statistics 4 with (n_distinct = 3);
}

function trg() returns trigger language plpgsql as $$ begin return new; end $$;
function f(a int, inout b text default 'x', out c mood, variadic d int[]) language plpgsql
  as $x$ begin $$ end $x$;
function f(int, numeric) returns setof t language sql stable strict leakproof security definer
  parallel safe cost 0.5 rows 10 set search_path = app, "$user", pg_temp set work_mem = '64MB'
  set application_name = 'My App' as $$ select * from t $$;
function tab(x int) returns table (a int, b mood[]) language sql immutable as $$ select 1, null $$;
function at(x int) returns int begin atomic $$ select x + 1; select max(n) from t; $$;
function ret(x int) returns int return (x + 1);
function cfun(internal) returns internal language c library '$libdir/x' as $$sym$$;
function win() returns int language internal window support pg_catalog.generate_series_int4_support
  as $$window_row_number$$;
/// P
procedure proc(inout a int, b u) security definer set search_path = '' as $$ delete from u $$;
procedure proc3() language plpgsql as $$ begin end $$;
procedure proc2() begin atomic $$ delete from u; $$;

/// The way of the phone book.
collation german locale 'de-u-co-phonebk' provider icu nondeterministic rules '& a < g';
collation mixed lc_collate 'C' lc_ctype 'de_DE';
default conversion both for 'LATIN1' to 'UTF8' from pg_catalog.iso8859_1_to_utf8;
range type span of text subtype_opclass pg_catalog.text_pattern_ops collate german
  canonical as_one subtype_diff apart multirange_type_name spans;
function as_one(span) returns span language internal immutable as $$int4range_canonical$$;
function word_in(cstring) returns word language internal immutable as $$textin$$;
function word_out(word) returns cstring language internal immutable as $$textout$$;
base type word input word_in output word_out receive pg_catalog.textrecv send pg_catalog.textsend
  typmod_in pg_catalog.varchartypmodin typmod_out pg_catalog.varchartypmodout
  analyze pg_catalog.array_typanalyze subscript pg_catalog.raw_array_subscript_handler
  internallength 16 passedbyvalue alignment double storage extended category 'S' preferred
  default 'w' element int delimiter ';' collatable;
shell type later;
function apart(text, text) returns float8 immutable as $$ select 1 $$;
access method tree type index handler pg_catalog.bthandler;
trusted language own handler pg_catalog.plpgsql_call_handler
  inline pg_catalog.plpgsql_inline_handler validator pg_catalog.plpgsql_validator;
transform for int language own from sql with function pg_catalog.varchar_support
  to sql with function pg_catalog.int4recv;
function shown(a int) returns int language own transform for type int as $$ x $$;
procedure shown_too(a int) language own transform for type int library 'lib' as $$ x $$;
function same(pair, pair) returns bool immutable as $$ select true $$;
operator === (pair, pair) function same commutator === negator !== restrict pg_catalog.eqsel
  join pg_catalog.eqjoinsel hashes merges;
operator !== (pair, pair) function same negator ===;
operator !! (pair) postfix function same;
operator family pairs using btree operator 1 === (pair, int) for order by pg_catalog.integer_ops
  function 1 same(pair, pair) for (pair, int);
operator class pair_ops using btree default for type pair family pairs operator 3 ===
  function 1 same(pair, pair) storage int;
cast (pair as int) with inout as implicit;
cast (int as pair) with function same(int) as assignment;
aggregate every_one(a int, variadic b int[]) sfunc same stype pair sspace 10 finalfunc same
  finalfunc_extra finalfunc_modify shareable combinefunc same serialfunc same deserialfunc same
  initcond '(1)' msfunc same minvfunc same mstype pair msspace 20 mfinalfunc same
  mfinalfunc_extra mfinalfunc_modify read_write minitcond '(2)' sortop === parallel safe;
aggregate ranked(p float8) order by (a int) hypothetical sfunc same stype pair;
text search parser words start pg_catalog.prsd_start gettoken pg_catalog.prsd_nexttoken
  end pg_catalog.prsd_end lextypes pg_catalog.prsd_lextype headline pg_catalog.prsd_headline;
text search template plainly init pg_catalog.dsimple_init lexize pg_catalog.dsimple_lexize;
text search dictionary plain template plainly with (accept = false, stopwords = 'english');
text search configuration whole parser words {
  asciiword with (plain, pg_catalog.simple),
  word with (plain)
}
foreign data wrapper far handler same validator pg_catalog.postgresql_fdw_validator
  options (a = 'b');
server files type 'disk' version '2' foreign data wrapper far options (host = 'h');
user mapping for app server files options ("user" = 'me');
foreign table remote server files options (table_name = 'x') {
  id int options (column_name = 'Id') { security label for anon 'MASKED'; }
  security label for anon 'all of it';
}
foreign table further inherits (remote) server files {
  column id options (column_name = 'Further');
}
table half {
  id int;
  partition by range (id) {
    foreign partition half_1 from (1) to (2) server files;
  }
}
materialized view unfilled as $$ select 1 as x $$ with no data;
system table pg_authid { grant select (rolname) to app; }
system function pg_sleep(double precision) { revoke execute from public; }
publication everything for all tables with (publish = 'insert');
publication some {
  table u (x) where (x > 0);
  schema ext;
}
subscription sub connection 'host=h' publication everything, some with (binary = true);
event trigger watch on ddl_command_end when tag in ('CREATE TABLE') execute trg() always;
table ruled {
  id int;
  n int;
  rule r on update where (old.n > 0) do also $$ delete from u $$ disabled;
  statistics st (ndistinct, mcv) on id, (n + 1) statistics 100 schema ext;
}

schema ext;
table t { id int references app.u; m app.mood; k app.t?; }
schema public;
table t { id int; m app.mood; }
)schema";

// Binds what is printed of a catalog, both ways of printing, and compares.
void check_round_trip(const Catalog& catalog) {
  const std::string text = print_text(catalog);
  const Bound again = bound(text);
  INFO(text);
  REQUIRE(again.said() == Lines{});
  REQUIRE(again.catalog.size() == catalog.size());
  for (std::size_t i = 0; i < catalog.size(); ++i) {
    INFO(to_string(catalog.objects()[i].id));
    REQUIRE(equal(again.catalog.objects()[i], catalog.objects()[i]));
  }
  Sink sink;
  CHECK(format(parse_file(std::make_shared<SourceFile>("printed", text), sink)) == text);
  std::vector<std::string> files;
  for (const auto& [path, content] : print_files(catalog)) {
    const auto file = std::make_shared<SourceFile>(path, content);
    CHECK(format(parse_file(file, sink)) == content);
    files.push_back(content);
  }
  const Bound from_files = bound_all(files);
  REQUIRE(from_files.said() == Lines{});
  REQUIRE(from_files.catalog.size() == catalog.size());
  for (std::size_t i = 0; i < catalog.size(); ++i)
    REQUIRE(equal(from_files.catalog.objects()[i], catalog.objects()[i]));
}

// Whether a field can be absent without breaking what stands elsewhere.
bool can_go(const KindInfo& kind, const FieldInfo& field) {
  const bool body =
      kind.signature != nullptr && (field.shape == Shape::body ||
                                    field.shape == Shape::statements || field.shape == Shape::expr);
  // An object without a name is known by its values.
  if (kind.naming == Naming::none && kind.signature != nullptr) return false;
  return !field.required && field.place != Place::signature && field.place != Place::hidden &&
         !field.holds_parts && !body && field.refers != Refers::ref_column &&
         field.refers != Refers::owner_column && field.refers != Refers::schema &&
         field.name != "returns";
}

}  // namespace

TEST_CASE("every kind with every field prints, parses and binds to itself") {
  const Bound everything = bound(kEverything);
  REQUIRE(everything.said() == Lines{});
  std::set<std::string> missing;
  for (const KindInfo* kind : all_kinds())
    for (const FieldInfo& field : kind->fields) {
      bool used = field.role == Role::intent || field.name == "invalid";
      for (const Object& object : everything.catalog.objects())
        used = used || (&object.kind() == kind && !object.value(field.name).absent());
      if (!used) missing.insert(std::string(kind->name) + "." + std::string(field.name));
    }
  CHECK(missing == std::set<std::string>{});
  check_round_trip(everything.catalog);
}

TEST_CASE("any field may be absent from what prints, parses and binds to itself") {
  const Bound everything = bound(kEverything);
  int changed = 0;
  for (std::size_t i = 0; i < everything.catalog.size(); ++i) {
    const KindInfo& kind = everything.catalog.objects()[i].kind();
    for (std::size_t f = 0; f < kind.fields.size(); ++f) {
      if (!can_go(kind, kind.fields[f])) continue;
      Catalog catalog = everything.catalog;
      Object& object = catalog.objects()[i];
      if (object.values[f].absent()) continue;
      object.values.set(f, Value{});
      if (kind.signature != nullptr &&
          kind.signature(object.values) != kind.signature(everything.catalog.objects()[i].values))
        continue;  // it would be another object
      if (kind.wrong != nullptr && !kind.wrong(object.values).empty()) continue;
      find_dependencies(catalog);
      INFO(to_string(catalog.objects()[i].id) << " without " << kind.fields[f].name);
      const Bound again = bound(print_text(catalog));
      REQUIRE(again.said() == Lines{});
      REQUIRE(again.catalog.size() == catalog.size());
      for (std::size_t o = 0; o < catalog.size(); ++o)
        REQUIRE(equal(again.catalog.objects()[o], catalog.objects()[o]));
      ++changed;
    }
  }
  CHECK(changed > 80);
}

TEST_CASE("names are written where binding would not give them back") {
  const auto members = [](const std::string& text) {
    const std::string printed = print_text(bound("table t { a int; b int; " + text + " }").catalog);
    return printed.substr(printed.find("b int") + 5);
  };
  CHECK(members("unique (a, b);") == ";\n\n  unique (a, b);\n}\n");
  CHECK(members("unique u (a, b);") == ";\n\n  unique u (a, b);\n}\n");
  CHECK(members("check (a > b); check (b > a);") == ";\n\n  check (a > b);\n  check (b > a);\n}\n");
  // Its base name is free, so a server would not have numbered it.
  CHECK(members("check t_check1 (a > b);") == ";\n\n  check t_check1 (a > b);\n}\n");
  CHECK(members("check t_b_check1 (b > 1); check (b > 2);") ==
        " check (b > 2) check (b > 1);\n}\n");
}

TEST_CASE("intents are no part of what is printed") {
  CHECK(print_text(bound("table t { a int was b backfill (1) using (a::int); }").catalog) ==
        "table t {\n  a int;\n}\n");
}
