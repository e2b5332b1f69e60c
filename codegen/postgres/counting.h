#pragma once
// How sequences count, free ones and those of identity columns.

#include "codegen/postgres/rules.h"
#include "compiler/kinds/parts.h"

namespace schemac::postgres {

// Where counting begins: at the end that it goes away from, unless the model says otherwise.
std::int64_t first_value(const SequenceOptions& options);
bool counts_down(const SequenceOptions& options);

// `START WITH 5`, `INCREMENT BY 2`: only what is not the server's choice.
std::vector<Sql> sequence_options(const SequenceOptions& options);

// The options that differ, those that are gone as the server would choose them: `INCREMENT BY 1`,
// `NO MAXVALUE`.
std::vector<Sql> changed_options(const SequenceOptions& was, const SequenceOptions& now);

// Whether it must begin again because it counts the other way from now on.
bool turns_around(const SequenceOptions& was, const SequenceOptions& now);

// Moves a count forward to where the new limits begin: the server refuses limits that leave the
// last value outside. Nothing where they do not move that way.
Actions move_into_limits(const QName& sequence, const SequenceOptions& was,
                         const SequenceOptions& now, const Context& plan);

}  // namespace schemac::postgres
