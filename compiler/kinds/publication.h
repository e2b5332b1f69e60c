#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr Newer kNewerPublicationOptions[] = {{"publish_generated_columns", 18}};

// What subscribers can get. Its tables and schemas are objects of their own.
struct Publication {
  bool all_tables = false;
  std::vector<Setting> with;
  bool operator==(const Publication&) const = default;
};
template <>
struct Describe<Publication> {
  static constexpr std::tuple fields{
      field("all_tables", &Publication::all_tables, "Whether it is about all tables there are.")
          .as("for all tables"),
      field("with", &Publication::with,
            "Options: publish, publish_via_partition_root, publish_generated_columns.")
          .shaped(Shape::setting)
          .newer(kNewerPublicationOptions),
  };
};
inline constexpr KindInfo publication_kind = describe<Publication>({
    .name = "publication",
    .noun = "publication",
    .plural = "publications",
    .doc = "What subscribers can get.",
    .keyword = "publication",
    .scope = Scope::database,
    .owned = true,
    .rank = 160,
});

inline constexpr std::string_view kInPublication[] = {"publication"};

}  // namespace schemac
