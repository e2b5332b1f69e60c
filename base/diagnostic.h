#pragma once
// What passes say about their input: data, not control flow. A pass reports into a Sink and goes
// on; one renderer turns diagnostics into text, one into JSON.
//
// A diagnostic is a typed constant beside the pass that reports it:
//
//   inline constexpr Diag<std::string_view> unknown_type{"unknown-type", "unknown type `{}`"};
//   sink.report(unknown_type(name), span).hint("did you mean `citext`?");

#include <array>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/source.h"

namespace schemac {

enum class Severity { note, warning, error };
std::string_view to_string(Severity severity);

struct Label {
  SourceSpan at;
  std::string message;
};

// The same shape for every layer, so that one renderer serves all. `file`, `line` come from `at`.
struct Diagnostic {
  std::string code;  // `unknown-type`: stable, searchable, one per cause
  Severity severity = Severity::error;
  std::string message;
  SourceSpan at;
  std::string object;  // printable id of what it is about, or ""
  std::string hint;    // the way out, or ""
  std::vector<Label> labels;
};

// The text of a diagnostic before it has a place.
struct Message {
  std::string_view code;
  Severity severity;
  std::string text;
};

template <class... Args>
struct Diag {
  std::string_view code;
  std::string_view text;
  Severity severity = Severity::error;

  // Checks at build time that the text has one `{}` for each argument and no final period.
  consteval Diag(std::string_view code_, std::string_view text_, Severity s = Severity::error)
      : code(code_), text(text_), severity(s) {
    std::size_t holes = 0;
    for (std::size_t i = 0; i + 1 < text_.size(); ++i)
      holes += text_[i] == '{' && text_[i + 1] == '}';
    if (holes != sizeof...(Args)) throw "a diagnostic needs one {} for each argument";
    if (text_.back() == '.') throw "a diagnostic's text ends without a period";
  }

  Message operator()(const std::type_identity_t<Args>&... args) const {
    const std::array<std::string_view, sizeof...(Args)> values{std::string_view(args)...};
    return {code, severity, fill(text, values.data(), values.size())};
  }

 private:
  static std::string fill(std::string_view text, const std::string_view* values, std::size_t count);
};

// `text` with each `{}` replaced by the next value.
std::string fill_placeholders(std::string_view text, const std::string_view* values,
                              std::size_t count);

template <class... Args>
std::string Diag<Args...>::fill(std::string_view text, const std::string_view* values,
                                std::size_t count) {
  return fill_placeholders(text, values, count);
}

// Adds to a diagnostic that was just reported. Valid until the next report to the same sink.
class Reported {
 public:
  explicit Reported(Diagnostic& diagnostic) : diagnostic_(diagnostic) {}
  Reported& hint(std::string text) {
    diagnostic_.hint = std::move(text);
    return *this;
  }
  Reported& about(std::string object) {
    diagnostic_.object = std::move(object);
    return *this;
  }
  Reported& label(SourceSpan at, std::string message) {
    diagnostic_.labels.push_back({std::move(at), std::move(message)});
    return *this;
  }

 private:
  Diagnostic& diagnostic_;
};

class Sink {
 public:
  Reported report(const Message& message, SourceSpan at);
  Reported report(const Message& message) { return report(message, SourceSpan{}); }
  // Reports all that was reported to another one.
  void take(Sink other);

  bool has_errors() const { return errors_ > 0; }
  std::size_t error_count() const { return errors_; }
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  // In file order, then by place; those without a place come last, in the order of their report.
  void sort();

 private:
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0;
};

// The text form: `file:line:column: error: message [code]`, the line, a caret, labels, the hint.
std::string render_text(const Diagnostic& diagnostic, bool color);

// The candidate nearest to `word` within a third of its length, or "" where none is near.
std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace schemac
