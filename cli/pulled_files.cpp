#include "cli/pulled_files.h"

#include "cli/command_diags.h"
#include "cli/files.h"

namespace schemac {

FileChanges compare_files(const std::string& folder,
                          const std::map<std::string, std::string>& files, bool force, Sink& sink) {
  const std::string hint = "commit or move it first, or pull with --force to replace it";
  FileChanges changes;
  for (const auto& [name, text] : files) {
    const std::string path = folder + "/" + name;
    if (path_exists(path) && read_text(path) == text) {
      ++changes.unchanged;
      continue;
    }
    if (path_exists(path) && !force) sink.report(diags::file_differs(path)).about(path).hint(hint);
    changes.written.push_back(path);
  }
  if (!path_exists(folder)) return changes;
  for (const std::string& path : files_under(folder, ".schema")) {
    if (files.contains(path.substr(folder.size() + 1))) continue;
    if (!force) sink.report(diags::file_foreign(path)).about(path).hint(hint);
    changes.removed.push_back(path);
  }
  return changes;
}

void write_files(const FileChanges& changes, const std::string& folder,
                 const std::map<std::string, std::string>& files) {
  make_folders(folder);
  std::map<std::string, std::string> written;
  for (const std::string& path : changes.written)
    written.emplace(path, files.at(path.substr(folder.size() + 1)));
  write_all_atomically(written);
  for (const std::string& path : changes.removed) remove_file(path);
}

}  // namespace schemac
