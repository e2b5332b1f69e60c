#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "compiler/ir/catalog.h"

namespace schemac {

// The names that an object takes among those of its schema.
template <class Claim>
void each_claim(const Object& object, Claim claim) {
  const KindInfo& kind = object.kind();
  if (!kind.spaces.relation && !kind.spaces.type && kind.further_type == nullptr) return;
  const auto take = [&](std::string_view space, std::string_view name) {
    std::string key(space);
    (key += '\0') += object.id.path().front();
    (key += '\0') += name;
    claim(std::hash<std::string>()(key));
  };
  if (kind.spaces.relation) take("relation", object.id.name());
  if (kind.spaces.type) take("type", object.id.name());
  if (kind.further_type != nullptr)
    take("type", kind.further_type(object.id.name(), object.values));
}

}  // namespace schemac
