#include "cli/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <list>
#include <optional>
#include <set>
#include <span>

#include "runner/interrupt.h"

namespace schemac {
namespace fs = std::filesystem;
namespace {

// Hidden, so that no reader of the folder takes it for one of its own.
constexpr std::string_view kTemporaryPrefix = ".schemac-tmp-";

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags, mode_t mode = 0)
      : path_(path), descriptor_(open(path.c_str(), flags | O_CLOEXEC, mode)) {
    if (descriptor_ < 0) throw FileError("cannot open", path, errno);
  }
  ~Descriptor() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void write_all(std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = write(descriptor_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw FileError("cannot write", path_, errno);
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void sync() {
    // Some file systems cannot sync a folder; the rename is then as durable as they make it.
    if (fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS)
      throw FileError("cannot write", path_, errno);
  }
  // Where the file system has locks.
  void lock() { flock(descriptor_, LOCK_EX | LOCK_NB); }
  // All that was written to the file system that holds the file.
  void sync_file_system() {
    if (syncfs(descriptor_) != 0) throw FileError("cannot write", path_, errno);
  }
  // As many bytes of what begins at `offset` as `room` has, fewer where the file ends before.
  std::size_t read_at(std::size_t offset, std::span<char> room) {
    std::size_t size = 0;
    while (size < room.size()) {
      const ssize_t got = pread(descriptor_, room.data() + size, room.size() - size,
                                static_cast<off_t>(offset + size));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw FileError("cannot read", path_, errno);
      if (got == 0) break;
      size += static_cast<std::size_t>(got);
    }
    return size;
  }
  // What the file says to hold, in bytes; 0 where it does not say.
  std::size_t size() const {
    struct stat status = {};
    return fstat(descriptor_, &status) == 0 && status.st_size > 0
               ? static_cast<std::size_t>(status.st_size)
               : 0;
  }
  std::string read_all() {
    // Room for all of it, and a byte in which its end is met.
    const std::size_t said = size();
    std::string text(said > 0 ? said + 1 : 4096, '\0');
    for (std::size_t size = 0;;) {
      const ssize_t got = read(descriptor_, text.data() + size, text.size() - size);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw FileError("cannot read", path_, errno);
      size += static_cast<std::size_t>(got);
      if (got == 0) {
        text.resize(size);
        return text;
      }
      if (size == text.size()) text.resize(2 * size);
    }
  }

 private:
  std::string path_;
  int descriptor_;
};

std::string folder_of(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  return parent.empty() ? "." : parent.string();
}

std::string temporary_name(const std::string& folder) {
  static int count = 0;
  return folder + "/" + std::string(kTemporaryPrefix) + std::to_string(getpid()) + "-" +
         std::to_string(++count);
}

enum class Sync { now, later };

using Fill = std::function<void(const TakePiece&)>;

void write_new(const std::string& path, const Fill& fill, Sync sync) {
  Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
  fill([&](std::string_view piece) { file.write_all(piece); });
  if (sync == Sync::now) file.sync();
}

void sync_folder(const std::string& folder) {
  Descriptor(folder, O_RDONLY | O_DIRECTORY).sync();
}

// Removes a temporary file or folder unless it was renamed into place.
class Temporary {
 public:
  explicit Temporary(std::string path) : path_(std::move(path)) {}
  ~Temporary() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A file's new text under a temporary name, until it takes its place.
class Replacement {
 public:
  Replacement(const std::string& link, const Fill& fill, Sync sync)
      // A symbolic link stays one: its target is replaced.
      : path_(fs::is_symlink(link) ? fs::weakly_canonical(link).string() : link),
        folder_(folder_of(path_)),
        temporary_(temporary_name(folder_)) {
    make_folders(folder_);
    write_new(temporary_.path(), fill, sync);
    struct stat former = {};
    if (stat(path_.c_str(), &former) == 0) chmod(temporary_.path().c_str(), former.st_mode & 07777);
  }

  const std::string& folder() const { return folder_; }
  void take_place() const {
    if (rename(temporary_.path().c_str(), path_.c_str()) != 0)
      throw FileError("cannot write", path_, errno);
  }

 private:
  std::string path_, folder_;
  Temporary temporary_;
};

// Folders that nobody fills any more.
void sweep_folders(const std::string& parent) {
  std::error_code ignored;
  for (fs::directory_iterator entry(parent, ignored), end; !ignored && entry != end;
       entry.increment(ignored)) {
    if (!entry->path().filename().string().starts_with(kTemporaryPrefix)) continue;
    const int folder = open(entry->path().c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) continue;
    std::error_code busy;
    if (flock(folder, LOCK_EX | LOCK_NB) == 0) fs::remove_all(entry->path(), busy);
    close(folder);
  }
}

bool hidden(const fs::path& path) {
  return path.filename().string().starts_with(".");
}

}  // namespace

FileError::FileError(const std::string& action, const std::string& path, int error)
    : std::runtime_error(action + " `" + path + "`: " + std::strerror(error)) {}

bool path_exists(const std::string& path) {
  std::error_code error;
  const bool found = fs::exists(path, error);
  if (error) throw FileError("cannot look at", path, error.value());
  return found;
}

bool is_folder(const std::string& path) {
  std::error_code error;
  const bool found = fs::is_directory(path, error);
  if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory)
    throw FileError("cannot look at", path, error.value());
  return found;
}

std::string read_text(const std::string& path) {
  Descriptor file(path, O_RDONLY);
  return file.read_all();
}

class FileWindow::State {
 public:
  explicit State(const std::string& path) : file_(path, O_RDONLY) {}

