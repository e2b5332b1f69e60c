#pragma once
// Types that are made of functions which may speak of them. The server knows such a type by name
// before it has those functions, as a shell, and is told the rest behind them.

#include "compiler/ir/catalog.h"

namespace schemac {

// Whether objects of the kind are types that name functions.
bool starts_as_shell(const KindInfo& kind);

// Whether `function` is one that a type needs and that needs `type` in turn: the shell is enough
// for it, and neither goes without the other.
bool is_function_of(const Object& function, const Object& type);

}  // namespace schemac
