#pragma once
// Settings: flags, then SCHEMAC_* in the environment, then schemac.toml, then what stands here.

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "cli/policy.h"
#include "compiler/plan/rules.h"

namespace schemac {

inline constexpr std::string_view kConfigFile = "schemac.toml";

enum class Format { text, json, github, gitlab, sarif, junit, md, html };
enum class Color { automatic, always, never };

struct Settings {
  // Where schemac.toml stands; the folder that the program works in, so that all paths below, and
  // all that is printed, are relative to it.
  std::string folder = ".";
  // From `folder` to where the user stands: "" or `../sub/`.
  std::string from_user;
  bool has_config = false;

  std::string schema = "schema";
  std::string migrations = "migrations";
  std::string backups = "backups";  // where backups go that nobody gave a place
  std::string state = ".schemac";   // what runs keep for those after them; nobody sets it
  std::string shadow = "auto";
  int server_version = 0;  // oldest major version that the files must run on; 0: nobody said
  std::string lock_timeout = "10s";
  std::chrono::seconds lock_wait{60};  // how long another run of schemac is waited for
  std::string ledger = "schemac";      // the schema that the ledger lives in
  std::string role;                    // that statements of revisions run as; "": who connects
  Online online = Online::large;       // which tables are changed while others use them
  HazardPolicy allow;                  // hazards that the team accepts for all its files
  Format format = Format::text;
  Color color = Color::automatic;

  // A path that the user wrote, seen from `folder`.
  std::string user_path(const std::string& path) const;
};

// Formats of pages, which only some commands make.
inline bool is_page(Format format) {
  return format == Format::md || format == Format::html;
}

// Values of flags by the name of their setting (`schema` for --schema).
using Flags = std::map<std::string, std::string>;

// A time such as `0s`, `60s` or `10min`; std::nullopt where `text` is none.
std::optional<std::chrono::seconds> parse_seconds(const std::string& text);

// Finds schemac.toml (`config`, or upwards from the current folder), reads it, and goes into its
// folder. Unknown settings and values of the wrong type are reported.
Settings load_settings(const std::optional<std::string>& config, const Flags& flags, Sink& sink);

// The settings that flags give alone, for what is said before any file is read.
Settings flag_settings(const Flags& flags, Sink& sink);

// The text of a new schemac.toml, for a database on a server of that major version; 0: for none.
std::string new_config(int server_version);

}  // namespace schemac
