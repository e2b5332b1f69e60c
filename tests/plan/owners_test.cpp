#include "compiler/diff/owners.h"

#include <catch2/catch.hpp>

#include "compiler/bind/bind.h"
#include "compiler/diff/diff.h"
#include "compiler/parse/statement.h"

using namespace schemac;

namespace {

Catalog compiled(const std::string& text) {
  Sink sink;
  const auto file = std::make_shared<const SourceFile>("a.schema", text);
  Catalog catalog = schemac::bind({parse_file(file, sink)}, sink);
  for (const Diagnostic& diagnostic : sink.diagnostics()) UNSCOPED_INFO(diagnostic.message);
  REQUIRE_FALSE(sink.has_errors());
  return catalog;
}

// What differs between a database that `reader` reads as the first schema and the second one.
std::vector<std::string> differences(const std::string& read, const std::string& declared,
                                     const std::string& reader = "app") {
  Catalog live = compiled(read);
  live.read_by = reader;
  const Catalog other = compiled(declared);
  settle_owners(live, other);
  std::vector<std::string> found;
  for (const Change& change : diff(live, other)) found.push_back(to_string(change.id));
  return found;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a database does not name the owner who reads it, and a schema may") {
  CHECK(differences("table t { a int; }", "table t { a int; owner app; }") == Ids{});
  CHECK(differences("table t { a int; }", "table t { a int; owner other; }") ==
        Ids{"owner of table public.t"});
  CHECK(differences("table t { a int; owner other; }", "table t { a int; owner app; }") ==
        Ids{"owner of table public.t"});
  CHECK(differences("schema public { owner current_user; }", "schema public { owner app; }") ==
        Ids{});
}

TEST_CASE("rights of the one who reads are theirs by name as well") {
  CHECK(differences("table t { a int; revoke insert from current_user; }",
                    "table t { a int; owner app; revoke insert from app; }") == Ids{});
  CHECK(differences("default privileges revoke all on tables from current_user;"
                    "default privileges grant select on tables to other;",
                    "default privileges for role app revoke all on tables from app;"
                    "default privileges for role app grant select on tables to other;") == Ids{});
  CHECK(differences("default privileges grant select on tables to other;",
                    "default privileges for role other grant select on tables to other;") ==
        Ids{"default privilege for role other on tables to other",
            "default privilege on tables to other"});
}

TEST_CASE("owners are nobody's business where a schema names none") {
  CHECK(differences("table t { a int; owner other; } schema public { owner other; }",
                    "table t { a int; }") == Ids{});
  CHECK(differences("schema public { owner other; revoke usage from public; }", "") ==
        Ids{"schema public", "revoke on schema public from public"});
  CHECK(differences("table t { a int; owner other; } table u { a int; }",
                    "table t { a int; } table u { a int; owner app; }") ==
        Ids{"owner of table public.t"});
}
