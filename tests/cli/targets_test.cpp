// What revisions are called, and which ones a target asks to apply and to take back.

#include "cli/targets.h"

#include <catch2/catch.hpp>

#include "cli/revision_graph.h"

using namespace schemac;

namespace {

struct Line {
  std::string id;
  std::vector<std::string> parents = {};
  std::vector<std::string> labels = {};
  std::vector<std::string> depends_on = {};
};

History history_of(const std::vector<Line>& lines) {
  std::map<std::string, Revision> found;
  std::set<std::string> folders;
  for (const Line& line : lines) {
    Revision revision;
    revision.id = line.id;
    revision.parents = line.parents;
    revision.ties = {line.labels, line.depends_on, {}};
    revision.json = std::make_shared<SourceFile>(line.id + "/revision.json", "{}\n");
    folders.insert(line.id);
    found.emplace(line.id, std::move(revision));
  }
  History history;
  Sink sink;
  order_revisions(std::move(found), folders, history, sink);
  REQUIRE(sink.diagnostics().empty());
  return history;
}

// What was reported: code, message.
std::string said(const Sink& sink) {
  REQUIRE(sink.has_errors());
  const Diagnostic& first = sink.diagnostics().front();
  return first.code + ": " + first.message;
}

std::string resolved(const char* text, const History& history) {
  Sink sink;
  const auto id = resolve_revision(text, history, sink);
  CHECK(id.has_value() == !sink.has_errors());
  return id ? "<" + *id + ">" : sink.diagnostics().front().code;
}

using Way = std::optional<std::vector<const Revision*>> (*)(std::string_view, const History&,
                                                            const RevisionIds&, Sink&);

std::string way(Way find, const char* text, const History& history, const RevisionIds& applied) {
  Sink sink;
  const auto revisions = find(text, history, applied, sink);
  CHECK(revisions.has_value() == !sink.has_errors());
  if (!revisions) return said(sink);
  std::string names;
  for (const Revision* revision : *revisions) names += (names.empty() ? "" : " ") + revision->id;
  return names;
}

std::string up(const char* text, const History& history, const RevisionIds& applied = {}) {
  return way(revisions_to_apply, text, history, applied);
}
std::string down(const char* text, const History& history, const RevisionIds& applied) {
  return way(revisions_to_roll_back, text, history, applied);
}

// base1 - fork - left1 - left2 - merge - last, fork - right1 - merge; bill1 - bill2, apart.
History branched() {
  return history_of({{"base1"},
                     {"fork1", {"base1"}, {}},
                     {"left1", {"fork1"}, {"left"}},
                     {"left2", {"left1"}},
                     {"right1", {"fork1"}},
                     {"merge1", {"left2", "right1"}},
                     {"last1", {"merge1"}},
                     {"xbill1", {}, {"billing"}, {"fork1"}},
                     {"xbill2", {"xbill1"}}});
}

const RevisionIds kAll = {"base1",  "fork1", "left1",  "left2", "right1",
                          "merge1", "last1", "xbill1", "xbill2"};

}  // namespace

