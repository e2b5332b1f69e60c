#pragma once
#include "compiler/ir/describe.h"

namespace schemac {

inline constexpr std::string_view kProviders[] = {"libc", "icu", "builtin"};
inline constexpr Newer kNewerProviders[] = {{"builtin", 17}};

// How text is compared and ordered, when not in one of the ways that the server brings.
struct Collation {
  std::optional<std::string> locale;
  std::optional<std::string> lc_collate;
  std::optional<std::string> lc_ctype;
  std::string provider = "libc";
  bool nondeterministic = false;
  std::optional<std::string> rules;
  bool operator==(const Collation&) const = default;
};
template <>
struct Describe<Collation> {
  static constexpr std::tuple fields{
      field("locale", &Collation::locale, "Locale, as its provider calls it."),
      field("lc_collate", &Collation::lc_collate,
            "Locale for the order, if one for all is not it."),
      field("lc_ctype", &Collation::lc_ctype, "Locale for classes of characters, likewise."),
      field("provider", &Collation::provider, "Library that knows the locale.")
          .words(kProviders)
          .newer(kNewerProviders)
          .absent("libc"),
      field("nondeterministic", &Collation::nondeterministic,
            "Whether strings of different bytes may be equal."),
      field("rules", &Collation::rules, "Rules that change the locale's order.").since(16),
  };
};
inline constexpr KindInfo collation_kind = describe<Collation>({
    .name = "collation",
    .noun = "collation",
    .plural = "collations",
    .doc = "An order of text.",
    .keyword = "collation",
    .scope = Scope::schema,
    .spaces = {.collation = true},
    .owned = true,
    .rank = 25,
});

}  // namespace schemac
