#pragma once
// The difference of two catalogs, as data.

#include <unordered_map>
#include <vector>

#include "base/rare.h"
#include "compiler/ir/catalog.h"

namespace schemac {

// An object that goes on under another name. Children follow their parent without one of their own.
struct Rename {
  ObjectId from;
  ObjectId to;
};

struct Change {
  enum class Verb : std::uint8_t { create, drop, set, rename };
  Verb verb;
  ObjectId id;                // in the catalog after; for drop in the one before
  ObjectId was;               // of a rename: the id before
  FieldIndex field = 0;       // of set
  Rare<Value> before, after;  // of set
  // The two texts differ and no server has seen one of them: they may well mean the same.
  bool unproven = false;
};

// Renames that the `was` of `to` asks for and that still apply: the old name is in `from`, the new
// one is not, and nothing in `to` has the old name.
std::vector<Rename> find_renames(const Catalog& from, const Catalog& to);

// `renames` for the way back.
std::vector<Rename> reversed(const std::vector<Rename>& renames);

// A value of an object, such as a label of an enum, that got another name.
struct ValueRename {
  std::string from, to;
};

// Those that still apply, of `was` on its way to `now`: what `now` says, and on the way back what
// `was` said when it was made.
std::vector<ValueRename> value_renames(const Object& was, const Object& now);
// Whether there are any, of objects that keep their ids.
bool renames_values(const Catalog& from, const Catalog& to);

// A catalog that went through renames, and those that these brought along: where the catalog after
// shows a renamed column under its new name, the view's own column is renamed as well.
struct Renamed {
  Catalog catalog;
  std::vector<Rename> shown;
  // The id that each object has in it, by the one that it had.
  std::unordered_map<ObjectId, ObjectId, ObjectIdHash> ids;
};

// `from` as it is after the renames, those of values included: ids, references and SQL texts speak
// the new names. The values themselves are as they were.
Renamed apply_renames(const Catalog& from, const Catalog& to, const std::vector<Rename>& renames);

// What leads from `from` to `to`. Expects both sorted and `from` to have gone through
// apply_renames.
std::vector<Change> diff(const Catalog& from, const Catalog& to);

// Whether two values mean the same; SQL text is compared by meaning as far as known.
struct Sameness {
  bool same;
  bool unproven;
};
Sameness same(const FieldInfo& field, const Value& a, const Value& b);

}  // namespace schemac
