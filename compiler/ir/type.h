#pragma once
#include <string>

#include "compiler/ir/value.h"

namespace schemac {

// The one spelling of a type: `character varying(40)[]`, `timestamp(3) with time zone`,
// `shop.order_status`. The schema is quoted where needed and left out only for built-in types.
std::string to_string(const TypeRef& type);

}  // namespace schemac
