#pragma once
// Putting the files of a pulled schema into a folder without losing what somebody wrote there.

#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace schemac {

struct FileChanges {
  std::vector<std::string> written, removed;
  std::size_t unchanged = 0;
};

// What it takes to make the .schema files of `folder` be `files` (by path inside of it). Unless
// `force` is given, files that hold something else, or that `files` has no part of, are reported as
// errors.
FileChanges compare_files(const std::string& folder,
                          const std::map<std::string, std::string>& files, bool force, Sink& sink);

void write_files(const FileChanges& changes, const std::string& folder,
                 const std::map<std::string, std::string>& files);

}  // namespace schemac
