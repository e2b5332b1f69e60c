#pragma once
// Files and folders. Whatever is written appears whole or not at all, whenever the process dies;
// what a killed run leaves behind has a name that no reader looks at and that the next run sweeps.

#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace schemac {

// The file system refused. `what` names the path and the reason.
struct FileError : std::runtime_error {
  FileError(const std::string& action, const std::string& path, int error);
};

bool path_exists(const std::string& path);
bool is_folder(const std::string& path);
std::string read_text(const std::string& path);

// A file of which a stretch is in memory.
class FileWindow {
 public:
  explicit FileWindow(const std::string& path);
  ~FileWindow();
  FileWindow(const FileWindow&) = delete;
  FileWindow& operator=(const FileWindow&) = delete;

  // The bytes there, fewer where the file ends before. Good until the next call.
  std::string_view text(std::size_t offset, std::size_t length);

 private:
  class State;
  std::unique_ptr<State> state_;
};

// Calls `take` with all pieces of a file, one behind the other from `offset` on.
template <class Take>
void each_piece(FileWindow& file, std::size_t offset, Take take) {
  constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
  for (;;) {
    const std::string_view piece = file.text(offset, kPieceBytes);
    if (piece.empty()) return;
    take(piece);
    offset += piece.size();
  }
}

// Paths of the files under `folder` whose names end in `ending`, sorted by bytes, `folder` in
// front. Hidden files and folders are passed over.
std::vector<std::string> files_under(const std::string& folder, std::string_view ending);
// Names of the folders in `folder`, sorted; hidden ones are passed over.
std::vector<std::string> folders_in(const std::string& folder);

void make_folders(const std::string& path);
void remove_file(const std::string& path);
// Out of sight at once, so that no reader meets a part of it.
void remove_folder(const std::string& path);

// Writes through a temporary file in the same folder, which is made where it is missing.
void write_atomically(const std::string& path, std::string_view text);
// The same of a text that `fill` hands out piece by piece.
using TakePiece = std::function<void(std::string_view)>;
void write_atomically(const std::string& path, const std::function<void(const TakePiece&)>& fill);

// The same for many files by path. All stand on the disk under temporary names before the first one
// appears, so where that fails none of them has changed.
void write_all_atomically(const std::map<std::string, std::string>& files);

// A folder that is filled under a temporary name. Without take_place() there never was one.
class NewFolder {
 public:
  enum class Access { everyone, owner };

  // Throws where there is something of that name already. What killed runs left of others beside it
  // is swept.
  explicit NewFolder(const std::string& path, Access access = Access::everyone);
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  // Appends to the file called `name`, which the first piece makes.
  void write(const std::string& name, std::string_view piece);
  // Where it stands until it takes its place, for programs that fill it.
  const std::string& filled_at() const;
  // Once everything is on the disk.
  void take_place();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Keeps other runs out of a folder while this object lives, and sweeps what killed runs left in
// it. Throws where another run holds it.
class FolderLock {
 public:
  explicit FolderLock(const std::string& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace schemac
