#pragma once
// What to say of words that mean nothing where they stand.

#include "compiler/bind/reader.h"

namespace schemac {

// A statement that starts nothing in `parent`, or at the top.
void report_unknown(Binding& binding, const Cursor& cursor, const KindInfo* parent);

// A clause that the kind of a draft does not have.
void fail_unknown_clause(Binding& binding, Reader& reader, std::uint32_t draft,
                         const Cursor& cursor);

}  // namespace schemac
