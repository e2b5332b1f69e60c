#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kSystemLanguages[] = {"plpgsql", "sql"};

// Its name, which is not one that it has of the schema.
inline std::string system_language_signature(const FieldValues& values) {
  const std::string* language = values[0].text();
  return language == nullptr ? std::string() : *language;
}

// A language that is part of every database. It is named only where rights on it are not those that
// it has from the start.
struct SystemLanguage {
  std::string language;
  bool operator==(const SystemLanguage&) const = default;
};
template <>
struct Describe<SystemLanguage> {
  static constexpr std::tuple fields{
      field("language", &SystemLanguage::language, "The language.")
          .as("")
          .words(kSystemLanguages)
          .required(),
  };
};
inline constexpr KindInfo system_language_kind = describe<SystemLanguage>({
    .name = "system_language",
    .noun = "system language",
    .plural = "system languages",
    .doc = "A language that every database has, and what rights on it were changed.",
    .keyword = "system language",
    .scope = Scope::database,
    .naming = Naming::none,
    .signature = system_language_signature,
    .privileges = kUsage,
    .public_privileges = kUsage,
    .undocumented = true,
    .rank = 23,
});

}  // namespace schemac
