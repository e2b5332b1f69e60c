// The small languages of the command line and of SQL files.

#include <catch2/catch.hpp>

#include "cli/acknowledgement.h"
#include "cli/new_revision.h"
#include "cli/revision_expression.h"

using namespace schemac;

TEST_CASE("revision expressions") {
  const auto name_of = [](const char* text) {
    const auto parsed = parse_revision_expression(text);
    return parsed ? parsed->name + "/" + std::to_string(parsed->steps) : "none";
  };
  CHECK(name_of("@head") == "head/0");
  CHECK(name_of("head~2") == "head/-2");
  CHECK(name_of("@head~") == "head/-1");
  CHECK(name_of("@20250224120000_add_email~1~2") == "20250224120000_add_email/-3");
  for (const char* text : {"", "@", "@~1", "@head~x", "@a b", "@head~99999999999", "@a/b"})
    CHECK(name_of(text) == "none");
}

TEST_CASE("an acknowledgement needs a code and a reason") {
  const auto parsed =
      parse_acknowledgement("-- schemac:allow DS103, DS101 reason=\"never filled\"");
  REQUIRE(parsed);
  CHECK(parsed->codes == std::vector<std::string>{"DS103", "DS101"});
  CHECK(parsed->reason == "never filled");
  for (const char* text : {"-- schemac:allow DS103", "-- schemac:allow reason=\"x\"",
                           "-- schemac:allow DS103 reason=\"\"", "-- allow DS103 reason=\"x\"",
                           "-- schemac:allow DS103 reason=x"})
    CHECK_FALSE(parse_acknowledgement(text));
}

TEST_CASE("an acknowledgement speaks for its statement, in the header for the file") {
  const std::string allow = "-- schemac:allow X1 reason=\"r\"\n";
  const std::string in_place = "BEGIN;\nSELECT 1;\n" + allow + "SELECT 2;\nCOMMIT;\n";
  const std::string in_header = allow + "BEGIN;\nSELECT 1;\nSELECT 2;\nCOMMIT;\n";
  CHECK_FALSE(acknowledged(read_script(in_place), 1, "X1"));
  CHECK(acknowledged(read_script(in_place), 2, "X1"));
  CHECK_FALSE(acknowledged(read_script(in_place), 2, "X2"));
  CHECK(acknowledged(read_script(in_header), 1, "X1"));
  CHECK(acknowledged(read_script(in_header), 2, "X1"));
}

TEST_CASE("names become parts of file names") {
  CHECK(slug("Add e-mail to customer!") == "add_e_mail_to_customer");
  CHECK(slug("  __ ") == "");
  CHECK(slug("größe") == "gr_e");
  CHECK(slug("../../etc/passwd") == "etc_passwd");
  CHECK(slug(std::string(200, 'x')).size() == 60);
}

TEST_CASE("a new revision is later than all others") {
  setenv("SOURCE_DATE_EPOCH", "1740398400", 1);
  CHECK(new_revision_id(new_revision_time({}), "Add email") == "20250224120000_add_email");
  History history;
  history.revisions.emplace_back().id = "20990101235959_far";
  CHECK(new_revision_id(new_revision_time(history), "x") == "20990102000000_x");
  unsetenv("SOURCE_DATE_EPOCH");
}
