#include "cli/settings.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "cli/files.h"
#include "cli/settings_diags.h"
#include "cli/toml_place.h"
#include "codegen/postgres/postgres.h"

namespace schemac {
namespace fs = std::filesystem;
namespace {

// One setting: how each place that can hold it names it. `set` answers whether the value will do.
struct SettingInfo {
  std::string_view name;
  std::string_view environment;
  std::string_view expected;
  bool (*set)(Settings& settings, const std::string& value);
};

constexpr int kNewestVersion = 99;

bool set_version(Settings& settings, const std::string& value) {
  if (value.empty() || value.size() > 2 ||
      value.find_first_not_of("0123456789") != std::string::npos)
    return false;
  settings.server_version = std::stoi(value);
  return settings.server_version >= postgres::kOldestVersion &&
         settings.server_version <= kNewestVersion;
}

bool set_lock_timeout(Settings& settings, const std::string& value) {
  const std::size_t unit = value.find_first_not_of("0123456789");
  if (unit == 0 || unit == std::string::npos || unit > 9) return false;
  settings.lock_timeout = value;
  const std::string name = value.substr(unit);
  return name == "ms" || name == "s" || name == "min";
}

bool set_lock_wait(Settings& settings, const std::string& value) {
  const auto wait = parse_seconds(value);
  if (wait) settings.lock_wait = *wait;
  return wait.has_value();
}

bool set_format(Settings& settings, const std::string& value) {
  constexpr std::array names{"text", "json", "github", "gitlab", "sarif", "junit", "md", "html"};
  const auto at = std::find(names.begin(), names.end(), value);
  if (at != names.end()) settings.format = static_cast<Format>(at - names.begin());
  return at != names.end();
}

bool set_color(Settings& settings, const std::string& value) {
  settings.color = value == "always"  ? Color::always
                   : value == "never" ? Color::never
                                      : Color::automatic;
  return value == "always" || value == "never" || value == "auto";
}

bool set_online(Settings& settings, const std::string& value) {
  settings.online = value == "always"  ? Online::always
                    : value == "never" ? Online::never
                                       : Online::large;
  return value == "always" || value == "never" || value == "large";
}

template <std::string Settings::*Member>
bool set_text(Settings& settings, const std::string& value) {
  settings.*Member = value;
  return !value.empty();
}

bool set_environment(Settings& settings, const std::string& value) {
  settings.allow.environment = value;
  return !value.empty();
}

constexpr SettingInfo kSettings[] = {
    {"schema", "SCHEMAC_SCHEMA", "a folder or a .schema file", set_text<&Settings::schema>},
    {"migrations", "SCHEMAC_MIGRATIONS", "a folder", set_text<&Settings::migrations>},
    {"backups", "SCHEMAC_BACKUPS", "a folder", set_text<&Settings::backups>},
    {"shadow", "SCHEMAC_SHADOW", "auto, none or a server's URL", set_text<&Settings::shadow>},
    {"server_version", "SCHEMAC_SERVER_VERSION", "a major version of PostgreSQL from 13",
     set_version},
    {"lock_timeout", "SCHEMAC_LOCK_TIMEOUT", "a time such as 500ms, 10s or 2min", set_lock_timeout},
    {"lock_wait", "SCHEMAC_LOCK_WAIT", "a time such as 0s, 60s or 10min", set_lock_wait},
    {"ledger", "SCHEMAC_LEDGER", "the name of a schema", set_text<&Settings::ledger>},
    {"role", "SCHEMAC_ROLE", "the name of a role", set_text<&Settings::role>},
    {"online", "SCHEMAC_ONLINE", "always, large or never", set_online},
    {"environment", "SCHEMAC_ENVIRONMENT", "a name such as staging", set_environment},
    {"format", "SCHEMAC_FORMAT",
     "text, json, github, gitlab, sarif or junit (of `report`: md or html)", set_format},
    {"color", "SCHEMAC_COLOR", "auto, always or never", set_color},
};

// The one setting that is a list, in schemac.toml alone.
constexpr std::string_view kAllow = "allow";

// An item of the list: a code, or a table with a code, an object, an environment and a reason.
std::optional<Allowance> read_allowance(const toml::node& node) {
  if (const auto* code = node.as_string()) return Allowance{**code, "", "", ""};
  const toml::table* table = node.as_table();
  if (table == nullptr) return std::nullopt;
  Allowance allowance;
  for (const auto& [key, value] : *table) {
    const auto* text = value.as_string();
    std::string* member = key.str() == "code"          ? &allowance.code
                          : key.str() == "object"      ? &allowance.object
                          : key.str() == "environment" ? &allowance.environment
                          : key.str() == "reason"      ? &allowance.reason
                                                       : nullptr;
    if (text == nullptr || member == nullptr) return std::nullopt;
    *member = **text;
  }
  return allowance.code.empty() || allowance.reason.empty() ? std::nullopt
                                                            : std::optional(allowance);
}

void read_allowances(Settings& settings, const toml::node& value, const SourceSpan& at,
                     Sink& sink) {
  const toml::array* list = value.as_array();
  bool good = list != nullptr;
  if (good)
    for (const toml::node& node : *list) {
      std::optional<Allowance> allowance = read_allowance(node);
      good = good && allowance.has_value();
      if (allowance) settings.allow.allowances.push_back(std::move(*allowance));
    }
  if (!good)
    sink.report(diags::setting_type(kAllow,
                                    "a list of codes of hazards, or of tables with `code`, "
                                    "`reason` and, where wanted, `object` and `environment`"),
                at);
}

void set_from_toml(Settings& settings, const std::string& key, const toml::node& value,
                   const SourceSpan& at, Sink& sink) {
  if (key == kAllow) return read_allowances(settings, value, at, sink);
  for (const SettingInfo& info : kSettings) {
    if (info.name != key) continue;
    std::string text;
    if (const auto* string = value.as_string())
      text = **string;
    else if (const auto* integer = value.as_integer())
      text = std::to_string(**integer);
    if (!info.set(settings, text))
      sink.report(text.empty() ? diags::setting_type(key, info.expected)
                               : diags::setting_value(key, text, info.expected),
                  at);
    return;
  }
  std::vector<std::string_view> known{kAllow};
  for (const SettingInfo& info : kSettings) known.push_back(info.name);
  const std::string near = nearest(key, known);
  std::string list;
  for (std::string_view name : known) list += (list.empty() ? "" : ", ") + std::string(name);
  sink.report(diags::setting_unknown(key), at)
      .hint(near.empty() ? "there are: " + list : "did you mean `" + near + "`?");
}

void read_config(Settings& settings, const std::string& path, Sink& sink) {
  const auto file = std::make_shared<const SourceFile>(path, read_text(path));
  try {
    const toml::table table = toml::parse(file->text(), path);
    for (const auto& [key, value] : table)
      set_from_toml(settings, std::string(key.str()), value, span_of(file, key.source()), sink);
  } catch (const toml::parse_error& error) {
    sink.report(diags::config_broken(error.description()), span_of(file, error.source()));
  }
}

void read_environment(Settings& settings, Sink& sink) {
  for (const SettingInfo& info : kSettings) {
    const char* value = std::getenv(std::string(info.environment).c_str());
    if (value != nullptr && !info.set(settings, value))
      sink.report(diags::setting_value(info.environment, value, info.expected));
  }
}

void read_flags(Settings& settings, const Flags& flags, Sink& sink) {
  for (const SettingInfo& info : kSettings)
    if (const auto flag = flags.find(std::string(info.name)); flag != flags.end())
      if (!info.set(settings, flag->second))
        sink.report(
            diags::setting_value("--" + std::string(info.name), flag->second, info.expected));
}

// The nearest schemac.toml from the current folder upwards.
std::optional<fs::path> find_config() {
  for (fs::path folder = fs::current_path();; folder = folder.parent_path()) {
    const fs::path path = folder / kConfigFile;
    if (path_exists(path.string())) return path;
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

}  // namespace

std::optional<std::chrono::seconds> parse_seconds(const std::string& text) {
  constexpr std::size_t kDigitsMax = 6;
  const std::size_t unit = text.find_first_not_of("0123456789");
  if (unit == 0 || unit == std::string::npos || unit > kDigitsMax) return std::nullopt;
  const int count = std::stoi(text);
  const std::string name = text.substr(unit);
  if (name == "s") return std::chrono::seconds(count);
  if (name == "min") return std::chrono::minutes(count);
  return std::nullopt;
}

std::string Settings::user_path(const std::string& path) const {
  if (from_user.empty() || path.empty() || path.front() == '/') return path;
  const fs::path joined = (fs::path(from_user) / path).lexically_normal();
  return joined.string();
}

Settings flag_settings(const Flags& flags, Sink& sink) {
  Settings settings;
  read_environment(settings, sink);
  read_flags(settings, flags, sink);
  return settings;
}

Settings load_settings(const std::optional<std::string>& config, const Flags& flags, Sink& sink) {
  Settings settings;
  const fs::path user_folder = fs::current_path();
  const char* variable = std::getenv("SCHEMAC_CONFIG");
  std::optional<fs::path> path;
  if (config)
    path = fs::absolute(*config);
  else if (variable != nullptr)
    path = fs::absolute(variable);
  else
    path = find_config();
  if (path) {
    if (!path_exists(path->string())) throw FileError("cannot open", path->string(), ENOENT);
    settings.has_config = true;
    settings.folder = path->parent_path().lexically_normal().string();
    fs::current_path(settings.folder);
    const fs::path relative = user_folder.lexically_relative(fs::current_path());
    if (relative != ".") settings.from_user = relative.string() + "/";
    read_config(settings, path->filename().string(), sink);
  }
  read_environment(settings, sink);
  Flags seen_from_folder = flags;
  for (const char* name : {"schema", "migrations"})
    if (const auto flag = seen_from_folder.find(name); flag != seen_from_folder.end())
      flag->second = settings.user_path(flag->second);
  read_flags(settings, seen_from_folder, sink);
  for (std::string* folder : {&settings.schema, &settings.migrations})
    while (folder->size() > 1 && folder->ends_with('/')) folder->pop_back();
  return settings;
}

std::string new_config(int server_version) {
  const std::string version = server_version == 0
                                  ? "# server_version = " + std::to_string(postgres::kOldestVersion)
                                  : "server_version = " + std::to_string(server_version);
  return R"(# Settings of schemac. Flags and SCHEMAC_* in the environment come first.
# The database is given by --url or $DATABASE_URL, never here.

schema = "schema"            # what the database is: a folder of *.schema files
migrations = "migrations"    # the reviewed way there: a folder a revision

# Oldest PostgreSQL that the generated files must run on.
)" + version +
         R"(

# Where backups go; git does not see them.
# backups = "backups"

# Where throwaway databases come from: "auto" (local PostgreSQL binaries), a server's URL, "none".
# shadow = "auto"

# How long a statement may wait for a lock while others queue behind it.
# lock_timeout = "10s"

# How long a run waits for another one that works on the same database.
# lock_wait = "60s"

# The schema in the database that keeps the record of what was applied.
# ledger = "schemac"

# The role that statements of revisions run as, where it is not the one that connects.
# role = "owner"

# Which tables that exist get indexes and constraints while others use them, in more and shorter
# transactions: "always", "large" (those not known to be small), "never".
# online = "large"

# Hazards that the team accepts everywhere, by code.
# allow = []
)";
}

}  // namespace schemac
