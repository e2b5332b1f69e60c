// schemac: from the command line to an exit code.

#ifdef SCHEMAC_MIMALLOC
#include <mimalloc.h>
#include <sys/mman.h>
#endif
#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "cli/command_diags.h"
#include "cli/command_line.h"
#include "cli/failures.h"
#include "cli/files.h"
#include "runner/interrupt.h"

namespace schemac {
namespace {

Outcome run(const CommandLine& line, const Settings& settings, const Output& output, Sink& sink) {
  std::string url = line.url;
  if (const char* variable = std::getenv("DATABASE_URL");
      url.empty() && line.reads_database_url && variable != nullptr)
    url = variable;
  return line.run({settings, output, sink, url});
}

int run_program(const std::vector<std::string>& arguments) {
  Sink sink;
  Settings settings;
  std::string text;
  CommandLine line;
  Outcome outcome = catch_failures(sink, [&] {
    settings = flag_settings(output_flags(arguments), sink);
    Outcome done;
    if (sink.has_errors()) {
      done.exit_code = kExitFailed;
      return done;
    }
    line = parse_command_line(arguments, done.text, sink);
    if (sink.has_errors() || line.command.empty()) {
      done.exit_code = sink.has_errors() ? kExitFailed : kExitDone;
      return done;
    }
    settings = line.needs_project ? load_settings(line.config, line.flags, sink)
                                  : flag_settings(line.flags, sink);
    if (sink.has_errors()) {
      done.exit_code = kExitFailed;
      return done;
    }
    if (is_page(settings.format) && !line.makes_page) {
      sink.report(diags::usage("`" + line.command +
                               "` makes no page: `report` has the formats md "
                               "and html"));
      done.exit_code = kExitFailed;
      return done;
    }
    return run(line, settings, Output(settings.format, settings.color), sink);
  });
  const Output output(settings.format, settings.color);
  try {
    return output.finish(line.command, outcome, sink);
  } catch (const FileError& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return kExitFailed;
  }
}

// Takes memory from the system in large pages and gives none back: a run is short, and what it
// frees it soon needs again. Page by page, that would cost more than half the time of a large
// schema.
void take_large_pages() {
#ifdef SCHEMAC_MIMALLOC
  constexpr long kNeverMs = 1'000'000'000;
  constexpr std::size_t kSpaceBytes = std::size_t{2} << 30;   // of addresses; pages come with use
  constexpr std::size_t kAlignBytes = std::size_t{64} << 20;  // what the allocator asks for
  mi_option_disable(mi_option_allow_decommit);
  mi_option_set(mi_option_decommit_delay, kNeverMs);  // of what it took already
  void* space = mmap(nullptr, kSpaceBytes + kAlignBytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (space == MAP_FAILED) return;  // where addresses are rationed, ordinary pages do
  std::size_t length = kSpaceBytes + kAlignBytes;
  void* aligned = std::align(kAlignBytes, kSpaceBytes, space, length);
  madvise(aligned, kSpaceBytes, MADV_HUGEPAGE);
  mi_manage_os_memory(aligned, kSpaceBytes, true, false, true, -1);
#endif
}

}  // namespace
}  // namespace schemac

int main(int argc, char** argv) {
  schemac::take_large_pages();
  // A full disk and a reader that went away are errors to report, not reasons to vanish.
  signal(SIGXFSZ, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  schemac::watch_interrupts();
  return schemac::run_program({argv + 1, argv + argc});
}
