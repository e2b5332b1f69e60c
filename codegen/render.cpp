#include "codegen/render.h"

#include <algorithm>
#include <bitset>
#include <filesystem>
#include <iterator>
#include <kainjow/mustache.hpp>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

#include "base/visible.h"
#include "codegen/template_file.h"

namespace schemac {
namespace fs = std::filesystem;
namespace mustache = kainjow::mustache;
namespace {

std::string plain_text(const std::string& text) {
  return text;
}

// -- One line on a plan --------------------------------------------------------------------------

std::string enumerate(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i)
    text += (i == 0 ? "" : i + 1 == items.size() ? " and " : ", ") + items[i];
  return text;
}

struct Doing {
  std::string_view word;
  std::vector<ObjectId> objects;
};

using VerbSet = std::bitset<4>;
bool contains(VerbSet verbs, Verb verb) {
  return verbs.test(static_cast<std::size_t>(verb));
}

// What the plan does to which objects, remarks on objects left out where there is anything else.
std::vector<Doing> doings(const Plan& plan) {
  std::vector<Doing> all{
      {"adds", {}}, {"renames", {}}, {"changes", {}}, {"rebuilds", {}}, {"drops", {}}};
  std::unordered_map<ObjectId, VerbSet, ObjectIdHash> verbs;
  std::vector<ObjectId> order;
  bool only_remarks = true;
  for (const Segment& segment : plan.segments)
    for (const Step& step : segment.steps) {
      only_remarks = only_remarks && step.subject.kind().documents;
      const auto [at, first] = verbs.try_emplace(step.subject);
      if (first) order.push_back(step.subject);
      at->second.set(static_cast<std::size_t>(step.verb));
    }
  // A column with settings of its own is still a part of the table that comes.
  const auto comes_with_parent = [&](const ObjectId& id) {
    if (!id.kind().recorded_order) return false;
    const std::string key = id.key().substr(0, id.key().rfind('\0'));
    return std::any_of(id.kind().parents.begin(), id.kind().parents.end(), [&](auto parent) {
      const auto at = verbs.find(ObjectId::from_key(*find_kind(parent), key));
      return at != verbs.end() && contains(at->second, Verb::create);
    });
  };
  for (const ObjectId& id : order) {
    if (!only_remarks && id.kind().documents) continue;
    if (comes_with_parent(id)) continue;
    const VerbSet seen = verbs[id];
    const std::size_t at = contains(seen, Verb::create)   ? (contains(seen, Verb::drop) ? 3 : 0)
                           : contains(seen, Verb::drop)   ? 4
                           : contains(seen, Verb::rename) ? 1
                                                          : 2;
    all[at].objects.push_back(id);
  }
  std::erase_if(all, [](const Doing& doing) { return doing.objects.empty(); });
  return all;
}

// `comment on` names what it stands on, which counting leaves out.
std::string_view singular(const KindInfo& kind) {
  const bool names_target = kind.noun.ends_with(" of") || kind.noun.ends_with(" on");
  return names_target ? kind.noun.substr(0, kind.noun.rfind(' ')) : kind.noun;
}

std::vector<std::string> counts(const std::vector<ObjectId>& objects) {
  std::vector<std::pair<const KindInfo*, int>> kinds;
  for (const ObjectId& id : objects) {
    const auto at = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const auto& entry) { return entry.first == &id.kind(); });
    if (at == kinds.end())
      kinds.emplace_back(&id.kind(), 1);
    else
      ++at->second;
  }
  std::vector<std::string> texts;
  for (const auto& [kind, count] : kinds)
    texts.push_back(std::to_string(count) + " " +
                    std::string(count == 1 ? singular(*kind) : kind->plural));
  return texts;
}

}  // namespace

std::string plan_summary(const Plan& plan) {
  constexpr std::size_t kNamedMax = 3;
  const std::vector<Doing> all = doings(plan);
  std::size_t total = 0;
  for (const Doing& doing : all) total += doing.objects.size();
  std::string text;
  for (const Doing& doing : all) {
    std::vector<std::string> names;
    for (const ObjectId& id : doing.objects) names.push_back(to_string(id));
    text += text.empty() ? "" : "; ";
    text += std::string(doing.word) + " " +
            enumerate(total <= kNamedMax ? names : counts(doing.objects));
  }
  if (text.empty()) return "Does nothing.";
  text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text + ".";
}

