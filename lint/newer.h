#pragma once
// Statements of servers that are newer than the parser, in words that it knows.

#include <optional>
#include <string>
#include <string_view>

namespace schemac::lint {

// What the older words do not say.
enum class Newer : std::uint8_t {
  nothing,
  virtual_column,  // a generated column is computed when it is read
  set_expression,  // DROP EXPRESSION stands for SET EXPRESSION
  not_null,        // CHECK (c IS NOT NULL) stands for a constraint NOT NULL c
  enforced,        // ALTER CONSTRAINT … NOT DEFERRABLE stands for ENFORCED
};

struct OlderForm {
  std::string text;
  Newer newer = Newer::nothing;
};

// std::nullopt where a statement has none of these.
std::optional<OlderForm> older_form(std::string_view statement);

}  // namespace schemac::lint
