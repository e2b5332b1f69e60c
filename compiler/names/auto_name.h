#pragma once
// Names that a server gives to what its author left without one.

#include <functional>
#include <string>
#include <string_view>

#include "compiler/ir/catalog.h"
#include "compiler/names/text_cache.h"

namespace schemac {

// What such a name is made of; `label` is the suffix.
struct NameParts {
  std::string first;   // of the table, domain …
  std::string second;  // columns, joined; "" for none
  std::string_view label;
};

// Whether the parent has a column of that name.
using HasColumn = std::function<bool(std::string_view)>;

NameParts name_parts(const KindInfo& kind, const FieldValues& values, std::string_view parent,
                     const HasColumn& has_column, TextCache& cache);

// `first_second_label` within 63 bytes, the longer of the first two parts cut; `number` behind the
// label where it is not 0.
std::string make_name(const NameParts& parts, int number);

// The names that a server would try, in order, until `taken` says no.
std::string choose_name(const NameParts& parts,
                        const std::function<bool(const std::string&)>& taken);

// The parts of the automatic name of an object of a catalog.
NameParts name_parts(const Object& object, const Catalog& catalog, TextCache& cache);

}  // namespace schemac
