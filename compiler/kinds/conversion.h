#pragma once
#include "compiler/ir/describe.h"

namespace schemac {

struct Conversion {
  bool is_default = false;
  std::string source;
  std::string target;
  QName function;
  bool operator==(const Conversion&) const = default;
};
template <>
struct Describe<Conversion> {
  static constexpr std::tuple fields{
      field("default", &Conversion::is_default, "Whether it is taken where nobody names one.")
          .at(Place::lead),
      field("for", &Conversion::source, "Encoding before.").required(),
      field("to", &Conversion::target, "Encoding after.").required(),
      field("from", &Conversion::function, "Function that converts.")
          .refers(Refers::function)
          .required(),
  };
};
inline constexpr KindInfo conversion_kind = describe<Conversion>({
    .name = "conversion",
    .noun = "conversion",
    .plural = "conversions",
    .doc = "A conversion between two encodings.",
    .keyword = "conversion",
    .scope = Scope::schema,
    .owned = true,
    .rank = 78,
});

}  // namespace schemac
