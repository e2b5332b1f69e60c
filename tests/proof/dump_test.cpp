#include "proof/dump.h"

#include <catch2/catch.hpp>

#include "tests/harness/text.h"

using namespace schemac;
using schemac::test::line_diff;

TEST_CASE("dumps that differ in order alone are equal") {
  const char* one =
      "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\n"
      "SELECT pg_catalog.set_config('search_path', '', false);\n\n"
      "--\n-- Name: t\n--\n\nCREATE TABLE public.t (\n    a integer,\n    b text DEFAULT "
      "',;'::text\n"
      ");\n\n\nCREATE VIEW public.v AS\n SELECT t.a\n   FROM public.t;\n";
  const char* two =
      "CREATE VIEW public.v AS\n SELECT t.a\n   FROM public.t;\n"
      "\\restrict abc\n\nCREATE TABLE public.t (\n    b text DEFAULT ',;'::text,\n    a "
      "integer\n);\n";
  CHECK(normalise_dump(one) == normalise_dump(two));
  CHECK(normalise_dump(one) ==
        "CREATE TABLE public.t (\n    a integer,\n    b text DEFAULT ',;'::text,\n);\n"
        "CREATE VIEW public.v AS\n SELECT t.a\n   FROM public.t;\n");
}

TEST_CASE("what a schema says is never taken for order") {
  CHECK(normalise_dump("CREATE TYPE public.e AS ENUM (\n    'a',\n    'b'\n);\n") !=
        normalise_dump("CREATE TYPE public.e AS ENUM (\n    'b',\n    'a'\n);\n"));
  CHECK(normalise_dump("CREATE TABLE public.t (\n    a integer\n);\n") !=
        normalise_dump("CREATE TABLE public.t (\n    a integer NOT NULL\n);\n"));
}

TEST_CASE("semicolons in bodies end no statement") {
  const char* dump =
      "CREATE FUNCTION public.f() RETURNS void\n    LANGUAGE plpgsql\n    AS $_$ begin; -- ' \" "
      "$$\n"
      "end; $_$;\n\nCREATE FUNCTION public.a() RETURNS integer\n    LANGUAGE sql\n"
      "    BEGIN ATOMIC\n SELECT 1;\n SELECT 2;\nEND;\n";
  CHECK(normalise_dump(dump) ==
        "CREATE FUNCTION public.a() RETURNS integer\n    LANGUAGE sql\n"
        "    BEGIN ATOMIC\n SELECT 1;\n SELECT 2;\nEND;\n"
        "CREATE FUNCTION public.f() RETURNS void\n    LANGUAGE plpgsql\n"
        "    AS $_$ begin; -- ' \" $$\nend; $_$;\n");
}

TEST_CASE("a difference is shown with its neighbours") {
  CHECK(line_diff("a\nb\n", "a\nb\n").empty());
  CHECK(line_diff("1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\nx\n5\n6\n7\n") ==
        "  2\n  3\n- 4\n+ x\n  5\n  6\n");
  CHECK(line_diff("", "new\n") == "+ new\n");
}
