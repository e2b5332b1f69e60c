// What parsing costs must grow as the text does. `SCHEMAC_TABLES=10000 test_parse "[measure]"` in a
// release build prints the figures for a schema of that size.
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "tests/parse/parsing.h"

using namespace schemac;

namespace {

// A schema of `count` tables such as applications have: 12 columns, keys, indexes, checks,
// documentation, now and then an enum, a view and a function.
std::string schema_of(int count) {
  std::string text = "schema shop;\n";
  for (int i = 0; i < count; ++i) {
    const std::string n = std::to_string(i);
    const std::string target = "account_" + std::to_string(i / 2);
    if (i % 20 == 0) {
      text += "\nenum status_" + n + " { 'new', 'active', 'suspended', 'closed' }\n";
      text += "\nfunction touch_" + n +
              "() returns trigger language plpgsql as $$\nbegin\n"
              "  new.updated_at := now();\n  return new;\nend\n$$;\n";
    }
    if (i % 3 == 0) text += "\n/// Number " + n + " of the accounts.";
    text += "\ntable account_" + n +
            " {\n"
            "  id         bigint identity by default primary key;\n"
            "  /// What users type.\n"
            "  code       varchar(40);\n"
            "  name       text;\n"
            "  quantity   int default 0 check (quantity >= 0);\n"
            "  price      numeric(12,2) default 0.00;\n"
            "  state      status_" +
            std::to_string(i / 20 * 20) +
            " default 'new';\n"
            "  is_active  boolean default true;\n"
            "  payload    jsonb?;\n"
            "  tags       text[]?;\n"
            "  parent_id  bigint? references " +
            target +
            " on delete set null;\n"
            "  owner_id   bigint references " +
            target +
            ";\n"
            "  created_at timestamptz default now();\n"
            "  updated_at timestamptz?;\n\n"
            "  unique (code, owner_id);\n"
            "  check account_" +
            n +
            "_price (price >= 0 and price < 1000000);\n"
            "  index (owner_id, created_at desc);\n"
            "  index (lower(name)) where (is_active);\n"
            "}\n";
    if (i % 10 == 0)
      text += "\nview active_" + n + " as $$\n  select id, code, name from account_" + n +
              " where is_active\n$$;\n";
  }
  return text;
}

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

long peak_kilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

struct Cost {
  std::size_t bytes;
  double parse_seconds;
  double format_seconds;
  long kilobytes;
};

Cost cost_of(int count) {
  const std::string text = schema_of(count);
  const auto file = std::make_shared<SourceFile>("measure.schema", text);
  Sink sink;
  const long before = peak_kilobytes();
  const double start = cpu_seconds();
  const ParsedFile parsed = parse_file(file, sink);
  const double parse_seconds = cpu_seconds() - start;
  const long kilobytes = peak_kilobytes() - before;
  const std::string formatted = format(parsed);
  const double format_seconds = cpu_seconds() - start - parse_seconds;
  CHECK(sink.diagnostics().empty());
  CHECK((formatted == text));
  return {text.size(), parse_seconds, format_seconds, kilobytes};
}

}  // namespace

TEST_CASE("the cost of parsing grows as the text does", "[measure]") {
  const char* wanted = std::getenv("SCHEMAC_TABLES");
  const int count = wanted == nullptr ? 600 : std::atoi(wanted);
  REQUIRE(count >= 10);
  cost_of(10);  // the first run builds ANTLR's tables
  const Cost small = cost_of(count / 10);
  const Cost large = cost_of(count);
  if (wanted != nullptr)
    std::printf("%d tables, %.2f MB: parse %.1f ms, format %.1f ms, peak +%ld MB\n", count,
                static_cast<double>(large.bytes) / 1e6, large.parse_seconds * 1e3,
                large.format_seconds * 1e3, large.kilobytes / 1024);
  // Ten times the text; a quadratic step would make it a hundred.
  CHECK(large.parse_seconds < small.parse_seconds * 40);
  CHECK(large.format_seconds < small.format_seconds * 40);
}
