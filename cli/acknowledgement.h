#pragma once
// What a reviewer writes into a SQL file to accept a hazard:
//
//   -- schemac:allow DS103 reason="the column was never filled"
//
// In the file's header it speaks for the whole file, above a statement for that one.

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "runner/script.h"

namespace schemac {

inline constexpr std::string_view kAcknowledgement = "schemac:allow";

struct Acknowledgement {
  std::vector<std::string> codes;
  std::string reason;
};

// std::nullopt where the comment is none; one without codes or without a reason accepts nothing.
std::optional<Acknowledgement> parse_acknowledgement(std::string_view comment);

// What accepts the hazard `code` of a file's statement number `statement`.
std::optional<Acknowledgement> acknowledgement_of(const Script& script, std::size_t statement,
                                                  std::string_view code);
bool acknowledged(const Script& script, std::size_t statement, std::string_view code);

// Reports acknowledgements of a file that are none, and codes that are not in `used`, where
// `is_judged` says that they would be if the file needed them.
void report_acknowledgements(const Script& script, const std::shared_ptr<const SourceFile>& file,
                             const std::set<std::string>& used,
                             const std::function<bool(std::string_view)>& is_judged, Sink& sink);

}  // namespace schemac
