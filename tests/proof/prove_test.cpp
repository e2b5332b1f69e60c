// Proofs on a throwaway server, those above all that must fail.

#include "proof/prove.h"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include "codegen/postgres/postgres.h"
#include "codegen/render.h"
#include "compiler/ir/json.h"
#include "compiler/plan/planner.h"
#include "proof/rows.h"
#include "tests/harness/oracles.h"

using namespace schemac;
using Catch::Contains;

namespace {

postgres::Throwaway& server() {
  static const std::unique_ptr<postgres::Throwaway> server = postgres::Throwaway::open("auto");
  return *server;
}

Catalog compile(const char* text) {
  Sink sink;
  const Catalog catalog = test::compile({{"a.schema", text}}, sink);
  REQUIRE_FALSE(sink.has_errors());
  return canonical_catalog(catalog, server());
}

// A revision between two schemas, with SQL put into its files.
struct Revision {
  Revision(const char* before, const char* after) : from(compile(before)), to(compile(after)) {
    intents = intents_of(from, to);
    const Target target = postgres::target(server().server_version());
    up = make_plan(from, to, intents.renames, target);
    down = make_plan(to, from, reversed(intents.renames), target);
    auto texts = render_files({.revision = "20200101000000_r",
                               .name = "r",
                               .parents = "",
                               .tool = "schemac",
                               .proof = "",
                               .up = &up,
                               .down = &down,
                               .dialect = &postgres::dialect()},
                              "native");
    files = {"20200101000000_r",   "up.sql", texts.at("up.sql"), "down.sql",
             texts.at("down.sql"), "sum"};
  }
  Proof prove(std::optional<std::vector<ObjectId>> touched = {}) const {
    return schemac::prove({from, to, intents, up.lost, down.lost, std::move(touched), files},
                          server());
  }

  Catalog from, to;
  Intents intents;
  Plan up, down;
  RevisionFiles files;
};

std::string failures(const Proof& proof) {
  std::string text;
  for (const ProofFailure& failure : proof.failures)
    text += "[" + failure.promise + "] " + failure.object + ": " + failure.text + "\n";
  return text;
}

std::string limits(const Proof& proof) {
  std::string text;
  for (const std::string& limit : proof.evidence.limits) text += limit + "\n";
  return text;
}

constexpr const char* kBefore = "table t { id int primary key; name text; }\n";
constexpr const char* kAfter = "table t { id int primary key; name text; note text?; }\n";

}  // namespace

TEST_CASE("a revision that keeps its promises is proven, with what was looked at") {
  const Proof proof = Revision(kBefore, kAfter).prove();
  CHECK(failures(proof) == "");
  CHECK(proof.evidence.proven);
  CHECK(proof.evidence.dumped);
  CHECK(proof.evidence.tables == 1);
  CHECK(proof.evidence.rows_up == 3);
  CHECK(proof.evidence.rows_down == 3);
  CHECK(proof.evidence.from != proof.evidence.to);
  CHECK_THAT(summary(proof.evidence), Contains("up, down, up; kept 3 rows of 1 table."));
}

TEST_CASE("an up file that does not reach the declared schema is found, by object") {
  Revision revision(kBefore, kAfter);
  revision.files.up_sql = "BEGIN;\nALTER TABLE public.t ADD COLUMN note integer;\nCOMMIT;\n";
  const Proof proof = revision.prove();
  CHECK_FALSE(proof.evidence.proven);
  CHECK_THAT(failures(proof), Contains("[catalog] column public.t.note:"));
  CHECK_THAT(failures(proof), Contains("[dump] CREATE TABLE public.t (") && Contains("- ") &&
                                  Contains("note text,") && Contains("note integer,"));
}

TEST_CASE("what our own reader does not see, pg_dump sees") {
  Revision revision(kBefore, kAfter);
  revision.files.up_sql += "REVOKE USAGE ON TYPE pg_catalog.box FROM PUBLIC;\n";
  revision.files.down_sql += "GRANT USAGE ON TYPE pg_catalog.box TO PUBLIC;\n";
  const Proof proof = revision.prove();
  CHECK_THAT(failures(proof), Contains("[dump] REVOKE ALL ON TYPE pg_catalog.box FROM PUBLIC"));
  CHECK_THAT(failures(proof), !Contains("catalog]"));
}

TEST_CASE("rows that a file changes or takes are found") {
  Revision revision(kBefore, kAfter);
  revision.files.up_sql += "UPDATE public.t SET name = 'changed' WHERE id = 1;\n";
  revision.files.down_sql += "DELETE FROM public.t WHERE id = 2;\n";
  const std::string text = failures(revision.prove());
  CHECK_THAT(text, Contains("[rows] table public.t:") && Contains("'1' 'changed'"));
  CHECK_THAT(text, Contains("[down-rows] table public.t:"));
}

TEST_CASE("a down file that leaves something is found") {
  Revision revision(kBefore, kAfter);
  revision.files.down_sql = "SELECT 1;\n";
  const std::string text = failures(revision.prove());
  CHECK_THAT(text, Contains("[down-catalog] column public.t.note:"));
  CHECK_THAT(text, Contains("[again]") && Contains("already exists"));
}

