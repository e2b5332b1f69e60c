#pragma once
#include "compiler/ir/catalog.h"

namespace schemac {

// The id that an object without a name would have with other values: they are the last part of it.
inline ObjectId id_with(const Object& object, const FieldValues& values) {
  std::string key = object.kind().signature(values);
  if (object.kind().scope == Scope::attached)
    key.insert(0, object.id.key(), 0, object.id.key().rfind('\0') + 1);
  return ObjectId::from_key(object.kind(), std::move(key));
}

}  // namespace schemac