namespace {

// `text` cut at blanks into lines that fit behind a comment's mark.
std::vector<std::string> wrapped(std::string_view text) {
  constexpr std::size_t kWidth = 97;
  std::vector<std::string> lines;
  while (text.size() > kWidth) {
    std::size_t cut = text.rfind(' ', kWidth);
    if (cut == std::string_view::npos || cut == 0) cut = std::min(text.find(' '), text.size());
    lines.emplace_back(text.substr(0, cut));
    text.remove_prefix(std::min(cut + 1, text.size()));
  }
  if (!text.empty()) lines.emplace_back(text);
  return lines;
}

// -- Statements ----------------------------------------------------------------------------------

}  // namespace

std::string reason_text(const Reason& reason) {
  // Without a name of its own it would go by that of what it stands on.
  const KindInfo& kind = reason.object.kind();
  const bool nameless = kind.documents || (kind.naming == Naming::none && !kind.keyword.empty());
  std::string text =
      (nameless ? to_string(reason.object) : path_to_string(reason.object)) + ": " + reason.text;
  const std::string place = path_and_line(reason.declared_at);
  return place.empty() ? text : text + " (" + place + ")";
}

namespace {

std::vector<std::string> reason_notes(const Step& step) {
  std::vector<std::string> notes;
  for (const Reason& reason : step.reasons) notes.push_back(reason_text(reason));
  return notes;
}

using ObjectIds = std::unordered_set<ObjectId, ObjectIdHash>;

std::string fact_text(const Touch& touch) {
  std::string text = std::string(to_string(touch.lock)) + " on " + path_to_string(touch.relation);
  if (touch.rewrites) return text + "; rewrites it";
  return touch.scans ? text + "; reads all of it" : text;
}

}  // namespace

std::vector<Touch> touches_by_relation(const Step& step) {
  std::vector<Touch> merged;
  for (const Touch& touch : step.action.touches) {
    const auto at = std::find_if(merged.begin(), merged.end(), [&](const Touch& other) {
      return other.relation == touch.relation;
    });
    if (at == merged.end()) {
      merged.push_back(touch);
      continue;
    }
    at->lock = std::max(at->lock, touch.lock);
    at->rewrites = at->rewrites || touch.rewrites;
    at->scans = at->scans || touch.scans;
  }
  return merged;
}

namespace {

// What the statement does to relations that existed before the plan.
std::vector<std::string> fact_notes(const Step& step, const ObjectIds& created) {
  std::vector<std::string> notes;
  for (const Touch& touch : touches_by_relation(step)) {
    const bool harmless = touch.lock <= Lock::access_share && !touch.rewrites && !touch.scans;
    if (!harmless && !created.contains(touch.relation)) notes.push_back(fact_text(touch));
  }
  return notes;
}

// `text` inside a comment, which no name may end.
std::string commented(std::string_view text) {
  return visible(text, "\\n");
}

mustache::data note_list(const std::vector<std::string>& notes) {
  mustache::data list(mustache::data::type::list);
  for (const std::string& note : notes) list << mustache::data("text", commented(note));
  return list;
}

// What the templates are told of a plan.
class PlanData {
 public:
  PlanData(const Plan& plan, const Dialect& dialect) : plan_(plan), dialect_(dialect) {
    for (const Segment& segment : plan.segments)
      for (const Step& step : segment.steps)
        if (step.verb == Verb::create) created_.insert(step.subject);
    // What is rebuilt was there before.
    for (const Segment& segment : plan.segments)
      for (const Step& step : segment.steps)
        if (step.verb == Verb::drop) created_.erase(step.subject);
    for (const Finding& finding : find_hazards(plan))
      if (finding.hazard->severity > Severity::note)
        hazards_[finding.step].push_back(finding.hazard);
  }

  const Plan& plan() const { return plan_; }

  // All but what there is to say of each statement.
  mustache::data data() const {
    mustache::data lost(mustache::data::type::list);
    for (const ObjectId& id : plan_.lost) lost << mustache::data("what", commented(to_string(id)));
    mustache::data segments(mustache::data::type::list);
    for (std::size_t i = 0; i < plan_.segments.size(); ++i) segments << segment_data(i);
    mustache::data result;
    result.set("summary", note_list(wrapped(plan_summary(plan_))));
    result.set("destroys?", !plan_.lost.empty());
    result.set("destroys", lost);
    result.set("segments", segments);
    return result;
  }

  mustache::data step_data(const Step& step) const {
    std::vector<std::string> notes = reason_notes(step);
    for (std::string& fact : fact_notes(step, created_)) notes.push_back(std::move(fact));
    if (!step.action.if_stopped.empty()) notes.emplace_back(step.action.if_stopped);
    if (const auto found = hazards_.find(&step); found != hazards_.end())
      for (const Hazard* hazard : found->second)
        notes.push_back(std::string(hazard->code) + ": " + std::string(hazard->title));
    mustache::data result;
    result.set("notes", note_list(notes));
    result.set("resumable", step.action.resumable);
    result.set("sql", statement_text(step.action, dialect_));
    return result;
  }

