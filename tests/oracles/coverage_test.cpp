#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "compiler/ir/kind.h"
#include "tests/property/pair.h"
#include "tests/property/write.h"

using namespace schemac;

namespace {

// Kinds of which no random pair has one, and why.
const std::map<std::string_view, std::string_view> kNotMade{
    {"extension_language", "few servers have an extension that brings one"},
    {"not_null", "there are none before PostgreSQL 18, and pairs are made for all versions"},
    {"security_label", "no server that is here has a provider of labels"},
};

std::set<std::string_view> made_kinds(int pairs) {
  std::set<std::string_view> made;
  for (int seed = 1; seed <= pairs; ++seed) {
    const property::ModelPair pair = property::make_pair(static_cast<std::uint64_t>(seed));
    Sink sink;
    const Catalog catalog = test::compile(property::write_files(pair.b), sink);
    for (const Object& object : catalog.objects()) made.insert(object.kind().name);
  }
  return made;
}

}  // namespace

TEST_CASE("random pairs are made of every kind") {
  const std::set<std::string_view> made = made_kinds(300);
  for (const KindInfo* kind : all_kinds()) {
    INFO(kind->name);
    CHECK(made.contains(kind->name) != kNotMade.contains(kind->name));
  }
}
