#include "cli/report_formats.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/visible.h"
#include "cli/version.h"
#include "compiler/safety/catalogue.h"
#include "runner/digest.h"

namespace schemac {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

// What a finding says, in one line or with `newline` between several.
std::string words(const Diagnostic& finding, std::string_view newline) {
  std::string text = visible(finding.message, newline);
  if (!finding.hint.empty())
    text += std::string(newline) + "help: " + visible(finding.hint, newline);
  return text;
}

struct Place {
  std::string path;  // from the root of the repository; "" where there is none
  int line = 1, column = 1;
};

Place place_of(const Diagnostic& finding, const ReportContext& context) {
  if (!finding.at.known()) return {};
  const auto position = finding.at.file->position(finding.at.begin);
  return {context.prefix + finding.at.file->path(), position.line, position.column};
}

// The same for the same finding wherever its line has moved, and another for each of several.
class Fingerprints {
 public:
  std::string next(const Diagnostic& finding, const Place& place) {
    const std::string key =
        sha256(finding.code + '\0' + finding.object + '\0' + place.path + '\0' + finding.message);
    const int count = seen_[key]++;
    return count == 0 ? key : sha256(key + std::to_string(count));
  }

 private:
  std::map<std::string, int> seen_;
};

// Names may hold anything: what is no ASCII stands escaped, and bytes that are no UTF-8 are
// replaced.
std::string dump(const Json& json) {
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

// -- GitHub --------------------------------------------------------------------------------------

std::string escape_command(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','))) {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      out += {'%', kHex[static_cast<std::size_t>(c) >> 4], kHex[static_cast<std::size_t>(c) & 15]};
    } else {
      out += c;
    }
  }
  return out;
}

// -- SARIF ---------------------------------------------------------------------------------------

std::string uri_of(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

Json sarif_rule(const std::string& code) {
  Json rule{{"id", code}};
  if (const Hazard* hazard = hazard_of(code)) {
    rule["shortDescription"] = {{"text", hazard->title}};
    rule["fullDescription"] = {{"text", hazard->effect}};
    rule["help"] = {
        {"text", std::string(hazard->way_out) + "; `schemac explain " + code + "` says more"}};
    rule["defaultConfiguration"] = {{"level", to_string(hazard->severity)}};
  }
  return rule;
}

Json sarif_location(const Diagnostic& finding, const Place& place, const ReportContext& context) {
  const std::string path =
      place.path.empty() ? context.prefix + std::string(context.fallback) : place.path;
  Json location{{"physicalLocation",
                 {{"artifactLocation", {{"uri", uri_of(path)}, {"uriBaseId", "%SRCROOT%"}}},
                  {"region", {{"startLine", place.line}, {"startColumn", place.column}}}}}};
  if (!finding.object.empty())
    location["logicalLocations"] = {{{"fullyQualifiedName", visible(finding.object, "\\n")}}};
  return location;
}

// -- JUnit ---------------------------------------------------------------------------------------

std::string escape_xml(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        out += c;
    }
  return out;
}

std::string junit_case(const Diagnostic& finding, const ReportContext& context) {
  const Place place = place_of(finding, context);
  const std::string path = visible(place.path, "\\n");
  std::string name = finding.code;
  if (!finding.object.empty()) name += " " + visible(finding.object, "\\n");
  std::string out = "    <testcase classname=\"" +
                    escape_xml(path.empty() ? std::string(context.command) : path) + "\" name=\"" +
                    escape_xml(name) + "\"";
  if (!path.empty())
    out += " file=\"" + escape_xml(path) + "\" line=\"" + std::to_string(place.line) + "\"";
  const std::string text = escape_xml(words(finding, "\n"));
  if (finding.severity == Severity::error)
    return out + ">\n      <failure type=\"" + escape_xml(finding.code) + "\" message=\"" +
           escape_xml(visible(finding.message, " ")) + "\">" + text +
           "</failure>\n    </testcase>\n";
  return out + ">\n      <system-out>" + std::string(to_string(finding.severity)) + ": " + text +
         "</system-out>\n    </testcase>\n";
}

}  // namespace

