#pragma once
// Names of a database and what they stand for.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ident.h"
#include "compiler/ir/kind.h"
#include "compiler/ir/value.h"

namespace schemac {

inline constexpr std::string_view kPublic = "public";
// The role that runs a statement.
inline constexpr std::string_view kCurrentUser = "current_user";

// An extension's objects that schemas name. Functions are those that triggers call.
struct ExtensionInfo {
  std::string_view name;
  std::string_view types;      // by blanks
  std::string_view functions;  // by blanks
  std::string_view relations;  // by blanks
};
// What is known of an extension, or nullptr.
const ExtensionInfo* find_extension(std::string_view name);
// The extension that brings a type, or nullptr.
const ExtensionInfo* extension_of_type(std::string_view type);
// Whether a list of ExtensionInfo holds `name`.
bool holds(std::string_view list, std::string_view name);
// All types of all known extensions.
std::vector<std::string_view> extension_types();

// What a name can stand for: each space has names of its own.
enum class Space : std::uint8_t { relation, type, routine, collation, operation };
inline constexpr std::size_t kSpaces = 5;

class Names {
 public:
  // Everything of one name in one space: overloads of a routine are several.
  struct Entry {
    QName name;
    std::vector<std::uint32_t> handles;  // what the owner of the Names knows objects by
  };

  void add(Space space, std::string_view schema, std::string_view name, std::uint32_t handle);
  // All names that an object of `kind` called `name` takes.
  void add(const KindInfo& kind, std::string_view schema, std::string_view name,
           std::string_view further_type, std::uint32_t handle);
  void add_extension(std::string_view name, std::string_view schema, std::uint32_t handle);
  void add_schema(std::string_view name);

  // What a name means that is written where `home` is the schema of unqualified ones.
  const Entry* find(Space space, const QName& written, std::string_view home) const;
  // The same of objects of one kind.
  const Entry* find(const KindInfo& kind, const QName& written, std::string_view home) const;
  bool has_schema(std::string_view name) const;
  // Every name of every space and kind, some of them more than once.
  void each(const std::function<void(const QName&)>& visit) const;

  // The extension that brings a type, a function or a relation so written, and its schema.
  struct Installed {
    std::string name;
    std::string schema;
    const ExtensionInfo* info;  // nullptr where we do not know what it brings
    std::uint32_t handle;
  };
  const Installed* installed(Space space, const QName& written) const;
  // Whether some extension is declared of which we do not know what it brings.
  const Installed* unknown_extension() const;

  // Names that can be written unqualified where `home` is, for suggestions.
  std::vector<std::string_view> candidates(Space space, std::string_view home) const;
  std::vector<std::string_view> candidates(const KindInfo& kind) const;

 private:
  using Entries = std::unordered_map<std::string, Entry>;
  const Entries& entries(Space space) const { return spaces_[static_cast<std::size_t>(space)]; }
  const Entry* find_in(Space space, std::string_view schema, std::string_view name) const;

  Entries spaces_[kSpaces];
  std::unordered_map<const KindInfo*, Entries> kinds_;
  std::unordered_map<std::string, std::vector<std::string>> of_schema_[kSpaces];
  std::unordered_map<std::string, bool> schemas_;
  std::vector<Installed> extensions_;
};

// `type` as the catalog holds it, where `home` is the schema of unqualified names; std::nullopt
// where nothing has that name.
std::optional<TypeRef> resolve_type(const Names& names, TypeRef type, std::string_view home);

}  // namespace schemac