TEST_CASE("revisions are found by id, prefix, name and distance") {
  const History history = history_of({{"20250101000000_one"},
                                      {"20250102000000_two", {"20250101000000_one"}},
                                      {"20250103000000_three", {"20250102000000_two"}}});
  CHECK(resolved("@head", history) == "<20250103000000_three>");
  CHECK(resolved("@heads", history) == "<20250103000000_three>");
  CHECK(resolved("@head~1", history) == "<20250102000000_two>");
  CHECK(resolved("@head-2", history) == "<20250101000000_one>");
  CHECK(resolved("@head~3", history) == "<>");
  CHECK(resolved("@base", history) == "<>");
  CHECK(resolved("@base+2", history) == "<20250102000000_two>");
  CHECK(resolved("@two+1", history) == "<20250103000000_three>");
  CHECK(resolved("@two+2", history) == "revision-behind-last");
  CHECK(resolved("@head~4", history) == "revision-before-first");
  CHECK(resolved("@20250102", history) == "<20250102000000_two>");
  CHECK(resolved("@two", history) == "<20250102000000_two>");
  CHECK(resolved("@2025010", history) == "revision-ambiguous");
  CHECK(resolved("@202", history) == "revision-unknown");
  CHECK(resolved("@four", history) == "revision-unknown");
  CHECK(resolved("@he ad", history) == "revision-expression");
  CHECK(resolved("@one:two", history) == "revision-expression");
  CHECK(resolved("@current", history) == "current-unknown");
  CHECK(resolved("@-1", history) == "current-unknown");
  CHECK(resolved("@side@head", history) == "label-unknown");
  CHECK(resolved("@head", {}) == "<>");
}

TEST_CASE("a minus may be a part of a name") {
  const History history = history_of({{"add-email"}, {"add-email-2", {"add-email"}}});
  CHECK(resolved("add-email", history) == "<add-email>");
  CHECK(resolved("head-1", history) == "<add-email>");
}

TEST_CASE("labels mark a line, down to where it forks off") {
  const History history = branched();
  const auto labels = labels_of(history);
  CHECK(labels.at("left1") == std::set<std::string>{"left"});
  CHECK(labels.at("last1") == std::set<std::string>{"left"});
  CHECK(labels.at("fork1").empty());
  CHECK(labels.at("right1").empty());
  CHECK(labels.at("xbill2") == std::set<std::string>{"billing"});
  CHECK(resolved("left@head", history) == "<last1>");
  CHECK(resolved("left@base", history) == "<fork1>");
  CHECK(resolved("@billing@head", history) == "<xbill2>");
  CHECK(resolved("billing@base", history) == "<>");
  CHECK(resolved("billing@base+1", history) == "<xbill1>");
  CHECK(resolved("billing@last1", history) == "revision-unknown");
  CHECK(resolved("head", history) == "several-heads");
  CHECK(resolved("heads", history) == "revision-ambiguous");
  CHECK(resolved("last1~2", history) == "revision-ambiguous");
  CHECK(resolved("fork1+1", history) == "revision-ambiguous");
  CHECK(resolved("left@fork1+1", history) == "revision-unknown");
}

TEST_CASE("targets to apply") {
  const History history = branched();
  CHECK(up("base", history) == "");
  CHECK(up("left2", history) == "base1 fork1 left1 left2");
  CHECK(up("left2", history, {"base1", "fork1"}) == "left1 left2");
  CHECK(up("xbill1", history) == "base1 fork1 xbill1");
  CHECK(up("billing@head", history, {"base1"}) == "fork1 xbill1 xbill2");
  CHECK(up("heads", history) == "base1 fork1 left1 left2 right1 merge1 last1 xbill1 xbill2");
  CHECK(up("heads", history, kAll) == "");
  CHECK(up("current", history, {"base1"}) == "");
  CHECK(up("head", history) ==
        "several-heads: the history ends in several revisions: last1, xbill2");
}

TEST_CASE("targets to apply, relative to what is applied") {
  const History history = branched();
  CHECK(up("+1", history) == "revision-ambiguous: `+1` may be any of: base1, xbill1");
  CHECK(up("left@+1", history, {"base1", "fork1"}) == "left1");
  CHECK(up("left@+2", history, {"base1", "fork1"}) == "left1 left2");
  CHECK(up("billing@+1", history) == "base1 fork1 xbill1");
  CHECK(up("+1", history, {"base1", "fork1", "xbill1", "xbill2"}) ==
        "revision-ambiguous: `+1` may be any of: left1, right1");
  CHECK(up("+1", history, {"base1", "fork1", "left1", "left2", "right1", "xbill1", "xbill2"}) ==
        "merge1");
  CHECK(up("billing@+3", history) ==
        "walk-short: `billing@+3` asks for 3 revisions, and there are 2");
  CHECK(up("-1", history, kAll) == "target-backward: `-1` leads back");
}

