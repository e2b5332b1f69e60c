// What the catalogue says of each hazard, lint finds in its bad example and not in the good one.

#include <catch2/catch.hpp>

#include "compiler/safety/catalogue.h"
#include "lint/lint.h"
#include "runner/script.h"

namespace schemac {
namespace {

using Codes = std::vector<std::string_view>;

// Codes that no file of SQL can show by itself, and why.
constexpr std::pair<std::string_view, std::string_view> kElsewhere[] = {
    {"DD102", "rows decide"},
    {"DD103", "rows decide"},
    {"DD104", "rows decide"},
    {"DD105", "rows decide"},
    {"DD106", "rows decide"},
    {"IR101", "DS102, DS103, DS107 and DS113 say it"},
    {"IR102", "it is on the way back, where DS110 says it"},
    {"IR104", "it is on the way back"},
    {"IR108", "the layout of the files decides"},
    {"RW108", "without a tablespace of its own, the example moves an index to where it is"},
};

bool is_elsewhere(std::string_view code) {
  return std::any_of(std::begin(kElsewhere), std::end(kElsewhere),
                     [&](const auto& entry) { return entry.first == code; });
}

lint::Part part_of(const Script& script) {
  lint::Part part;
  for (const ScriptStatement& statement : script.statements)
    part.statements.emplace_back(statement.text);
  return part;
}

Codes codes_of(const Hazard& hazard, std::string_view sql) {
  lint::Linter linter({18});
  for (const std::string_view piece : hazard.example.setup) {
    const Script script = read_script(piece);
    linter.judge({part_of(script), {}, true});
  }
  const Script script = read_script(sql);
  const lint::Judgement judgement = linter.judge({part_of(script), {}, true}).up;
  Codes codes;
  for (const lint::Finding& finding : judgement.findings) codes.push_back(finding.hazard->code);
  return codes;
}

bool holds(const Codes& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

TEST_CASE("lint finds each hazard in its bad example, and not in the good one") {
  for (const HazardFamily& family : hazard_families())
    for (const Hazard& hazard : family.hazards) {
      if (is_elsewhere(hazard.code)) continue;
      INFO(hazard.code);
      CHECK(holds(codes_of(hazard, hazard.example.bad), hazard.code));
      CHECK_FALSE(holds(codes_of(hazard, hazard.example.good), hazard.code));
    }
}

}  // namespace schemac
