#include "cli/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "cli/files.h"
#include "cli/report_formats.h"
#include "cli/version.h"

namespace schemac {
namespace {

bool wants_color(Color color, int descriptor) {
  if (color != Color::automatic) return color == Color::always;
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return (no_color == nullptr || *no_color == '\0') && !dumb && isatty(descriptor) == 1;
}

// A reader that has seen enough (`schemac diff … | head`) is no failure.
void write_to(std::FILE* stream, std::string_view text) {
  if (text.empty()) return;
  errno = 0;
  const std::size_t written = std::fwrite(text.data(), 1, text.size(), stream);
  if ((written != text.size() || std::fflush(stream) != 0) && errno != EPIPE && stream == stdout)
    throw FileError("cannot write to", "stdout", errno);
}

}  // namespace

nlohmann::ordered_json finding_to_json(const Diagnostic& diagnostic) {
  nlohmann::ordered_json json{{"code", diagnostic.code},
                              {"severity", to_string(diagnostic.severity)},
                              {"file", nullptr},
                              {"line", nullptr},
                              {"column", nullptr},
                              {"object", diagnostic.object},
                              {"message", diagnostic.message},
                              {"hint", diagnostic.hint}};
  if (diagnostic.at.known()) {
    const auto position = diagnostic.at.file->position(diagnostic.at.begin);
    json["file"] = diagnostic.at.file->path();
    json["line"] = position.line;
    json["column"] = position.column;
  }
  return json;
}

Output::Output(Format format, Color color)
    : format_(format),
      color_out_(wants_color(color, STDOUT_FILENO)),
      color_err_(wants_color(color, STDERR_FILENO)) {}

void Output::progress(std::string_view line) const {
  if (format_ == Format::text || is_page(format_)) write_to(stderr, std::string(line) + "\n");
}

int Output::finish(std::string_view command, const Outcome& outcome, Sink& sink) const {
  sink.sort();
  if (format_ == Format::json) {
    nlohmann::ordered_json findings = nlohmann::ordered_json::array();
    for (const Diagnostic& diagnostic : sink.diagnostics())
      findings.push_back(finding_to_json(diagnostic));
    const nlohmann::ordered_json document{{"schemac", kVersion},
                                          {"command", command},
                                          {"exit_code", outcome.exit_code},
                                          {"findings", std::move(findings)},
                                          {"result", outcome.result}};
    // Names may hold anything: bytes that are no UTF-8 must not make the report fail, and marks
    // that reorder text must not reach a terminal.
    write_to(stdout, document.dump(2, ' ', true, nlohmann::json::error_handler_t::replace) + "\n");
    return outcome.exit_code;
  }
  if (format_ != Format::text && !is_page(format_)) {
    const ReportContext context{command, repository_prefix(), kConfigFile};
    const auto& findings = sink.diagnostics();
    write_to(stdout, format_ == Format::github   ? github_report(findings, context) + outcome.text
                     : format_ == Format::gitlab ? gitlab_report(findings, context)
                     : format_ == Format::sarif  ? sarif_report(findings, context)
                                                 : junit_report(findings, context));
    return outcome.exit_code;
  }
  const bool to_stdout = outcome.findings_are_result;
  constexpr std::size_t kPieceBytes = 1 << 16;
  std::string piece;
  const auto flush = [&] {
    if (!piece.empty()) write_to(to_stdout ? stdout : stderr, piece);
    piece.clear();
  };
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    piece += render_text(diagnostic, to_stdout ? color_out_ : color_err_);
    if (piece.size() >= kPieceBytes) flush();
  }
  flush();
  write_to(stdout, outcome.text);
  return outcome.exit_code;
}

}  // namespace schemac
