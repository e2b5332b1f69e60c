#pragma once
// Sources: what a catalog can be read from.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "cli/settings.h"
#include "compiler/bind/bind.h"
#include "compiler/ir/catalog.h"
#include "compiler/parse/statement.h"
#include "introspect/database.h"

namespace schemac {

enum class SourceForm { declared, recorded, live };

struct Source {
  std::string name;  // as messages say it: never with a password
  SourceForm form = SourceForm::declared;
  Catalog catalog;
  std::vector<Unmanaged> unmanaged;
  std::vector<Retained> retained = {};  // what it asks to keep, where it was declared
};

// Reads the source that `text` names: a folder or .schema file, a database's URL, `@head`,
// `@REVISION`, `@head~2`, `git:REV:PATH`, a recorded catalog (.json), `empty`. What is wrong with
// it is reported; the catalog is then not one to go on with.
Source load_source(const std::string& text, const Settings& settings, Sink& sink);

// The paths of the files of a schema, which is a folder or a file; one that is missing is reported.
std::vector<std::string> schema_files(const std::string& path, Sink& sink);

// The files at `paths`, parsed beside each other, in their order. `visit` sees each one with its
// number once it is parsed, on the thread that parsed it.
std::vector<ParsedFile> parse_files(
    const std::vector<std::string>& paths, Sink& sink,
    const std::function<void(std::size_t, const ParsedFile&)>& visit = {});

// The schema of the project, parsed and bound for the server version that the files must run on.
Source load_schema(const std::string& path, const Settings& settings, Sink& sink);

// A database without the runner's ledger.
Source load_database(const std::string& url, const std::string& ledger);

bool is_database_url(std::string_view text);

// One line for each kind of object that the model does not know.
void report_unmanaged(const std::vector<Unmanaged>& unmanaged, Sink& sink);

}  // namespace schemac
