#include "cli/files.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/cli/workspace.h"

using namespace schemac;
using schemac::test::Workspace;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

// Runs `work` in a child that may write files of `bytes` at most; true where it threw FileError.
template <class Work>
bool fails_on_full_disk(rlim_t bytes, Work work) {
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, bytes};
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      work();
    } catch (const FileError&) {
      _exit(7);
    }
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 7;
}

}  // namespace

TEST_CASE("a file is written whole, with its mode, through links") {
  const Workspace space;
  const std::string path = space.path("deep/er/file");
  write_atomically(path, "one");
  CHECK(read_text(path) == "one");
  chmod(path.c_str(), 0640);
  fs::create_symlink("file", space.path("deep/er/link"));
  write_atomically(space.path("deep/er/link"), "two");
  CHECK(read_text(path) == "two");
  CHECK(fs::is_symlink(space.path("deep/er/link")));
  struct stat seen = {};
  stat(path.c_str(), &seen);
  CHECK((seen.st_mode & 0777) == 0640);
  CHECK(names_in(space.path("deep/er")) == std::vector<std::string>{"file", "link"});
}

TEST_CASE("a folder appears whole, and never over another") {
  const Workspace space;
  {
    NewFolder folder(space.path("r"));
    folder.write("a", "1");
    folder.write("b", "2");
    folder.write("a", "1");
    CHECK(!fs::exists(space.path("r")));
    folder.take_place();
  }
  CHECK(read_text(space.path("r/a")) == "11");
  CHECK(read_text(space.path("r/b")) == "2");
  CHECK_THROWS_AS(NewFolder(space.path("r")), FileError);
  NewFolder(space.path("s")).write("a", "given up");
  CHECK(names_in(space.path("")) == std::vector<std::string>{"r"});
}

TEST_CASE("a full disk leaves what was there") {
  const Workspace space;
  const std::string big(100'000, 'x');
  write_atomically(space.path("file"), "old");
  CHECK(fails_on_full_disk(50'000, [&] { write_atomically(space.path("file"), big); }));
  CHECK(fails_on_full_disk(50'000, [&] {
    NewFolder folder(space.path("folder"));
    folder.write("a", "1");
    folder.write("z", big);
    folder.take_place();
  }));
  CHECK(fails_on_full_disk(50'000, [&] {
    write_all_atomically({{space.path("file"), "new"}, {space.path("more/z"), big}});
  }));
  CHECK(read_text(space.path("file")) == "old");
  CHECK(names_in(space.path("")) == std::vector<std::string>{"file", "more"});
  CHECK(names_in(space.path("more")).empty());
}

TEST_CASE("many files appear together") {
  const Workspace space;
  write_atomically(space.path("a"), "old");
  write_all_atomically({{space.path("a"), "1"}, {space.path("b/c"), "2"}});
  CHECK(read_text(space.path("a")) == "1");
  CHECK(read_text(space.path("b/c")) == "2");
  CHECK(names_in(space.path("")) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("what a killed run left is not read, and is swept by the next") {
  const Workspace space;
  fs::create_directory(space.path(".schemac-tmp-1-1"));
  std::ofstream(space.path(".schemac-tmp-1-1/up.sql")) << "half";
  std::ofstream(space.path(".schemac-tmp-1-2")) << "half";
  std::ofstream(space.path(".hidden.sql")) << "mine";
  CHECK(files_under(space.path(""), ".sql").empty());
  CHECK(folders_in(space.path("")).empty());
  const FolderLock lock(space.path(""));
  CHECK(names_in(space.path("")) == std::vector<std::string>{".hidden.sql"});
}

TEST_CASE("two runs do not write to one folder at once") {
  const Workspace space;
  const FolderLock lock(space.path(""));
  CHECK_THROWS_WITH(FolderLock(space.path("")), Catch::Contains("another run"));
}

TEST_CASE("errors name the path") {
  CHECK_THROWS_WITH(read_text("/does/not/exist"),
                    "cannot open `/does/not/exist`: No such file or directory");
  CHECK_THROWS_WITH(write_atomically("/proc/x/y", ""), Catch::Contains("/proc/x"));
  CHECK_THROWS_WITH(files_under("/does/not", ".x"), Catch::Contains("`/does/not`"));
}
