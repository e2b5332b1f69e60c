// What holds of every entry of the catalogue of hazards.

#include "compiler/safety/catalogue.h"

#include <catch2/catch.hpp>
#include <set>

#include "compiler/safety/hazards.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac {
namespace {

template <class Check>
void each_hazard(const Check& check) {
  for (const HazardFamily& family : hazard_families())
    for (const Hazard& hazard : family.hazards) {
      INFO(hazard.code);
      check(family, hazard);
    }
}

void check_sql(std::string_view sql) {
  INFO(sql);
  const auto error = check_text(sql, TextForm::statements);
  CHECK_FALSE((error && !error->maybe_newer));
}

}  // namespace

TEST_CASE("hazards are found by their codes") {
  std::set<std::string_view> codes, titles;
  each_hazard([&](const HazardFamily& family, const Hazard& hazard) {
    CHECK(hazard_of(hazard.code) == &hazard);
    CHECK(hazard.code.starts_with(family.prefix));
    CHECK(hazard.code.size() == family.prefix.size() + 3);
    CHECK(codes.insert(hazard.code).second);
    CHECK(titles.insert(hazard.title).second);
  });
  CHECK(codes.size() > 140);
  CHECK(hazard_of("DS999") == nullptr);
  CHECK(hazard_of("DS") == nullptr);
  CHECK(hazard_of("") == nullptr);
}

TEST_CASE("the nearest codes to one that is none") {
  CHECK(nearest_codes("DS193").front() == "DS103");
  CHECK(nearest_codes("SEC999").front().starts_with("SEC"));
  CHECK(nearest_codes("SX101").front() == "SC101");
  CHECK(nearest_codes("103").size() > 3);
  CHECK(nearest_codes("something else altogether").empty());
}

TEST_CASE("hazards read as the rest of a sentence") {
  each_hazard([](const HazardFamily&, const Hazard& hazard) {
    for (const std::string_view phrase : {hazard.title, hazard.way_out}) {
      CHECK_FALSE(phrase.empty());
      CHECK_FALSE(phrase.ends_with('.'));
    }
    CHECK(hazard.title.size() < 96);
    CHECK((hazard.title[0] >= 'a' && hazard.title[0] <= 'z'));
    CHECK((hazard.effect[0] >= 'A' && hazard.effect[0] <= 'Z'));
    CHECK(hazard.effect.ends_with('.'));
  });
}

TEST_CASE("the examples of hazards are SQL") {
  each_hazard([](const HazardFamily&, const Hazard& hazard) {
    std::string setup;
    for (const std::string_view piece : hazard.example.setup) setup += piece;
    if (!setup.empty()) check_sql(setup);
    check_sql(hazard.example.bad);
    check_sql(hazard.example.good);
    for (const std::string_view text : {hazard.example.bad, hazard.example.good}) {
      CHECK(text.ends_with(";\n"));
      CHECK(text.find("  \n") == text.npos);
    }
  });
}

TEST_CASE("codes that plans are looked through for are in the catalogue") {
  std::size_t count = 0;
  each_hazard([&](const HazardFamily&, const Hazard& hazard) {
    count += found_in_plans(hazard.code) ? 1 : 0;
  });
  CHECK(count == plan_hazards().size());
}

}  // namespace schemac