  std::string_view text(std::size_t offset, std::size_t length) {
    if (offset < begin_ || offset + length > begin_ + text_.size()) {
      begin_ = offset;
      // No more than there is: of many small files, the room would cost more than the reading.
      text_.resize(
          std::max(length, std::min(kBytes, file_.size() - std::min(offset, file_.size()))));
      text_.resize(file_.read_at(offset, text_));
    }
    return std::string_view(text_).substr(offset - begin_, length);
  }

 private:
  static constexpr std::size_t kBytes = std::size_t{1} << 20;

  Descriptor file_;
  std::size_t begin_ = 0;
  std::string text_;
};

FileWindow::FileWindow(const std::string& path) : state_(std::make_unique<State>(path)) {}
FileWindow::~FileWindow() = default;

std::string_view FileWindow::text(std::size_t offset, std::size_t length) {
  return state_->text(offset, length);
}

std::vector<std::string> files_under(const std::string& folder, std::string_view ending) {
  std::vector<std::string> found;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  if (error) throw FileError("cannot read folder", folder, error.value());
  while (entry != fs::recursive_directory_iterator()) {
    const fs::path path = entry->path();
    if (hidden(path)) {
      if (entry->is_directory(error)) entry.disable_recursion_pending();
    } else if (path.filename().string().ends_with(ending) && !entry->is_directory(error)) {
      found.push_back(path.string());
    }
    entry.increment(error);
    if (error) throw FileError("cannot read folder", path.string(), error.value());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::string> folders_in(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    if (entry->is_directory() && !hidden(entry->path()))
      found.push_back(entry->path().filename().string());
  if (error) throw FileError("cannot read folder", folder, error.value());
  std::sort(found.begin(), found.end());
  return found;
}

void make_folders(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw FileError("cannot make folder", path, error.value());
}

void remove_file(const std::string& path) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT) throw FileError("cannot remove", path, errno);
}

void write_atomically(const std::string& path, std::string_view text) {
  write_atomically(path, [&](const TakePiece& take) { take(text); });
}

void write_atomically(const std::string& path, const Fill& fill) {
  const Replacement replacement(path, fill, Sync::now);
  throw_if_interrupted();
  replacement.take_place();
  sync_folder(replacement.folder());
}

void write_all_atomically(const std::map<std::string, std::string>& files) {
  std::list<Replacement> replacements;
  std::set<std::string> folders;
  for (const auto& [path, text] : files) {
    replacements.emplace_back(
        path, [&text = text](const TakePiece& take) { take(text); }, Sync::later);
    folders.insert(replacements.back().folder());
    throw_if_interrupted();
  }
  // Once for all: a thousand files would wait for the disk a thousand times.
  if (!folders.empty()) Descriptor(*folders.begin(), O_RDONLY | O_DIRECTORY).sync_file_system();
  throw_if_interrupted();
  for (const Replacement& replacement : replacements) replacement.take_place();
  for (const std::string& folder : folders) sync_folder(folder);
}

struct NewFolder::State {
  std::string path, parent;
  Access access;
  Temporary temporary;
  std::optional<Descriptor> held;  // locked, so that nobody sweeps it
  std::map<std::string, Descriptor> files;