TEST_CASE("a statement that fails is named by its place") {
  Revision revision(kBefore, kAfter);
  revision.files.up_sql = "-- header\nALTER TABLE public.missing ADD COLUMN a int;\n";
  const Proof proof = revision.prove();
  REQUIRE(proof.failures.size() == 1);
  CHECK(proof.failures[0].promise == "apply");
  CHECK(proof.failures[0].offset == std::size_t{10});
  CHECK_THAT(proof.failures[0].text, Contains("does not exist"));
}

TEST_CASE("rows that a statement rightly refuses are taken out, and the evidence says so") {
  const Proof proof = Revision("table t { id int primary key; name text?; }\n",
                               "table t { id int primary key; name text; }\n")
                          .prove();
  CHECK(failures(proof) == "");
  CHECK_THAT(limits(proof), Contains("refuses rows with NULL"));
  CHECK(proof.evidence.rows_up == 3);  // without NULL they came through
}

TEST_CASE("a partition that leaves its table takes its rows along") {
  const std::string columns = "id int primary key; name text;";
  const std::string table =
      "table part { " + columns + " }\ntable whole { " + columns + " partition by range (id)";
  const std::string before = "table whole { " + columns +
                             " partition by range (id) {"
                             " partition part from (1) to (2000000000); } }\n";
  const Proof proof = Revision(before.c_str(), (table + "; }\n").c_str()).prove();
  CHECK(failures(proof) == "");
  CHECK(limits(proof) == "");
  CHECK(proof.evidence.rows_up == 3);
  CHECK(proof.evidence.rows_down == 3);
}

TEST_CASE("a table that keeps no row is named") {
  const Proof proof =
      Revision("table t { id int primary key; rule away on insert do instead nothing; }\n",
               "table t { id int primary key; note text?;"
               " rule away on insert do instead nothing; }\n")
          .prove();
  CHECK(failures(proof) == "");
  CHECK_THAT(limits(proof), Contains("table public.t has no rows: it keeps none"));
}

TEST_CASE("what triggers do to rows that come and go does not disturb a proof") {
  const std::string functions =
      "function away() returns trigger language plpgsql as $$ begin return null; end $$;\n"
      "function makes() returns trigger language plpgsql as $$ begin"
      " execute format('create table made_%s (id int)', new.id); return new; end $$;\n"
      "function breaks() returns trigger language plpgsql as $$ begin"
      " raise exception 'never'; end $$;\n";
  const std::string triggers =
      " trigger away before insert for each row execute away();"
      " trigger makes after insert for each row execute makes();"
      " trigger off before insert for each row execute breaks() disabled;"
      " trigger copied before insert for each row execute breaks() replica;"
      " trigger emptied before truncate execute breaks(); }\n";
  const Proof proof =
      Revision((functions + "table t { id int primary key;" + triggers).c_str(),
               (functions + "table t { id int primary key; note text?;" + triggers).c_str())
          .prove();
  CHECK(failures(proof) == "");
  CHECK(limits(proof) == "");
  CHECK(proof.evidence.rows_up == 3);
  CHECK(proof.evidence.rows_down == 3);
}

TEST_CASE("values that get another type are compared as that type") {
  const Proof proof = Revision("table t { id int primary key; n int; }\n",
                               "table t { id bigint primary key; n numeric(8,2); }\n")
                          .prove();
  CHECK(failures(proof) == "");
  CHECK(limits(proof) == "");
}

TEST_CASE("rows follow renames up and down") {
  const Proof proof = Revision("table t { id int primary key; name text; }\n",
                               "table u was t { id int primary key; title text was name; }\n")
                          .prove();
  CHECK(failures(proof) == "");
  CHECK(proof.evidence.rows_down == 3);
}

TEST_CASE("a proof builds what the revision reaches, names in bodies included") {
  std::string before =
      "enum state { 'new', 'done' }\n"
      "table audit { id int identity primary key; what text; state state; }\n"
      "function note() returns trigger language plpgsql as $$ begin"
      " insert into public.audit (what, state) values (tg_op, 'new'); return new; end $$;\n"
      "view shown as $$ select id, up from t5 $$;\n";
  for (int i = 0; i < 12; ++i)
    before += "table t" + std::to_string(i) + " { id int primary key; name text; up int?" +
              (i == 0 ? std::string(" check (up > 0)") : " references t" + std::to_string(i - 1)) +
              ";" + (i == 5 ? " trigger noted after insert for each row execute note();" : "") +
              " }\n";
  std::string after = before;
  after.replace(after.find("table t5 { "), 11, "table t5 { more text?; ");
  Revision revision(before.c_str(), after.c_str());
  const std::vector<ObjectId> touched{ObjectId(*find_kind("table"), {"public", "t5"})};
  const Proof proof = revision.prove(touched);
  CHECK(failures(proof) == "");
  CHECK(limits(proof) == "");
  // t5, what it refers to, what refers to it and what its trigger writes to; not t7 to t11.
  CHECK(proof.evidence.built > 10);
  CHECK(proof.evidence.built < proof.evidence.objects / 2);
  CHECK(proof.evidence.objects == static_cast<int>(revision.to.size()));
  CHECK(proof.evidence.to == fingerprint(revision.to));
  CHECK(proof.evidence.tables == 2);  // t5 and t4, which it refers to
  CHECK(proof.evidence.rows_up == 6);
  // A part tells what is wrong as well, and the whole has the last word.
  revision.files.down_sql = "SELECT 1;\n";
  const Proof wrong = revision.prove(touched);
  CHECK_THAT(failures(wrong), Contains("[down-catalog] column public.t5.more:"));
  CHECK(wrong.evidence.built == wrong.evidence.objects);
}

