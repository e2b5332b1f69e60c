#pragma once
#include "compiler/ir/describe.h"

namespace schemac {

// What COMMENT ON says about an object; `///` above its declaration.
struct Comment {
  std::string text;
  bool operator==(const Comment&) const = default;
};
template <>
struct Describe<Comment> {
  static constexpr std::tuple fields{
      field("text", &Comment::text, "The text.").at(Place::hidden),
  };
};
inline constexpr KindInfo comment_kind = describe<Comment>({
    .name = "comment",
    .noun = "comment on",
    .plural = "comments",
    .doc = "Documentation of an object.",
    .scope = Scope::target,
    .naming = Naming::none,
    .documents = true,
    .rank = 200,
});

}  // namespace schemac
