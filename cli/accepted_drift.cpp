#include "cli/accepted_drift.h"

#include <toml++/toml.h>

#include <cstdio>

#include "cli/command_diags.h"
#include "cli/files.h"
#include "cli/policy.h"
#include "cli/toml_place.h"

namespace schemac {
namespace {

std::string text_of(const toml::table& entry, std::string_view key) {
  const auto* text = entry[key].as_string();
  return text == nullptr ? "" : **text;
}

std::string day_of(const toml::table& entry, std::string_view key) {
  const auto* date = entry[key].as_date();
  if (date == nullptr) return "";
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", (**date).year, (**date).month, (**date).day);
  return text;
}

}  // namespace

AcceptedDrift::AcceptedDrift(Sink& sink) {
  const std::string path(kDriftFile);
  if (!path_exists(path)) return;
  const auto file = std::make_shared<const SourceFile>(path, read_text(path));
  try {
    const toml::table all = toml::parse(file->text(), path);
    for (const auto& [key, value] : all) {
      const toml::array* list = value.as_array();
      if (key.str() != "drift" || list == nullptr ||
          !list->is_homogeneous(toml::node_type::table)) {
        sink.report(diags::drift_file("only [[drift]] stands here"), span_of(file, key.source()));
        continue;
      }
      for (const toml::node& node : *list) {
        const toml::table& entry = *node.as_table();
        DriftEntry read{text_of(entry, "object"),      text_of(entry, "reason"),
                        text_of(entry, "owner"),       day_of(entry, "until"),
                        span_of(file, entry.source()), false};
        if (read.object.empty() || read.reason.empty() || read.owner.empty() || read.until.empty())
          sink.report(diags::drift_file("an entry has object, reason, owner and until, a date"),
                      read.at);
        else
          entries_.push_back(std::move(read));
      }
    }
  } catch (const toml::parse_error& error) {
    sink.report(diags::drift_file(error.description()), span_of(file, error.source()));
  }
}

bool AcceptedDrift::accepts(std::string_view object, const std::string& today, Sink& sink) {
  for (DriftEntry& entry : entries_) {
    if (!matches(entry.object, object)) continue;
    entry.used = true;
    if (today <= entry.until) return true;
    sink.report(diags::drift_expired(object, entry.until), entry.at)
        .about(std::string(object))
        .hint("ask " + entry.owner + ": " + entry.reason);
    return true;
  }
  return false;
}

void AcceptedDrift::report_unused(Sink& sink) const {
  for (const DriftEntry& entry : entries_)
    if (!entry.used)
      sink.report(diags::drift_unused(entry.object), entry.at).hint("remove the entry");
}

}  // namespace schemac
