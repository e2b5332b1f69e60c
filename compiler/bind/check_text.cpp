#include "compiler/bind/check_text.h"

#include <algorithm>

#include "compiler/bind/bind_diags.h"
#include "compiler/ir/shell.h"
#include "compiler/parse/type_parser.h"

namespace schemac {
namespace {

// Columns that every row has, and a value that our parser takes for a column: it came after that.
constexpr std::string_view kEverywhere[] = {"cmax", "cmin",        "ctid", "oid",
                                            "xmax", "system_user", "xmin", "tableoid"};

bool is_known_everywhere(std::string_view name) {
  return std::find(std::begin(kEverywhere), std::end(kEverywhere), name) != std::end(kEverywhere);
}

bool is_system(const QName& name) {
  return name.schema.text == "pg_catalog" || name.schema.text == "information_schema" ||
         (name.schema.empty() &&
          (name.name.text.starts_with("pg_") || name.name.text.starts_with("_")));
}

bool holds(const Value& value, const Ident& name) {
  if (value.ident() != nullptr) return *value.ident() == name;
  return value.list() != nullptr &&
         std::any_of(value.list()->begin(), value.list()->end(),
                     [&](const Value& item) { return holds(item, name); });
}

// Whether a routine has an argument of that name, which a query in its body sees as well.
bool has_argument(const Object& object, const Ident& name) {
  const auto& fields = object.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].place == Place::signature && holds(object.values[i], name)) return true;
  return false;
}

}  // namespace

SourceSpan TextChecker::place(const Context& context, std::size_t offset,
                              std::size_t length) const {
  SourceSpan at = context.mention.at;
  if (offset == ColumnUse::nowhere) return at;
  at.begin = std::min(at.end, at.begin + static_cast<std::uint32_t>(offset));
  at.end = std::min(at.end, at.begin + static_cast<std::uint32_t>(length));
  return at;
}

void TextChecker::check(const TextMention& mention) {
  const Draft& draft = binding_.drafts[mention.draft];
  const Object* object = names_.catalog().find(draft.object.id);
  if (object == nullptr || draft.broken) return;
  const Context context{mention, *object, draft.home};
  for (const NameUse& use : mention.facts->uses) check_use(context, use);
  // How to get there may speak of what is there now.
  if (mention.intent) return;
  for (const ColumnUse& use : mention.facts->columns) check_column(context, use);
}

void TextChecker::check_use(const Context& context, const NameUse& use) {
  const SourceSpan at = place(context, use.offset, use.name.name.text.size());
  const bool trusted = names_.names().unknown_extension() != nullptr || is_system(use.name);
  if (use.what == NameUse::What::type) {
    if (use.name.schema.empty() && is_builtin_type(use.name.name.text)) return;
    if (!trusted) binding_.type({use.name, {}, 0}, at, context.home);
  } else if (use.what == NameUse::What::relation) {
    if (!trusted) binding_.relation(use.name, at, context.home);
  }
}

bool TextChecker::known_to(const Object& relation, const Ident& column, bool& open) {
  const auto* columns = names_.column_names(relation);
  if (columns == nullptr) open = true;
  // A call of a function of one row can be written as if it were a column.
  return open || columns->contains(column.text) || relation.id.name() == column.text ||
         !names_.routines({{}, column}, CatalogNames::home_of(relation)).empty();
}

void TextChecker::check_column(const Context& context, const ColumnUse& use) {
  const std::string& name = use.name.text;
  if (name == "*" || use.open || is_known_everywhere(name) || use.offset == ColumnUse::nowhere)
    return;
  std::vector<const Object*> relations;
  for (const ColumnUse::Candidate& candidate : use.candidates) {
    const Object* relation = names_.relation(candidate.relation, context.home);
    if (relation == nullptr) return;
    relations.push_back(relation);
  }
  const Object* row = names_.row_of(context.object);
  const bool in_query = !use.candidates.empty();
  if (!in_query) {
    const std::string& qualifier = use.qualifier.text;
    const bool of_row = qualifier.empty() || qualifier == "old" || qualifier == "new" ||
                        (row != nullptr && qualifier == row->id.name());
    // Without a row, as in a domain or a routine, names are values and arguments.
    const KindInfo& kind = context.object.kind();
    const bool routine = kind.signature != nullptr && !is_named_by_values(kind);
    if (row == nullptr || !of_row || routine) return;
    if (!context.object.kind().output_kind.empty()) return;
    relations.push_back(row);
  } else if (use.qualifier.empty()) {
    if (has_argument(context.object, use.name)) return;
    // A subquery sees the row of the policy that it stands in.
    if (row != nullptr && row != &context.object) relations.push_back(row);
  }
  bool open = false;
  for (const Object* relation : relations)
    if (known_to(*relation, use.name, open)) return;
  const auto* columns = names_.column_names(*relations.front());
  const std::vector<std::string_view> candidates(columns->begin(), columns->end());
  const std::size_t length =
      name.size() + (use.qualifier.empty() ? 0 : use.qualifier.text.size() + 1);
  const SourceSpan at = place(context, use.offset, length);
  if (relations.size() == 1)
    binding_.report(
        {unknown_column(name, to_string(relations.front()->id)), at, suggestion(name, candidates)});
  else
    binding_.report({ambiguous_column(name), at, suggestion(name, candidates)});
}

namespace {

// Depth first without recursion: schemas can have long chains of views.
class Cycles {
 public:
  Cycles(Binding& binding, const Catalog& catalog)
      : binding_(binding), catalog_(catalog), state_(catalog.size(), State::unseen) {}

  void find() {
    for (const Object& object : catalog_.objects())
      if (state_of(object) == State::unseen) walk(object);
  }

 private:
  struct Frame {
    const Object* object;
    std::size_t edge = 0;
  };
  enum class State : std::uint8_t { unseen, open, done };
  State& state_of(const Object& object) {
    return state_[static_cast<std::size_t>(&object - catalog_.objects().data())];
  }

  void walk(const Object& start) {
    std::vector<Frame> path{{&start}};
    state_of(start) = State::open;
    while (!path.empty()) {
      Frame& frame = path.back();
      if (frame.edge == frame.object->depends.size()) {
        state_of(*frame.object) = State::done;
        path.pop_back();
        continue;
      }
      const Edge& edge = frame.object->depends[frame.edge++];
      if (edge.kind != EdgeKind::hard) continue;
      const Object* target = catalog_.find(edge.target);
      if (target == nullptr || is_function_of(*frame.object, *target)) continue;
      if (state_of(*target) == State::open) {
        report(path, *target);
      } else if (state_of(*target) == State::unseen) {
        state_of(*target) = State::open;
        path.push_back({target});
      }
    }
  }

  void report(const std::vector<Frame>& path, const Object& target) {
    auto from = std::find_if(path.begin(), path.end(),
                             [&](const Frame& frame) { return frame.object == &target; });
    std::string cycle;
    for (; from != path.end(); ++from) cycle += to_string(from->object->id) + " → ";
    binding_.report({dependency_cycle(cycle + to_string(target.id)), target.declared_at});
  }

  Binding& binding_;
  const Catalog& catalog_;
  std::vector<State> state_;  // of each object of the catalog
};

}  // namespace

void check_cycles(Binding& binding, const Catalog& catalog) {
  Cycles(binding, catalog).find();
}

}  // namespace schemac
