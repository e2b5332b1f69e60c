#pragma once
// Work on many things at once, where no one of them looks at another.

#include <cstddef>
#include <functional>

namespace schemac {

// Calls `work(i)` for each i below `count`, in no order, on a few threads. Where some throw, what
// the first of them threw is thrown once all are done.
void for_each_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace schemac
