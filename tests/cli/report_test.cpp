// report: what a reviewer sees of revisions, and what nobody can smuggle into it.

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <iostream>
#include <regex>

#include "proof/process.h"
#include "tests/cli/workspace.h"

using Catch::Contains;
using schemac::test::Ran;
using schemac::test::Workspace;

namespace schemac {
namespace {

const std::string kUp = "migrations/20250224120001_second/up.sql";

const std::string kBefore = R"(
table customer {
  id bigint identity;
  name text;
  note text?;
  age int;
  primary key (id);
}
table region { id int; primary key (id); }
table purchase { id int; customer_id bigint references customer; primary key (id); }
)";
const std::string kAfter = R"(
table customer {
  id bigint identity;
  full_name text was name;
  age bigint;
  email text?;
  region_id int? references region;
  primary key (id);
}
table region { id int; primary key (id); }
table purchase { id int; customer_id bigint references customer; primary key (id); }
table invoice { id int; purchase_id int references purchase; primary key (id); }
)";

// A project with a revision for each schema.
void make(const Workspace& space, const std::vector<std::string>& schemas) {
  REQUIRE(space.run({"init"}).status == 0);
  const std::vector<std::string> names{"first", "second", "third"};
  for (std::size_t i = 0; i < schemas.size(); ++i) {
    space.write("schema/a.schema", schemas[i]);
    const Ran ran = space.run({"generate", names[i], "--not-renamed", "note:email"});
    INFO(ran.err);
    REQUIRE(ran.status == 0);
  }
}

std::string page(const Workspace& space, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "report");
  const Ran ran = space.run(arguments);
  INFO(ran.err);
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  return ran.out;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// Whether each tag that is opened is closed in its turn: markup of text would show here.
void check_nesting(const std::string& html) {
  const std::regex tag("<(/?)([a-z1-6]+)((?:[^<>\"]|\"[^\"]*\")*)>");
  std::vector<std::string> open;
  for (std::sregex_iterator at(html.begin(), html.end(), tag), end; at != end; ++at) {
    const std::string name = (*at)[2], rest = (*at)[3];
    if (name == "meta" || name == "br" || rest.ends_with("/")) continue;
    if ((*at)[1].length() == 0) {
      open.push_back(name);
      continue;
    }
    REQUIRE_FALSE(open.empty());
    CHECK(open.back() == name);
    open.pop_back();
  }
  CHECK(open.empty());
}

// A schema of so many tables, in which each refers to the one before.
std::string chain(int tables, const std::string& column) {
  std::string text;
  for (int i = 0; i < tables; ++i) {
    const std::string name = "t" + std::to_string(100 + i);
    text += "table " + name + " { id int; " + column;
    if (i > 0) text += " up_id int? references t" + std::to_string(99 + i) + ";";
    text += " primary key (id); }\n";
  }
  return text;
}

// Names and remarks that try to get out of where they stand.
const std::string kHostile = "\"</code></pre>`</details>``` @all <script>x</script>|\u202E&amp;\"";
const std::string kHostileSchema = "/// ```\n/// </pre><img src=x> <!-- \u202E\ntable " + kHostile +
                                   " { id int; " + kHostile +
                                   " text? default '```</code>\u2028'; }\n";

bool has_chromium() {
  return run_process({"sh", "-c", "command -v chromium"}).exit_code == 0;
}

// What Chromium makes of a page in a window that is so wide: `width/window`.
std::string measured(const Workspace& space, const std::string& html, int width) {
  const std::string probe =
      "<script>document.title = document.documentElement.scrollWidth <= window.innerWidth "
      "? 'FITS' : 'OVERFLOWS ' + document.documentElement.scrollWidth</script></body>";
  // A window has a least width; a frame has not.
  space.write("page.html", replaced(html, "</body>", probe));
  space.write("frame.html",
              "<!doctype html><iframe id=f src=page.html width=" + std::to_string(width) +
                  " height=800></iframe><script>f.onload = () => document.title = "
                  "f.contentDocument.title</script>");
  const ProcessResult result = run_process(
      {"env", "HOME=" + space.path(""), "timeout", "60", "chromium", "--headless=new",
       "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--allow-file-access-from-files",
       "--virtual-time-budget=5000", "--user-data-dir=" + space.path("chromium"), "--dump-dom",
       "file://" + space.path("frame.html")});
  std::smatch title;
  return std::regex_search(result.output, title, std::regex("<title>([^<]*)</title>"))
             ? title[1].str()
             : "no page: " + result.output + result.errors;
}

}  // namespace

