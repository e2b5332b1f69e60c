#include "cli/failures.h"

#include <memory>

#include "cli/command_diags.h"
#include "cli/files.h"
#include "cli/history_diags.h"
#include "cli/revisions.h"
#include "runner/interrupt.h"
#include "runner/runner.h"

namespace schemac {
namespace {

void report_statement(const StatementError& error, Sink& sink) {
  const auto file = std::make_shared<const SourceFile>(error.path, read_text(error.path));
  const auto begin = static_cast<std::uint32_t>(error.offset);
  std::string message = error.what();
  if (!error.sqlstate.empty()) message += " (SQLSTATE " + error.sqlstate + ")";
  if (!error.detail.empty()) message += "\n" + error.detail;
  sink.report(diags::database(message), {file, begin, begin}).hint(error.advice);
}

}  // namespace

Outcome catch_failures(Sink& sink, const std::function<Outcome()>& action) {
  Outcome failed;
  failed.exit_code = kExitFailed;
  try {
    return action();
  } catch (const Interrupted&) {
    failed.exit_code = kExitInterrupted;
  } catch (const StatementError& error) {
    report_statement(error, sink);
  } catch (const DatabaseError& error) {
    // A server that we started stops on Ctrl-C too, and we see its end first.
    if (interrupted())
      failed.exit_code = kExitInterrupted;
    else
      sink.report(diags::database(error.what()));
  } catch (const BrokenRevision& error) {
    sink.report(diags::revision_file_broken(error.what()), error.at).about(error.id);
  } catch (const FileError& error) {
    sink.report(diags::file_system(error.what()));
  } catch (const std::exception& error) {
    sink.report(diags::failed(error.what()));
  }
  if (failed.exit_code == kExitInterrupted) sink.report(diags::interrupted());
  return failed;
}

}  // namespace schemac