TEST_CASE("a server that fails is no promise that is not kept") {
  for (const char* state : {"53100", "57P01", "58030"}) {
    Revision revision(kBefore, kAfter);
    revision.files.up_sql = "DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '" +
                            std::string(state) + "'; END $$;\n";
    CHECK_THROWS_WITH(revision.prove(), "the throwaway server cannot go on: no space left");
  }
}

TEST_CASE("rows that are taken where the plan does not act are found") {
  Revision revision("table t { id int primary key; }\ntable other { id int primary key; }\n",
                    "table t { id int primary key; note text?; }\n"
                    "table other { id int primary key; }\n");
  revision.files.up_sql += "DELETE FROM public.other WHERE id = 1;\n";
  CHECK_THAT(failures(revision.prove()), Contains("[rows] table public.other:"));
}

TEST_CASE("tables of all sorts get rows") {
  const std::string url = server().create_database();
  {
    pqxx::connection connection(url);
    pqxx::nontransaction work(connection);
    work.exec(R"(
      create type state as enum ('new', 'done');
      create type point3 as (x int, y text, z state);
      create domain slug as text check (value ~ '^[a-z]+(-[a-z]+)*$');
      create type span as range (subtype = text);
      create table types (a int[] not null, b int4range not null, c state not null,
        d point3 not null, e slug not null, f span not null, g numeric(3,3) not null,
        h varchar(2) not null, i bit(3) not null, j timestamptz not null, k jsonb not null,
        l uuid not null, m inet not null, n bytea not null, o interval not null);
      create table checked (id int generated always as identity primary key,
        grade text not null check (grade in ('gold', 'silver')), n int not null check (n between 500 and 510),
        code text not null check (length(code) = 7), iban text not null check (iban ~ '^[A-Z]{2}[0-9]{4}$'),
        low int not null, high int not null, check (low < high));
      create table a (id int primary key, b_id int not null);
      create table b (id int primary key, a_id int not null references a);
      alter table a add foreign key (b_id) references b;
      create table self (id bigint generated always as identity primary key,
        parent_id bigint not null references self);
      create table child (id serial primary key, self_id bigint not null references self, unique (self_id));
      create table booking (room int not null, during daterange not null,
        exclude using gist (during with &&));
      create table made (a int not null, b int generated always as (a * 2) stored, unique (b));
      create table parted (id int not null, day date not null, kind text not null
        check (kind in ('a', 'b')), primary key (id, day, kind)) partition by range (day);
      create table parted_1 partition of parted for values from ('2031-05-01') to ('2031-06-01');
      create table parted_2 partition of parted for values from ('2031-06-01') to ('2031-07-01')
        partition by list (kind);
      create table parted_2_a partition of parted_2 for values in ('a');
      create table nothing (a int check (a is null and a is not null) not null);
    )");
  }
  const Filled filled = fill_tables(url, {});
  std::string empty;
  for (const EmptyTable& table : filled.empty)
    empty += table.table.second + ": " + table.reason + "\n";
  CHECK_THAT(empty,
             Contains("nothing: new row for relation \"nothing\" violates check constraint"));
  CHECK(filled.empty.size() == 1);
  CHECK(filled.tables.size() == 9);
  CHECK(filled.tables.contains({"public", "parted"}));
  const Rows rows = read_rows(url);
  for (const char* name : {"types", "checked", "a", "b", "self", "child", "booking", "made"}) {
    INFO(name << " " << empty);
    CHECK(rows.at({"public", name}).rows.size() == 3);
  }
  CHECK(rows.at({"public", "parted_1"}).rows.size() +
            rows.at({"public", "parted_2_a"}).rows.size() ==
        3);
  const Rows parts = read_rows(url, std::set<TableName>{{"public", "parted"}});
  CHECK(parts.size() == 2);
  // The same names give the same rows, whatever else is filled.
  const std::string other = server().create_database();
  {
    pqxx::connection connection(other);
    pqxx::nontransaction work(connection);
    work.exec(
        "create table made (a int not null, b int generated always as (a * 2) stored,"
        " unique (b)); create table more (a int)");
  }
  fill_tables(other, {.seed = 0, .nulls = true, .only = std::set<TableName>{{"public", "made"}}});
  const Rows again = read_rows(other);
  CHECK(again.at({"public", "made"}).rows == rows.at({"public", "made"}).rows);
  CHECK(again.at({"public", "more"}).rows.empty());
  server().drop_database(other);
  server().drop_database(url);
}
