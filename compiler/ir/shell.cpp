#include "compiler/ir/shell.h"

#include <algorithm>

namespace schemac {
namespace {

bool needs(const Object& one, const Object& other) {
  return std::any_of(one.depends.begin(), one.depends.end(), [&](const Edge& edge) {
    return edge.kind == EdgeKind::hard && edge.target == other.id;
  });
}

}  // namespace

bool starts_as_shell(const KindInfo& kind) {
  return kind.spaces.type &&
         std::any_of(kind.fields.begin(), kind.fields.end(),
                     [](const FieldInfo& field) { return field.refers == Refers::function; });
}

bool is_function_of(const Object& function, const Object& type) {
  return function.kind().spaces.routine && type.kind().spaces.type && needs(function, type) &&
         needs(type, function) && starts_as_shell(type.kind());
}

}  // namespace schemac
