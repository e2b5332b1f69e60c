// explain [CODE]: what the catalogue says of a hazard.

#include <algorithm>

#include "cli/command_diags.h"
#include "cli/commands.h"
#include "compiler/safety/catalogue.h"
#include "compiler/safety/hazards.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kWidth = 80;

// `text` in lines of a page, each behind `indent`.
std::string wrapped(std::string_view text, std::string_view indent) {
  std::string out(indent);
  std::size_t line = indent.size();
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (line > indent.size() && line + 1 + word.size() > kWidth) {
      (out += '\n') += indent;
      line = indent.size();
    } else if (line > indent.size()) {
      out += ' ';
      ++line;
    }
    out += word;
    line += word.size();
  }
  return out + "\n";
}

std::string indented(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    out += line.empty() ? "\n" : "    " + std::string(line) + "\n";
  }
  return out;
}

std::string setup_of(const HazardExample& example) {
  std::string text;
  for (const std::string_view piece : example.setup) text += piece;
  return text;
}

std::string versions_of(const Hazard& hazard) {
  std::string text(hazard.versions);
  if (hazard.since != 0 && text.empty()) text = "since " + std::to_string(hazard.since);
  return text;
}

std::string page(const Hazard& hazard) {
  std::string out = std::string(hazard.code) + " (" + std::string(to_string(hazard.severity)) +
                    "): " + std::string(hazard.title) + "\n\n" + wrapped(hazard.effect, "");
  const auto fact = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) out += "\n" + wrapped(std::string(name) + ": " + text, "");
  };
  fact("Lock", std::string(hazard.lock));
  fact("PostgreSQL", versions_of(hazard));
  fact("Way out", std::string(hazard.way_out));
  const HazardExample& example = hazard.example;
  if (const std::string setup = setup_of(example); !setup.empty())
    out += "\nWhere there is\n\n" + indented(setup);
  out += "\nthis is what it warns of";
  if (!example.fails.empty()) out += " (SQLSTATE " + std::string(example.fails) + ")";
  out += ":\n\n" + indented(example.bad) + "\nand this is not:\n\n" + indented(example.good);
  out += "\nTo accept it, write above the statement why:\n\n    -- schemac:allow " +
         std::string(hazard.code) + " reason=\"…\"\n";
  return out;
}

Json to_json(const Hazard& hazard) {
  const HazardExample& example = hazard.example;
  const auto or_null = [](std::string_view text) { return text.empty() ? Json() : Json(text); };
  return {{"code", hazard.code},
          {"severity", to_string(hazard.severity)},
          {"title", hazard.title},
          {"effect", hazard.effect},
          {"lock", or_null(hazard.lock)},
          {"way_out", hazard.way_out},
          {"versions", or_null(versions_of(hazard))},
          {"in_plans", found_in_plans(hazard.code)},
          {"setup", setup_of(example)},
          {"bad", example.bad},
          {"fails", or_null(example.fails)},
          {"good", example.good}};
}

Outcome list_all() {
  Outcome outcome;
  Json families = Json::array();
  for (const HazardFamily& family : hazard_families()) {
    outcome.text += (outcome.text.empty() ? "" : "\n") + std::string(family.name) + ": " +
                    std::string(family.doc) + "\n";
    Json hazards = Json::array();
    for (const Hazard& hazard : family.hazards) {
      std::string head = "  " + std::string(hazard.code);
      head.resize(10, ' ');
      head += to_string(hazard.severity);
      head.resize(19, ' ');
      outcome.text += head + std::string(hazard.title) + "\n";
      hazards.push_back(to_json(hazard));
    }
    families.push_back({{"prefix", family.prefix},
                        {"name", family.name},
                        {"doc", family.doc},
                        {"hazards", std::move(hazards)}});
  }
  outcome.text += "\n`schemac explain CODE` says more of one.\n";
  outcome.result = {{"families", std::move(families)}};
  return outcome;
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

}  // namespace

Outcome run_explain(const Session& session, const ExplainOptions& options) {
  if (options.code.empty()) return list_all();
  Outcome outcome;
  const Hazard* hazard = hazard_of(upper(options.code));
  if (hazard == nullptr) {
    std::string near;
    for (const std::string_view code : nearest_codes(options.code))
      near += (near.empty() ? "the nearest: " : ", ") + std::string(code);
    session.sink.report(diags::hazard_unknown(options.code))
        .hint((near.empty() ? "" : near + "; ") + "`schemac explain` lists all");
    outcome.exit_code = kExitFailed;
    return outcome;
  }
  outcome.text = page(*hazard);
  outcome.result = to_json(*hazard);
  return outcome;
}

}  // namespace schemac
