#pragma once
// Migrations as other tools, and people, keep them: which files there are, in which order they run,
// which parts of them lead up and which down, and how they are sent to the server.

#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "lint/lint.h"
#include "runner/script.h"

namespace schemac {

// A file, read and cut into statements. What only psql reads is blank.
struct SqlFile {
  std::shared_ptr<const SourceFile> file;
  Script script;
};

// A part of a migration: how it is sent, and where its statements stand.
struct SqlPart {
  lint::Part part;  // its statements are empty until parse_statements()
  std::vector<std::pair<std::size_t, std::size_t>> places;  // file, and statement in it
};

struct SqlMigration {
  std::vector<std::size_t> files;  // one or two
  SqlPart up, down;
  bool lacks_down = false;  // though its layout has a place for one
  bool wanted = true;       // false: an earlier neighbour of what was asked for
};

struct SqlMigrations {
  std::vector<SqlFile> files;
  std::vector<SqlMigration> migrations;  // in the order in which they run
};

// Reads the files and folders, and the files that run before a single one that is named. With
// `wrapped` a file of no known layout runs in one transaction. Throws FileError.
SqlMigrations read_migrations(const std::vector<std::string>& paths, bool wrapped);

// Parses the statements of a migration.
void parse_statements(const SqlMigrations& all, SqlMigration& migration);

}  // namespace schemac
