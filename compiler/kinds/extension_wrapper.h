#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// Its name, which is not one that it has of the schema.
inline std::string extension_wrapper_signature(const FieldValues& values) {
  const Ident* wrapper = values[0].ident();
  return wrapper == nullptr ? std::string() : wrapper->text;
}

// A foreign data wrapper that an extension brings. It is named only where
// rights on it are not those that the extension's script gave.
struct ExtensionWrapper {
  Ident wrapper;
  bool operator==(const ExtensionWrapper&) const = default;
};
template <>
struct Describe<ExtensionWrapper> {
  static constexpr std::tuple fields{
      field("wrapper", &ExtensionWrapper::wrapper, "The foreign data wrapper.").as("").required(),
  };
};
inline constexpr KindInfo extension_wrapper_kind = describe<ExtensionWrapper>({
    .name = "extension_wrapper",
    .noun = "foreign data wrapper",
    .plural = "extensions' foreign data wrappers",
    .doc = "A foreign data wrapper of an extension, and what rights on it were changed.",
    .keyword = "foreign data wrapper",
    .parents = kInExtension,
    .scope = Scope::parent,
    .naming = Naming::none,
    .signature = extension_wrapper_signature,
    .privileges = kUsage,
    .undocumented = true,
    .rank = 22,
});

}  // namespace schemac