TEST_CASE("ranges to apply") {
  const History history = branched();
  CHECK(up("fork1:left2", history, {"base1", "fork1"}) == "left1 left2");
  CHECK(up(":fork1", history) == "base1 fork1");
  CHECK(up("fork1:left2", history) == "revision-not-applied: revision `base1` is not applied");
  CHECK(up("fork1:", history, {"base1", "fork1"}) ==
        "several-heads: the history ends in several revisions: last1, xbill2");
}

TEST_CASE("targets to take back") {
  const History history = branched();
  CHECK(down("base", history, kAll) == "xbill2 xbill1 last1 merge1 right1 left2 left1 fork1 base1");
  CHECK(down("heads", history, kAll) == "");
  // What stands on it goes, other lines stay.
  CHECK(down("left1", history, kAll) == "last1 merge1 left2");
  CHECK(down("fork1", history, kAll) == "xbill2 xbill1 last1 merge1 right1 left2 left1");
  CHECK(down("billing@base", history, kAll) == "xbill2 xbill1");
  CHECK(down("left@base", history, kAll) == "last1 merge1 left2 left1");
  CHECK(down("left2", history, {"base1"}) ==
        "revision-not-applied: revision `left2` is not applied");
  CHECK(down("last1~1", history, kAll) == "last1");
}

TEST_CASE("targets to take back, relative to what is applied") {
  const History history = branched();
  CHECK(down("-1", history, kAll) == "revision-ambiguous: `-1` may be any of: last1, xbill2");
  CHECK(down("billing@-2", history, kAll) == "xbill2 xbill1");
  CHECK(down("left@-2", history, kAll) == "last1 merge1");
  // Behind a merge there are two ways.
  RevisionIds without_billing = kAll;
  without_billing.erase("xbill1");
  without_billing.erase("xbill2");
  CHECK(down("-2", history, without_billing) == "last1 merge1");
  CHECK(down("-3", history, without_billing) ==
        "revision-ambiguous: `-3` may be any of: left2, right1");
  CHECK(down("-3", history, {"base1", "fork1"}) ==
        "walk-short: `-3` asks for 3 revisions, and there are 2");
  CHECK(down("+1", history, kAll) == "target-forward: `+1` leads forward");
}

TEST_CASE("ranges to take back") {
  const History history = branched();
  CHECK(down("last1:merge1", history, kAll) == "last1");
  CHECK(down("left2:fork1", history, kAll) ==
        "stands-on-range: revision `merge1` stands on what `left2:fork1` takes back");
}

TEST_CASE("what a revision replaces is applied by it") {
  History history = history_of({{"a1"}, {"squash1", {"a1"}}, {"d1", {"squash1"}}});
  for (Revision& revision : history.revisions)
    if (revision.id == "squash1") revision.ties.replaces = {"b1", "c1"};
  const auto follow = [&](const RevisionIds& ledger) {
    Sink sink;
    const Replaced replaced = follow_replaced(history, ledger, sink);
    if (sink.has_errors()) return said(sink);
    std::string text = replaced.to_record.empty() ? "" : "record ";
    for (const Revision* revision : replaced.to_record) text += revision->id;
    return text + "|" + listed({replaced.applied.begin(), replaced.applied.end()});
  };
  CHECK(follow({}) == "|");
  CHECK(follow({"a1"}) == "|a1");
  CHECK(follow({"a1", "b1", "c1"}) == "record squash1|a1, squash1");
  CHECK(follow({"a1", "squash1", "d1"}) == "|a1, d1, squash1");
  CHECK(
      follow({"a1", "b1"}) ==
      "replaced-in-part: revision `squash1` replaces b1, which are applied, and c1, which are not");
}
