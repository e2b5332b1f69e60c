// Findings in the formats of services, with names that try to break out of each.

#include "cli/report_formats.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "tests/cli/workspace.h"

using Catch::Contains;
using nlohmann::json;
using schemac::test::Ran;
using schemac::test::Workspace;

namespace schemac {
namespace {

const std::string kHostile =
    "table public.\"a\n::error::b,c%]]></failure>&'\"\"\u202E\x1b[2J\x01\xff\"";

std::vector<Diagnostic> hostile() {
  const auto file = std::make_shared<const SourceFile>("m/a,b:c\n<d>.sql", "one;\n  two;\n");
  Diagnostic placed{
      "DS102", Severity::error, kHostile + ": drops it", {file, 7, 10}, kHostile, "a way\nout", {}};
  Diagnostic again = placed;
  Diagnostic nowhere{"drift", Severity::warning, kHostile, {}, kHostile, "", {}};
  Diagnostic note{"LK120", Severity::note, "plain", {}, "", "", {}};
  return {placed, again, nowhere, note};
}

const ReportContext kContext{"check", "db/", "schemac.toml"};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// Nothing but printable text, of ASCII where `ascii`.
void check_harmless(const std::string& text, bool ascii) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    CHECK((byte == '\n' || byte >= 0x20));
    CHECK(byte != 0x7F);
    if (ascii) CHECK(byte < 0x80);
  }
  CHECK(text.find("\u202E") == text.npos);
}

}  // namespace

TEST_CASE("GitHub's annotations are a line each") {
  const std::string report = github_report(hostile(), kContext);
  check_harmless(report, false);
  CHECK(count(report, "\n") == 4);
  CHECK_THAT(report, Catch::StartsWith("::error title=DS102,file=db/m/a%2Cb%3Ac%0A<d>.sql,line=2,"
                                       "col=3::table public.\"a%0A::error::b,c%25]]>"));
  CHECK_THAT(report, Contains("\n::warning title=drift::table public."));
  CHECK_THAT(report, Contains("%0Ahelp: a way%0Aout\n"));
  CHECK_THAT(report, Catch::EndsWith("\n::notice title=LK120::plain\n"));
}

TEST_CASE("GitLab's report has what its format demands") {
  const std::string text = gitlab_report(hostile(), kContext);
  check_harmless(text, true);
  const json report = json::parse(text);
  REQUIRE(report.size() == 4);
  std::set<std::string> fingerprints;
  for (const json& finding : report) {
    CHECK(finding["description"].is_string());
    CHECK(finding["check_name"].is_string());
    CHECK(finding["location"]["path"].get<std::string>().starts_with("db/"));
    CHECK(finding["location"]["lines"]["begin"].is_number_integer());
    fingerprints.insert(finding["fingerprint"]);
  }
  CHECK(fingerprints.size() == 4);
  CHECK(report[0]["severity"] == "critical");
  CHECK(report[0]["location"]["path"] == "db/m/a,b:c\n<d>.sql");
  CHECK(report[2]["location"]["path"] == "db/schemac.toml");
  CHECK(report[3]["severity"] == "info");
  CHECK(gitlab_report({}, kContext) == "[]\n");
}

TEST_CASE("SARIF has what its schema demands") {
  const std::string text = sarif_report(hostile(), kContext);
  check_harmless(text, true);
  const json report = json::parse(text);
  CHECK(report["version"] == "2.1.0");
  REQUIRE(report["runs"].size() == 1);
  const json& run = report["runs"][0];
  CHECK(run["tool"]["driver"]["name"] == "schemac");
  const json& rules = run["tool"]["driver"]["rules"];
  REQUIRE(run["results"].size() == 4);
  for (const json& result : run["results"]) {
    CHECK(rules[result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
    CHECK_FALSE(result["message"]["text"].get<std::string>().empty());
    const json& place = result["locations"][0]["physicalLocation"];
    CHECK(std::regex_match(place["artifactLocation"]["uri"].get<std::string>(),
                           std::regex("db/[-\\w.~/%]+")));
    CHECK(place["region"]["startLine"] >= 1);
  }
  CHECK(run["results"][0]["level"] == "error");
  CHECK(run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 2);
  CHECK(run["results"][3]["level"] == "note");
  CHECK(rules[0]["shortDescription"]["text"] == "drops a table and its rows");
  CHECK(json::parse(sarif_report({}, kContext))["runs"][0]["results"] == json::array());
}

TEST_CASE("JUnit's report is XML") {
  const std::string text = junit_report(hostile(), kContext);
  check_harmless(text, false);
  CHECK_THAT(text, Contains("<testsuites name=\"schemac check\" tests=\"4\" failures=\"2\""));
  CHECK(count(text, "<testcase ") == 4);
  CHECK(count(text, "<failure ") == 2);
  CHECK(count(text, "</failure>") == 2);
  CHECK(count(text, "]]>") == 0);
  CHECK_THAT(text, Contains("file=\"db/m/a,b:c\\n&lt;d&gt;.sql\" line=\"2\""));
  CHECK_THAT(text, Contains("&#10;::error::b,c%]]&gt;&lt;/failure&gt;&amp;'&quot;&quot;"));
  CHECK(count(junit_report({}, kContext), "<testcase ") == 1);
}

TEST_CASE("text shows hostile names as they are") {
  std::string text;
  for (const Diagnostic& finding : hostile()) text += render_text(finding, false);
  check_harmless(text, false);
  CHECK(text.find("\n::error") == text.npos);
  CHECK_THAT(text, Contains("\n   | ::error::b"));
}

TEST_CASE("check speaks each format, and its exit code is the same") {
  const Workspace project;
  REQUIRE(project.run({"init"}).status == 0);
  project.write("schema/a.schema", "table one { id int; }\n");
  for (const std::string format : {"text", "json", "github", "gitlab", "sarif", "junit"}) {
    const Ran ran = project.run({"check", "--format", format, "--shadow", "none"});
    INFO(format << "\n" << ran.out);
    CHECK(ran.status == 2);
    CHECK(ran.err.empty());
    CHECK_THAT(ran.out, Contains("schema-ahead"));
  }
  CHECK(project.run({"check", "--format", "xml"}).status == 1);
}

TEST_CASE("paths in reports start at the repository") {
  const Workspace repository;
  repository.write(".git/HEAD", "ref: refs/heads/main\n");
  repository.write("db/schemac.toml", "");
  repository.write("db/schema/a.schema", "table one { id int; }\n");
  const Ran ran = repository.run({"check", "--format", "github", "--shadow", "none"}, "db");
  CHECK_THAT(ran.out, Contains("file=db/schema/a.schema,line=1"));
}

}  // namespace schemac
