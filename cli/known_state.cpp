#include "cli/known_state.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cereal/archives/binary.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>
#include <cstring>
#include <filesystem>
#include <istream>
#include <ostream>
#include <streambuf>

#include "cli/files.h"
#include "cli/sum.h"
#include "cli/version.h"
#include "runner/digest.h"

namespace schemac {
namespace fs = std::filesystem;
namespace {

// So many heads are remembered: those of a few branches.
constexpr std::size_t kStatesMax = 4;
constexpr std::string_view kStatePrefix = "state-";

template <class T>
void archive_plain(cereal::BinaryOutputArchive& archive, const std::vector<T>& items) {
  static_assert(std::is_trivially_copyable_v<T>);
  archive(static_cast<std::uint64_t>(items.size()),
          cereal::binary_data(items.data(), items.size() * sizeof(T)));
}

template <class T>
void archive_plain(cereal::BinaryInputArchive& archive, std::vector<T>& items) {
  std::uint64_t size = 0;
  archive(size);
  items.resize(size);
  archive(cereal::binary_data(items.data(), items.size() * sizeof(T)));
}

template <class Archive, class State>
void archive_state(Archive& archive, State& state) {
  archive(state.revisions, state.heads, state.files);
  archive_plain(archive, state.objects);
  archive_plain(archive, state.needs);
  archive_plain(archive, state.claims);
}

// A text to be read as it stands.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());  // which no one writes to
    setg(begin, begin, begin + text.size());
  }
};

// Hands out what is written to it piece by piece.
class PieceBuffer : public std::streambuf {
 public:
  explicit PieceBuffer(const TakePiece& take) : take_(take) {
    setp(piece_.data(), piece_.data() + piece_.size());
  }
  // The last piece.
  void end() {
    take_({pbase(), static_cast<std::size_t>(pptr() - pbase())});
    setp(piece_.data(), piece_.data() + piece_.size());
  }

 protected:
  std::streamsize xsputn(const char* bytes, std::streamsize count) override {
    if (count > epptr() - pptr()) end();
    const auto size = static_cast<std::size_t>(count);
    if (size > piece_.size()) {
      take_({bytes, size});
    } else {
      std::memcpy(pptr(), bytes, size);
      pbump(static_cast<int>(size));
    }
    return count;
  }
  int_type overflow(int_type byte) override {
    end();
    return traits_type::eq_int_type(byte, traits_type::eof())
               ? traits_type::not_eof(byte)
               : sputc(traits_type::to_char_type(byte));
  }

 private:
  const TakePiece& take_;
  std::array<char, 1 << 16> piece_;
};

void write_state(const KnownState& state, const TakePiece& take) {
  PieceBuffer buffer(take);
  std::ostream stream(&buffer);
  cereal::BinaryOutputArchive archive(stream);
  archive_state(archive, state);
  buffer.end();
}

// What tells this program from every other build of it.
std::string program_stamp() {
  struct stat program = {};
  if (stat("/proc/self/exe", &program) != 0) return {};
  return std::string(kTool) + " " + std::to_string(program.st_size) + " " +
         std::to_string(program.st_mtim.tv_sec) + "." + std::to_string(program.st_mtim.tv_nsec);
}

// Stands at the top of a state's file.
std::string header_of(const StateKey& key, const std::string& digest) {
  return program_stamp() + "\n" + key.history + "\n" + std::to_string(key.server_version) + "\n" +
         digest + "\n";
}

std::string path_of(const StateKey& key) {
  constexpr std::size_t kDigits = 16;
  return key.folder + "/" + std::string(kStatePrefix) + key.history.substr(0, kDigits);
}

void drop_oldest(const std::string& folder) {
  std::vector<std::pair<fs::file_time_type, fs::path>> states;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path& path = entry->path();
    if (path.filename().string().starts_with(kStatePrefix))
      states.emplace_back(fs::last_write_time(path, error), path);
  }
  std::sort(states.rbegin(), states.rend());
  for (std::size_t i = kStatesMax; i < states.size(); ++i) fs::remove(states[i].second, error);
}

}  // namespace

WordHash word_hash(std::string_view word) {
  // FNV-1a
  std::uint32_t hash = 2166136261U;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

std::optional<KnownState> load_state(const StateKey& key) {
  try {
    const std::string path = path_of(key);
    if (program_stamp().empty() || !path_exists(path)) return std::nullopt;
    const std::string text = read_text(path);
    std::size_t begin = 0;
    for (int line = 0; line < 4; ++line) begin = text.find('\n', begin) + 1;
    const std::string_view content = std::string_view(text).substr(begin);
    if (!text.starts_with(header_of(key, sha256(content)))) return std::nullopt;
    TextBuffer buffer(content);
    std::istream stream(&buffer);
    cereal::BinaryInputArchive archive(stream);
    KnownState state;
    archive_state(archive, state);
    return state;
  } catch (const FileError&) {
    return std::nullopt;
  }
}

void store_state(const KnownState& state, const StateKey& key) {
  // Written twice, once for the digest in front of it: it is too large to be there as a text.
  Sha256 digest;
  write_state(state, [&](std::string_view piece) { digest.add(piece); });
  const std::string header = header_of(key, digest.hex());
  try {
    const std::string ignore = key.folder + "/.gitignore";
    if (!path_exists(ignore)) write_atomically(ignore, "*\n");
    write_atomically(path_of(key), [&](const TakePiece& take) {
      take(header);
      write_state(state, take);
    });
    drop_oldest(key.folder);
  } catch (const FileError&) {
    // The next run has more to do.
  }
}

FileDigests history_files(const std::string& folder) {
  FileDigests files;
  const auto add = [&](const std::string& path) {
    files[path] = path_exists(path) ? sha256_of_file(path) : "";
  };
  if (!path_exists(folder)) return files;
  add(folder + "/" + std::string(kSumFile));
  for (const std::string& name : folders_in(folder))
    for (const char* file : {"/up.sql", "/down.sql", "/revision.json"})
      add(folder + "/" + name + file);
  return files;
}

std::string history_digest(const FileDigests& files) {
  std::string digests;
  for (const auto& [path, digest] : files) digests += path + "\n" + digest + "\n";
  return sha256(digests);
}

}  // namespace schemac
