// Feeds arbitrary bytes to the parser and the formatter: neither may crash, hang or take memory
// beyond what the input explains, and what parses must be formatted without a change of meaning,
// into text that is formatted into itself.

#include <cstdio>
#include <cstdlib>
#include <string>

#include "compiler/parse/type_parser.h"
#include "tests/parse/parsing.h"

namespace {

void require(bool holds, const char* what, const std::string& shown) {
  if (holds) return;
  std::fprintf(stderr, "%s:\n%s\n", what, shown.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace schemac;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto type = parse_type(text))
    require(type->length <= size, "a type is longer than its text", std::string(text));

  const Parsed first = parsed(text);
  for (const Diagnostic& diagnostic : first.sink.diagnostics()) render_text(diagnostic, false);
  const Formatted formatted = schemac::formatted(first);
  if (first.errors.empty())
    require(formatted.wrong.empty(), formatted.wrong.c_str(), formatted.text);
  return 0;
}