 private:
  mustache::data segment_data(std::size_t i) const {
    const Segment& segment = plan_.segments[i];
    mustache::data result;
    result.set("transactional", segment.transactional);
    result.set("unchecked_bodies", makes_body_early(i));
    result.set("statements", mustache::list(segment.steps.size(), mustache::data(true)));
    return result;
  }

  // Whether a server would check the body of one of the segment's routines against names that come
  // only later.
  bool makes_body_early(std::size_t segment) const {
    bool body = false;
    for (std::size_t i = segment; i < plan_.segments.size() && (body || i == segment); ++i)
      for (const Step& step : plan_.segments[i].steps) {
        const KindInfo& kind = step.subject.kind();
        if (body && step.verb == Verb::create &&
            (kind.spaces.relation || kind.spaces.type || kind.spaces.routine))
          return true;
        body = body || (i == segment && makes_body(step));
      }
    return false;
  }

  static bool makes_body(const Step& step) {
    const auto& fields = step.subject.kind().fields;
    return (step.verb == Verb::create || step.verb == Verb::alter) &&
           std::any_of(fields.begin(), fields.end(),
                       [](const FieldInfo& field) { return field.shape == Shape::body; });
  }

  const Plan& plan_;
  const Dialect& dialect_;
  ObjectIds created_;
  std::unordered_map<const Step*, std::vector<const Hazard*>> hazards_;
};

// Answers what templates ask for. The data of a statement are made when they come to it: those of
// all of a large plan would need many times the memory of its text.
class Context final : public mustache::context<std::string> {
 public:
  // Templates whose names start with an underscore are parts of others.
  explicit Context(const fs::path& folder) {
    root_.set("statements", mustache::partial([folder] {
                return read_template(folder / "_statements.mustache");
              }));
  }

  void set(const std::string& name, const mustache::data& value) { root_.set(name, value); }
  // "" for none.
  void set_text(const std::string& name, const std::string& text) {
    root_.set(name, text.empty() ? mustache::data(false) : mustache::data(text));
  }
  // `plan` must outlive this.
  void set(const std::string& name, const PlanData& plan) {
    root_.set(name, plan.data());
    plans_.emplace_back(name, &plan);
  }

  // Once everything is set.
  void start() {
    for (const auto& [name, plan] : plans_) {
      auto segment = plan->plan().segments.begin();
      for (const mustache::data& data : root_.get(name)->get("segments")->list_value()) {
        auto step = (segment++)->steps.begin();
        for (const mustache::data& place : data.get("statements")->list_value())
          statements_.emplace(&place, std::pair(plan, &*step++));
      }
    }
    push(&root_);
  }

  void push(const mustache::data* data) override {
    const auto at = statements_.find(data);
    if (at == statements_.end()) return context::push(data);
    const auto& [plan, step] = at->second;
    statement_ = plan->step_data(*step);
    context::push(&statement_);
  }

 private:
  mustache::data root_;
  std::vector<std::pair<std::string, const PlanData*>> plans_;
  // By their places in the lists of `root_`.
  std::unordered_map<const mustache::data*, std::pair<const PlanData*, const Step*>> statements_;
  mustache::data statement_;  // that the templates are at
};

}  // namespace

std::map<std::string, std::string> render_files(const RenderInput& input,
                                                const std::string& target) {
  const fs::path folder = template_folder(target);
  if (!fs::is_directory(folder))
    throw std::runtime_error("no templates in `" + folder.string() + "`");
  const PlanData up(*input.up, *input.dialect), down(*input.down, *input.dialect);
  Context context(folder);
  context.set("revision", input.revision);
  context.set("name", commented(input.name));
  context.set_text("parents", commented(input.parents));
  context.set("tool", input.tool);
  context.set_text("proof", commented(input.proof));
  context.set("up", up);
  context.set("down", down);
  context.start();
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() != ".mustache" || name.starts_with("_")) continue;
    files[name] = render_template(entry.path(), context, plain_text);
  }
  if (files.empty()) throw std::runtime_error("no templates in `" + folder.string() + "`");
  return files;
}

std::string render_plan(const Plan& plan, const Dialect& dialect) {
  const fs::path folder = template_folder("native");
  const PlanData up(plan, dialect);
  Context context(folder);
  context.set("up", up);
  context.start();
  const std::string text = render_template(folder / "_plan.mustache", context, plain_text);
  return text.substr(std::min(text.size(), text.find_first_not_of('\n')));
}

}  // namespace schemac
