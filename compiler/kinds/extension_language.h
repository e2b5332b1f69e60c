#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// Its name, which is not one that it has of the schema.
inline std::string extension_language_signature(const FieldValues& values) {
  const Ident* language = values[0].ident();
  return language == nullptr ? std::string() : language->text;
}

// A procedural language that an extension brings. It is named only where rights on it are not those
// that the extension's script gave.
struct ExtensionLanguage {
  Ident language;
  bool operator==(const ExtensionLanguage&) const = default;
};
template <>
struct Describe<ExtensionLanguage> {
  static constexpr std::tuple fields{
      field("language", &ExtensionLanguage::language, "The language.").as("").required(),
  };
};
inline constexpr KindInfo extension_language_kind = describe<ExtensionLanguage>({
    .name = "extension_language",
    .noun = "language",
    .plural = "extensions' languages",
    .doc = "A language of an extension, and what rights on it were changed.",
    .keyword = "language",
    .parents = kInExtension,
    .scope = Scope::parent,
    .naming = Naming::none,
    .signature = extension_language_signature,
    .privileges = kUsage,
    .rank = 22,
});

}  // namespace schemac
