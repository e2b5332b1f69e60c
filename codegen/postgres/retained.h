#pragma once
// What goes and is kept aside with its rows: `retain`. It is part of the catalogs on both sides, so
// that to keep it is a rename, and the way back brings it back.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/bind/bind.h"
#include "compiler/ir/catalog.h"

namespace schemac::postgres {

// Times are as revisions have them: 20250224120000.
struct Retention {
  std::string now;         // since when what goes now is kept
  std::string keep_since;  // what is kept since an earlier time goes; "": all stays
};

// Since when what has the name is kept aside; "" for any other name.
std::string_view retained_since(std::string_view name);

// Whether `aside` is what was called `was`, kept.
bool keeps_aside(const ObjectId& aside, const ObjectId& was);

struct Unretained {
  Retained asked;
  std::string reason;
};

// Adds to `to`, which was declared, what it asks to keep of what `from` has, under a name that says
// since when, and what `from` keeps so already. Answers what cannot be kept.
std::vector<Unretained> keep_retained(const Catalog& from, Catalog& to,
                                      std::span<const Retained> asked, const Retention& retention);

}  // namespace schemac::postgres