  State(const std::string& folder, Access open_to)
      : path(folder),
        parent(folder_of(folder)),
        access(open_to),
        temporary(temporary_name(parent)) {}

  mode_t file_mode() const { return access == Access::owner ? 0600 : 0666; }
};

NewFolder::NewFolder(const std::string& path, Access access)
    : state_(std::make_unique<State>(path, access)) {
  make_folders(state_->parent);
  if (path_exists(path)) throw FileError("cannot make folder", path, EEXIST);
  sweep_folders(state_->parent);
  const std::string& folder = state_->temporary.path();
  if (mkdir(folder.c_str(), access == Access::owner ? 0700 : 0777) != 0)
    throw FileError("cannot make folder", folder, errno);
  state_->held.emplace(folder, O_RDONLY | O_DIRECTORY);
  state_->held->lock();
}

NewFolder::~NewFolder() = default;

void NewFolder::write(const std::string& name, std::string_view piece) {
  auto file = state_->files.find(name);
  if (file == state_->files.end())
    file = state_->files
               .try_emplace(name, state_->temporary.path() + "/" + name,
                            O_WRONLY | O_CREAT | O_EXCL, state_->file_mode())
               .first;
  file->second.write_all(piece);
}

const std::string& NewFolder::filled_at() const {
  return state_->temporary.path();
}

void NewFolder::take_place() {
  state_->files.clear();
  const std::string& temporary = state_->temporary.path();
  for (const auto& entry : fs::directory_iterator(temporary)) {
    const std::string path = entry.path().string();
    if (state_->access == Access::owner && chmod(path.c_str(), state_->file_mode()) != 0)
      throw FileError("cannot write", path, errno);
    Descriptor(path, O_RDONLY).sync();
  }
  sync_folder(temporary);
  throw_if_interrupted();
  if (rename(temporary.c_str(), state_->path.c_str()) != 0)
    throw FileError("cannot make folder", state_->path, errno);
  sync_folder(state_->parent);
}

void remove_folder(const std::string& path) {
  const std::string parent = folder_of(path);
  const Temporary aside(temporary_name(parent));
  throw_if_interrupted();
  if (rename(path.c_str(), aside.path().c_str()) != 0)
    throw FileError("cannot remove folder", path, errno);
  sync_folder(parent);
}

FolderLock::FolderLock(const std::string& folder)
    : descriptor_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) throw FileError("cannot open folder", folder, errno);
  if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    close(descriptor_);
    if (error == EWOULDBLOCK)
      throw std::runtime_error("another run of schemac is writing to `" + folder + "`");
    // A file system without locks: the one who runs two at once sees it in the sum.
    if (error != ENOTSUP && error != ENOLCK) throw FileError("cannot lock", folder, error);
    descriptor_ = -1;
    return;
  }
  std::error_code ignored;
  for (fs::directory_iterator entry(folder, ignored), end; !ignored && entry != end;
       entry.increment(ignored))
    if (entry->path().filename().string().starts_with(kTemporaryPrefix))
      fs::remove_all(entry->path(), ignored);
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace schemac
