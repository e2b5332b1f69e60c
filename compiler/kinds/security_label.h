#pragma once
#include <algorithm>
#include <array>

#include "compiler/ir/describe.h"

namespace schemac {

// What a provider of labels is told of an object.
struct SecurityLabel {
  Ident provider;
  std::string label;
  bool operator==(const SecurityLabel&) const = default;
};
template <>
struct Describe<SecurityLabel> {
  static constexpr std::tuple fields{
      field("provider", &SecurityLabel::provider, "Who reads it.").as("for").required(),
      field("label", &SecurityLabel::label, "What it says.").as("").required(),
  };
};

// What SECURITY LABEL has a form for.
inline constexpr std::array<std::string_view, 21> kLabelled{"aggregate",
                                                            "attribute",
                                                            "column",
                                                            "composite_type",
                                                            "domain",
                                                            "enum",
                                                            "event_trigger",
                                                            "function",
                                                            "inherited_column",
                                                            "materialized_view",
                                                            "materialized_view_column",
                                                            "procedural_language",
                                                            "procedure",
                                                            "publication",
                                                            "range_type",
                                                            "schema",
                                                            "sequence",
                                                            "subscription",
                                                            "table",
                                                            "view",
                                                            "view_column"};

inline constexpr KindInfo security_label_kind = describe<SecurityLabel>({
    .name = "security_label",
    .noun = "security label on",
    .plural = "security labels",
    .doc = "What a provider of security labels is told of an object. The server knows the provider "
           "by a module that it has loaded.",
    .keyword = "security label",
    .scope = Scope::attached,
    .naming = Naming::none,
    .signature = [](const FieldValues& values) -> std::string {
      const Ident* provider = values[0].ident();
      return provider == nullptr ? std::string() : dsl_ident(provider->text);
    },
    .stands_on =
        [](const KindInfo& kind) {
          return std::find(kLabelled.begin(), kLabelled.end(), kind.name) != kLabelled.end();
        },
    .rank = 201,
});

}  // namespace schemac
