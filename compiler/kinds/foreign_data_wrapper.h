#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

struct ForeignDataWrapper {
  std::optional<QName> handler;
  std::optional<QName> validator;
  std::vector<Setting> options;
  bool operator==(const ForeignDataWrapper&) const = default;
};
template <>
struct Describe<ForeignDataWrapper> {
  static constexpr std::tuple fields{
      field("handler", &ForeignDataWrapper::handler, "Function that gives its functions.")
          .refers(Refers::function),
      field("validator", &ForeignDataWrapper::validator, "Function that looks at options.")
          .refers(Refers::function),
      field("options", &ForeignDataWrapper::options, "Options; none that is a secret.")
          .shaped(Shape::setting)
          .no_secrets(),
  };
};
inline constexpr KindInfo foreign_data_wrapper_kind = describe<ForeignDataWrapper>({
    .name = "foreign_data_wrapper",
    .noun = "foreign data wrapper",
    .plural = "foreign data wrappers",
    .doc = "A way to data elsewhere.",
    .keyword = "foreign data wrapper",
    .scope = Scope::database,
    .privileges = kUsage,
    .owned = true,
    .rank = 150,
});

}  // namespace schemac