TEST_CASE("a report says what a reviewer asks") {
  const Workspace space;
  make(space, {kBefore, kAfter});
  const std::string text = page(space, {});
  CHECK_THAT(text, Contains("# Migration `second`"));
  CHECK_THAT(text, Contains("**DS103** (error): drops a column and its values."));
  CHECK_THAT(text, Contains("- `column public.customer.note`, `up.sql:"));
  CHECK_THAT(text, Contains(": **not accepted**"));
  CHECK_THAT(text, Contains("- the data of `column public.customer.note`"));
  CHECK_THAT(text, Contains("### `table public.customer`"));
  CHECK_THAT(text, Contains("- ACCESS EXCLUSIVE on `public.customer`, stops reads and writes; "
                            "**rewrites it**"));
  CHECK_THAT(text, Contains("`public.customer.email: added`, `schema/a.schema:6`"));
  CHECK_THAT(text, Contains("- ⚠️ `Not proven: "));
  CHECK_THAT(text, Contains("Statements of down.sql"));
  CHECK_THAT(text, !Contains("Shortened"));
  CHECK(page(space, {"--format", "md"}) == text);
  CHECK(page(space, {"@head"}) == text);
  CHECK(page(space, {"second"}) == text);
  CHECK(page(space, {"@head~1", "@head"}) == text);
}

TEST_CASE("a report in HTML is one file with a picture") {
  const Workspace space;
  make(space, {kBefore, kAfter});
  const std::string html = page(space, {"--format", "html"});
  check_nesting(html);
  CHECK_THAT(html, Contains("<meta name=\"viewport\""));
  CHECK_THAT(html, Contains("prefers-color-scheme: dark"));
  CHECK_THAT(html, Contains("<title id=\"title-after\">Tables after</title>"));
  CHECK_THAT(html, Contains("public.customer: new column email"));
  CHECK_THAT(html, Contains("public.invoice: new table"));
  for (const char* outside : {"http:", "https:", "<script", "src=", "@import", "url("})
    CHECK_THAT(html, !Contains(outside));
  // A renamed column is marked as changed, the one that goes as dropped.
  const std::size_t after = html.find("title-after");
  CHECK_THAT(html.substr(0, after), Contains("<g class=\"row dropped\">"));
  CHECK_THAT(html.substr(after), Contains("<g class=\"row changed\">"));
  CHECK_THAT(html.substr(after), Contains("<g class=\"box added\">"));
  CHECK_THAT(html.substr(after), Contains("<g class=\"edge added\">"));
  CHECK(page(space, {"--format", "html"}) == html);
  CHECK(page(space, {"-o", "review.html"}) == "wrote review.html\n");
  CHECK(space.read("review.html") == html);
}

TEST_CASE("a report from one revision to another has all between them") {
  const Workspace space;
  make(space, {kBefore, kAfter, replaced(kAfter, "email text?;", "email text?; phone text?;")});
  const std::string text = page(space, {"@first", "@head"});
  CHECK_THAT(text, Contains("2 revisions"));
  CHECK_THAT(text, Contains("_second`"));
  CHECK_THAT(text, Contains("_third`"));
  CHECK_THAT(text, !Contains("CREATE TABLE public.region"));
  CHECK_THAT(page(space, {"empty", "@head"}), Contains("CREATE TABLE public.region"));
  CHECK_THAT(page(space, {"@first"}), Contains("# Migration `first`"));
}

TEST_CASE("an acknowledgement stands beside what it accepts") {
  const Workspace space;
  make(space, {kBefore, kAfter});
  const std::string drop = "ALTER TABLE public.customer DROP COLUMN note";
  const std::string allow = "-- schemac:allow DS103 reason=\"never filled\"\n";
  space.write(kUp, "-- schemac:allow DS101 reason=\"of old\"\n" +
                       replaced(space.read(kUp), drop, allow + drop));
  const std::string text = page(space, {});
  CHECK_THAT(text, Contains(": accepted, `never filled`"));
  CHECK_THAT(text, Contains("- `DS103`: `never filled`, `up.sql:"));
  CHECK_THAT(text, Contains("- `DS101`: `of old`, `up.sql:1` (**accepts nothing that is there**)"));
  const auto hazards = space.run_json({"report"}, 0)["result"]["revisions"][0]["hazards"];
  const auto accepted = std::find_if(hazards.begin(), hazards.end(),
                                     [](const auto& hazard) { return hazard["code"] == "DS103"; });
  REQUIRE(accepted != hazards.end());
  CHECK((*accepted)["accepted"] == "never filled");
}

TEST_CASE("what somebody wrote by hand is said to be so") {
  const Workspace space;
  make(space, {kBefore, kAfter});
  const std::string drop = "ALTER TABLE public.customer DROP COLUMN note;";
  space.write(kUp, replaced(space.read(kUp), drop, "UPDATE customer SET note = '';"));
  REQUIRE(space.run({"rehash"}).status == 0);
  const std::string text = page(space, {});
  CHECK_THAT(text, Contains("### `statements written by hand`"));
  CHECK_THAT(text, Contains("- written by hand: its locks are not known"));
  CHECK_THAT(text,
             Contains("No longer in `migrations/20250224120001_second/up.sql`: 1 statement that "));
  check_nesting(page(space, {"--format", "html"}));
}

