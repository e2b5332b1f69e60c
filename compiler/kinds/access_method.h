#pragma once
#include "compiler/ir/describe.h"

namespace schemac {

inline constexpr std::string_view kAccessMethodTypes[] = {"index", "table"};

struct AccessMethod {
  std::string type;
  QName handler;
  bool operator==(const AccessMethod&) const = default;
};
template <>
struct Describe<AccessMethod> {
  static constexpr std::tuple fields{
      field("type", &AccessMethod::type, "What it keeps.").words(kAccessMethodTypes).required(),
      field("handler", &AccessMethod::handler, "Function that gives its functions.")
          .refers(Refers::function)
          .required(),
  };
};
inline constexpr KindInfo access_method_kind = describe<AccessMethod>({
    .name = "access_method",
    .noun = "access method",
    .plural = "access methods",
    .doc = "A way to keep tables or indexes.",
    .keyword = "access method",
    .scope = Scope::database,
    .rank = 69,
});

}  // namespace schemac
