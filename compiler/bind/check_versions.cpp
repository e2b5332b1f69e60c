// What servers of the version that a schema is for do not have yet. The kinds' tables say since
// when there is what.
#include <map>

#include "compiler/bind/bind_diags.h"
#include "compiler/bind/binding.h"
#include "compiler/ir/type.h"
#include "compiler/parse/builtin_types.h"

namespace schemac {
namespace {

class Versions {
 public:
  explicit Versions(Binding& binding) : binding_(binding), version_(binding.server_version()) {
    for (const Draft& draft : binding.drafts) {
      if (draft.kind->further_type == nullptr) continue;
      for (const FieldInfo& field : draft.kind->fields)
        if (field.brings_type && field.since > version_)
          brought_.emplace(
              QName{Ident(std::string(draft.schema)),
                    Ident(draft.kind->further_type(draft.name.text, draft.object.values))},
              field.since);
    }
  }

  void check(const Draft& draft) {
    for (std::size_t i = 0; i < draft.kind->fields.size(); ++i) {
      at_ = place_of(draft, i);
      kind_ = draft.kind;
      check(draft.kind->fields[i], draft.object.values[i], {});
    }
  }

 private:
  // `newer` is said of what the field stands in.
  void check(const FieldInfo& field, const Value& value, std::span<const Newer> newer) {
    if (value.absent()) return;
    // What no declaration does without stands for the statement.
    expect(field.since, quoted(!field.clause.empty() ? field.clause
                               : field.required      ? kind_->keyword
                                                     : field.name));
    const bool listed = field.listing != Listing::one && field.listing != Listing::group;
    if (!listed || value.list() == nullptr) return check_item(field, value, newer);
    for (const Value& item : *value.list()) check_item(field, item, newer);
  }

  void check_item(const FieldInfo& field, const Value& item, std::span<const Newer> newer) {
    if (!field.newer.empty()) newer = field.newer;
    if (field.shape == Shape::word) return check_word(*item.text(), newer);
    if (field.shape == Shape::setting) return check_word(*(*item.list())[0].text(), newer);
    if (const TypeRef* type = item.type()) {
      const auto brought = brought_.find(type->name);
      return expect(brought == brought_.end() ? since_of(*type) : brought->second,
                    "type " + quoted(to_string(*type)));
    }
    if (field.shape != Shape::record) return;
    for (std::size_t i = 0; i < field.record.size(); ++i)
      check(field.record[i], (*item.list())[i], newer);
  }

  void check_word(std::string_view word, std::span<const Newer> newer) {
    for (const Newer& one : newer)
      if (one.word == word) expect(one.since, quoted(word));
  }

  static std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

  void expect(int since, const std::string& what) {
    if (since <= version_) return;
    const std::string needed = std::to_string(since);
    binding_.report(
        {newer_server(what, needed, std::to_string(version_)), at_,
         "where no database is older, write `server_version = " + needed + "` into schemac.toml"});
  }

  Binding& binding_;
  const int version_;
  std::map<QName, int> brought_;    // types that come with others on newer servers alone
  const KindInfo* kind_ = nullptr;  // of the draft
  SourceSpan at_;
};

}  // namespace

void check_versions(Binding& binding) {
  if (binding.server_version() == 0) return;
  Versions versions(binding);
  for (const Draft& draft : binding.drafts) versions.check(draft);
}

}  // namespace schemac
