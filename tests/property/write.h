#pragma once
// A model as an author would write it.

#include <string>
#include <vector>

#include "tests/harness/oracles.h"
#include "tests/property/model.h"

namespace schemac::property {

// One file for each schema.
std::vector<test::NamedText> write_files(const Model& model);

// A type in SQL, always qualified; in the schema language the schema may be left out in `home`.
std::string sql_type(const Model& model, const Type& type);
std::string written_type(const Model& model, const Type& type, Id home);

// The name of something in a schema as text that stands in a file of schema `home` says it. Which
// names are written short depends on `id` alone, so that an edit elsewhere changes no text.
std::string written_name(const Model& model, Id schema, const std::string& name, Id id, Id home);

// The query of a view.
std::string written_query(const Model& model, const View& view);

// An expression over columns of `relation`, each qualified by `prefix` (`new.`).
std::string written_condition(const Model& model, const Expression& expression, Id relation,
                              Id home, bool immutable, const std::string& prefix = "");
std::string written_value(const Model& model, const Expression& expression, Id relation, Id home);

// A routine's declaration without its comment.
std::string written_routine(const Model& model, const Routine& routine);

}  // namespace schemac::property