std::string github_report(const std::vector<Diagnostic>& findings, const ReportContext& context) {
  std::string out;
  for (const Diagnostic& finding : findings) {
    const Place place = place_of(finding, context);
    const std::string_view kind = finding.severity == Severity::note ? std::string_view("notice")
                                                                     : to_string(finding.severity);
    out += "::" + std::string(kind) + " title=" + escape_command(visible(finding.code, "\n"), true);
    if (!place.path.empty())
      out += ",file=" + escape_command(visible(place.path, "\n"), true) +
             ",line=" + std::to_string(place.line) + ",col=" + std::to_string(place.column);
    out += "::" + escape_command(words(finding, "\n"), false) + "\n";
  }
  return out;
}

std::string gitlab_report(const std::vector<Diagnostic>& findings, const ReportContext& context) {
  Fingerprints fingerprints;
  Json list = Json::array();
  for (const Diagnostic& finding : findings) {
    const Place place = place_of(finding, context);
    const std::string_view severity = finding.severity == Severity::error     ? "critical"
                                      : finding.severity == Severity::warning ? "minor"
                                                                              : "info";
    list.push_back({{"description", words(finding, " ")},
                    {"check_name", finding.code},
                    {"fingerprint", fingerprints.next(finding, place)},
                    {"severity", severity},
                    {"location",
                     {{"path", place.path.empty() ? context.prefix + std::string(context.fallback)
                                                  : place.path},
                      {"lines", {{"begin", place.line}}}}}});
  }
  return dump(list);
}

std::string sarif_report(const std::vector<Diagnostic>& findings, const ReportContext& context) {
  std::set<std::string> codes;
  for (const Diagnostic& finding : findings) codes.insert(finding.code);
  Json rules = Json::array(), results = Json::array();
  for (const std::string& code : codes) rules.push_back(sarif_rule(code));
  Fingerprints fingerprints;
  for (const Diagnostic& finding : findings) {
    const Place place = place_of(finding, context);
    results.push_back(
        {{"ruleId", finding.code},
         {"ruleIndex", std::distance(codes.begin(), codes.find(finding.code))},
         {"level", to_string(finding.severity)},
         {"message", {{"text", words(finding, "\n")}}},
         {"locations", Json::array({sarif_location(finding, place, context)})},
         {"partialFingerprints", {{"schemac/v1", fingerprints.next(finding, place)}}}});
  }
  return dump(
      {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
       {"version", "2.1.0"},
       {"runs",
        {{{"tool",
           {{"driver", {{"name", "schemac"}, {"version", kVersion}, {"rules", std::move(rules)}}}}},
          {"columnKind", "unicodeCodePoints"},
          {"results", std::move(results)}}}}});
}

std::string junit_report(const std::vector<Diagnostic>& findings, const ReportContext& context) {
  const auto failures =
      std::count_if(findings.begin(), findings.end(),
                    [](const Diagnostic& finding) { return finding.severity == Severity::error; });
  const std::string name = "schemac " + std::string(context.command);
  const std::string counts = " name=\"" + escape_xml(name) + "\" tests=\"" +
                             std::to_string(std::max<std::size_t>(findings.size(), 1)) +
                             "\" failures=\"" + std::to_string(failures) +
                             "\" errors=\"0\" skipped=\"0\"";
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + counts +
                    ">\n  <testsuite" + counts + ">\n";
  for (const Diagnostic& finding : findings) out += junit_case(finding, context);
  // Services take a report without cases for one that is broken.
  if (findings.empty())
    out += "    <testcase classname=\"schemac\" name=\"" + escape_xml(context.command) + "\"/>\n";
  return out + "  </testsuite>\n</testsuites>\n";
}

std::string repository_prefix() {
  std::error_code error;
  const fs::path here = fs::current_path();
  for (fs::path folder = here;; folder = folder.parent_path()) {
    if (fs::exists(folder / ".git", error)) {
      const fs::path relative = here.lexically_relative(folder);
      return relative == "." ? "" : relative.generic_string() + "/";
    }
    if (folder == folder.parent_path()) return "";
  }
}

}  // namespace schemac
