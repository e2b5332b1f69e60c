#include "tests/harness/oracles.h"

#include <nlohmann/json.hpp>

#include "codegen/postgres/postgres.h"
#include "codegen/render.h"
#include "compiler/bind/bind.h"
#include "compiler/ir/json.h"
#include "compiler/parse/statement.h"
#include "compiler/plan/planner.h"
#include "compiler/print/print.h"
#include "tests/harness/text.h"

namespace schemac::test {

Catalog compile(const std::vector<NamedText>& files, Sink& sink, int server_version) {
  std::vector<ParsedFile> parsed;
  for (const NamedText& file : files)
    parsed.push_back(parse_file(std::make_shared<SourceFile>(file.name, file.text), sink));
  return schemac::bind(parsed, sink, server_version);
}

Plans plan_both(const Pair& pair, int server_version) {
  Plans plans;
  const Target target = postgres::target(server_version);
  plans.renames = find_renames(pair.from, pair.to);
  std::vector<Rename> back;
  for (auto rename = plans.renames.rbegin(); rename != plans.renames.rend(); ++rename)
    back.push_back({rename->to, rename->from});
  plans.up = make_plan(pair.from, pair.to, plans.renames, target);
  plans.down = make_plan(pair.to, pair.from, back, target);
  return plans;
}

namespace {

std::string json_text(const Catalog& catalog) {
  return to_json(catalog).dump(1);
}

std::vector<NamedText> printed(const Catalog& catalog) {
  std::vector<NamedText> files;
  for (const auto& [path, text] : print_files(catalog)) files.push_back({path, text});
  return files;
}

std::string all_texts(const std::vector<NamedText>& files) {
  std::string text;
  for (const NamedText& file : files) text += "// " + file.name + "\n" + file.text;
  return text;
}

// What stays of a declaration once it was applied.
Catalog without_intents(Catalog catalog) {
  for (Object& object : catalog.objects()) {
    object.was.reset();
    for (std::size_t i = 0; i < object.kind().fields.size(); ++i)
      if (object.kind().fields[i].role == Role::intent) object.values.set(i, Value{});
  }
  find_dependencies(catalog);
  return catalog;
}

void check_print(const Catalog& declared, const std::string& name, int server_version,
                 Failures& failures) {
  const Catalog catalog = without_intents(declared);
  const std::vector<NamedText> files = printed(catalog);
  Sink sink;
  const Catalog again = compile(files, sink, server_version);
  std::string said;
  for (const Diagnostic& diagnostic : sink.diagnostics())
    if (diagnostic.severity != Severity::note) said += render_text(diagnostic, false);
  if (!said.empty()) {
    failures.push_back({"print", name + ": what was printed does not compile cleanly:\n" + said});
    return;
  }
  if (const std::string diff = line_diff(json_text(catalog), json_text(again)); !diff.empty())
    failures.push_back({"print", name + ": parsing what was printed gives another catalog\n" +
                                     diff + "printed:\n" + all_texts(files)});
  if (const std::string diff = line_diff(all_texts(files), all_texts(printed(again)));
      !diff.empty())
    failures.push_back({"print", name + ": printing again gives other bytes\n" + diff});
  for (const NamedText& file : files) {
    const std::string formatted =
        format(parse_file(std::make_shared<SourceFile>(file.name, file.text), sink));
    if (const std::string diff = line_diff(file.text, formatted); !diff.empty())
      failures.push_back({"print", name + ": `fmt` changes what was printed\n" + diff});
  }
}

}  // namespace

void check_catalog(const Catalog& catalog, const std::string& name, Failures& failures,
                   int server_version) {
  check_print(catalog, name, server_version, failures);

  const nlohmann::ordered_json json = to_json(catalog);
  const Catalog decoded = catalog_from_json(json.dump());
  if (const std::string diff = line_diff(json.dump(1), json_text(decoded)); !diff.empty())
    failures.push_back({"json", name + ": decoding what was encoded differs\n" + diff});
  if (fingerprint(catalog) != fingerprint(decoded))
    failures.push_back({"json", name + ": the decoded catalog has another fingerprint\n"});

  if (!diff(catalog, catalog).empty())
    failures.push_back({"self", name + ": the catalog differs from itself\n"});
  const Plan plan = make_plan(catalog, catalog, postgres::target(0));
  if (!plan.empty())
    failures.push_back({"self", name + ": a plan from the catalog to itself is not empty\n" +
                                    render_plan(plan, postgres::dialect())});
}

}  // namespace schemac::test