TEST_CASE("hostile names and remarks stay text") {
  const Workspace space;
  make(space, {kBefore, kBefore + kHostileSchema});
  const std::string html = page(space, {"--format", "html"});
  check_nesting(html);
  for (const char* markup : {"<script", "<img", "<!--", "\u202E", "\u2028"})
    CHECK_THAT(html, !Contains(markup));
  CHECK_THAT(html, Contains("&lt;script&gt;"));
  CHECK_THAT(html, Contains("\\u{202E}"));
  const std::string text = page(space, {});
  for (const char* mark : {"\u202E", "\u2028"}) CHECK_THAT(text, !Contains(mark));
  // Outside of code there is no markup but our own.
  std::string rest = std::regex_replace(text, std::regex("(^|\n)(`{3,})sql\n[^]*?\n\\2(?=\n)"), "");
  CHECK_THAT(rest, !Contains("CREATE TABLE"));
  rest = std::regex_replace(rest, std::regex("(`+)(?!`)[^]*?[^`]\\1(?!`)"), "");
  CHECK_THAT(rest, !Contains("@all"));
  CHECK_THAT(rest, !Contains("script"));
  CHECK_THAT(rest, !Contains("img"));
}

TEST_CASE("Markdown that fits no comment is shortened by importance, and says so") {
  const Workspace space;
  const std::string dropped = "table going { id int; kept text; gone text; primary key (id); }\n";
  make(space, {chain(100, "") + dropped,
               chain(100, "extra text? default 'some words that take some room'; more int?;") +
                   replaced(dropped, "gone text; ", "")});
  const std::string text = page(space, {});
  CHECK(text.size() <= 65'536);
  CHECK(text.size() > 55'000);
  CHECK_THAT(text, Contains("> **Shortened to fit a comment.**"));
  CHECK(std::regex_search(text, std::regex("> Left out here: [0-9]+ statements; ")));
  CHECK_THAT(text, Contains("- the data of `column public.going.gone`"));
  CHECK_THAT(text, Contains("ALTER TABLE public.going DROP COLUMN gone;"));
  CHECK_THAT(text, Contains("## Acknowledgements"));
  CHECK(page(space, {}) == text);
  check_nesting(page(space, {"--format", "html"}));
}

TEST_CASE("lists of hazards are cut only where they alone are too long, and it is said") {
  const Workspace space;
  std::string columns;
  for (int i = 0; i < 700; ++i)
    columns += "a_column_with_a_name_of_some_length_" + std::to_string(i) + " int?; ";
  make(space, {"table wide { id int; " + columns + " primary key (id); }\n",
               "table wide { id int; primary key (id); }\n"});
  const std::string text = page(space, {});
  CHECK(text.size() <= 65'536);
  CHECK(text.size() > 50'000);
  CHECK_THAT(text, Contains("**DS103** (error)"));
  CHECK(std::regex_search(
      text, std::regex("> Left out of the lists of hazards, [a-z, ]*: [0-9]+ entries\\.")));
  CHECK_THAT(text, Contains("## Acknowledgements"));
}

TEST_CASE("what is asked for and is not there") {
  const Workspace space;
  REQUIRE(space.run({"init"}).status == 0);
  const auto code = [&](const std::vector<std::string>& arguments) {
    return space.run_json(arguments, 1)["findings"][0]["code"].get<std::string>();
  };
  CHECK(code({"report"}) == "nothing-to-report");
  space.write("schema/a.schema", "table a { id int; }\n");
  REQUIRE(space.run({"generate", "first"}).status == 0);
  CHECK(code({"report", "@nothing"}) == "revision-unknown");
  CHECK(code({"report", "@head~4"}) == "revision-before-first");
  CHECK(code({"report", "empty"}) == "nothing-to-report");
  CHECK(code({"report", "@head", "@head"}) == "range-empty");
  CHECK_THAT(space.run({"report", "--format", "sarif"}).out, Contains("md, html or json"));
  CHECK_THAT(space.run({"check", "--format", "html"}).err, Contains("makes no page"));
  CHECK(space.run({"check", "--format", "html"}).status == 1);
}

TEST_CASE("a page in HTML fits a phone") {
  if (!has_chromium()) {
    WARN("no chromium is installed: widths are not measured");
    return;
  }
  const Workspace space;
  // What is too wide is seen to be so.
  const std::string wide = "<!doctype html><body><div style='width: 400px'>wide</div></body>";
  CHECK_THAT(measured(space, wide, 360), Contains("OVERFLOWS"));
  make(space, {kBefore + chain(60, ""), kAfter + chain(60, "extra int?;") + kHostileSchema});
  CHECK(measured(space, page(space, {"@first", "--format", "html"}), 360) == "FITS");
  CHECK(measured(space, page(space, {"--format", "html"}), 360) == "FITS");
  CHECK(measured(space, page(space, {"--format", "html"}), 1280) == "FITS");
}

}  // namespace schemac
