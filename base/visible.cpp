#include "base/visible.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace schemac {
namespace {

struct CodePoint {
  std::uint32_t value;
  std::size_t length;  // 0: no UTF-8
};

// The code point that `text` begins with; the shortest form alone counts, and no surrogates.
CodePoint first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {lead, 0};
  std::uint32_t value = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {lead, 0};
    value = value << 6 | (byte(i) & 0x3F);
  }
  constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least[length] || value > 0x10FFFF || surrogate) return {lead, 0};
  return {value, length};
}

bool deceives(std::uint32_t point) {
  const auto within = [&](std::uint32_t first, std::uint32_t last) {
    return point >= first && point <= last;
  };
  return point < 0x20 || within(0x7F, 0x9F) || point == 0xAD || point == 0x61C || point == 0x180E ||
         within(0x200B, 0x200F) || within(0x2028, 0x202E) || within(0x2060, 0x206F) ||
         point == 0xFEFF || within(0xFFF9, 0xFFFB) || within(0xE0000, 0xE0FFF) ||
         (point & 0xFFFE) == 0xFFFE;
}

}  // namespace

std::string visible(std::string_view text, std::string_view newline) {
  std::string out;
  while (!text.empty()) {
    const CodePoint point = first_of(text);
    if (point.value == '\n' && point.length == 1) {
      out += newline;
    } else if (point.length == 0 || deceives(point.value)) {
      char escaped[16];
      std::snprintf(escaped, sizeof escaped, point.length == 0 ? "\\x{%02X}" : "\\u{%04X}",
                    static_cast<unsigned>(point.value));
      out += escaped;
    } else {
      out += text.substr(0, point.length);
    }
    text.remove_prefix(point.length == 0 ? 1 : point.length);
  }
  return out;
}

}  // namespace schemac
