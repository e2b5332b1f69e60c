#include "cli/revision_json.h"

#include <utility>

#include "cli/files.h"
#include "cli/revision_words.h"
#include "compiler/ir/json_value.h"

namespace schemac {
namespace {

constexpr int kLocks = static_cast<int>(Lock::access_exclusive) + 1;

template <class E, std::size_t N>
E from_word(const std::array<std::string_view, N>& words, const JsonValue& json) {
  const std::string word = json.text();
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == word) return static_cast<E>(i);
  json.fail("unknown word `" + word + "`");
}

Lock lock_from_json(const JsonValue& json) {
  const std::string word = json.text();
  for (int i = 0; i < kLocks; ++i)
    if (to_string(static_cast<Lock>(i)) == word) return static_cast<Lock>(i);
  json.fail("unknown lock `" + word + "`");
}

std::vector<std::string> texts_from_json(const JsonValue& json) {
  std::vector<std::string> texts;
  json.each_item([&](const JsonValue& item) { texts.push_back(item.text()); });
  return texts;
}

std::vector<ObjectId> ids_from_json(const JsonValue& json) {
  std::vector<ObjectId> ids;
  json.each_item([&](const JsonValue& item) { ids.push_back(id_from_json(item)); });
  return ids;
}

Step step_from_json(const JsonValue& json) {
  Step step;
  step.subject = id_from_json(json.member("subject"));
  step.verb = from_word<Verb>(kVerbWords, json.member("verb"));
  step.existing = json.member("existing").boolean();
  step.action.tx = from_word<Tx>(kTxWords, json.member("transaction"));
  step.action.loss = from_word<Loss>(kLossWords, json.member("loss"));
  json.member("touches").each_item([&](const JsonValue& touch) {
    step.action.touches.push_back(
        {id_from_json(touch.member("relation")), lock_from_json(touch.member("lock")),
         touch.member("rewrites").boolean(), touch.member("scans").boolean()});
  });
  json.member("reasons").each_item([&](const JsonValue& reason) {
    step.reasons.push_back(
        {id_from_json(reason.member("object")), reason.member("text").text(), {}});
  });
  return step;
}

// Finds the entries of the long lists in the text of a revision, by brackets and quotes alone, and
// leaves the text without them.
class Skimmer {
 public:
  using Entries = std::vector<RevisionText::Entry>;

  Skimmer(Entries& delta, Entries& up, Entries& down) : delta_(delta), up_(up), down_(down) {}

  // The next piece of the text.
  void add(std::string_view piece) {
    for (std::size_t at = 0; at < piece.size();)
      at = entry_ != nullptr ? skip(piece, at) : keep(piece, at);
    taken_ += piece.size();
  }

  // The text with a 0 for each entry.
  std::string rest() {
    if (entry_ != nullptr) entry_->back().length = taken_ - entry_->back().offset;
    return std::move(rest_);
  }

 private:
  // The list that we are in, if it is a long one.
  Entries* entries() const {
    if (depth_ == 2 && outer_ == "delta") return &delta_;
    if (depth_ != 3 || inner_ != "statements") return nullptr;
    return outer_ == "up" ? &up_ : outer_ == "down" ? &down_ : nullptr;
  }

  // Past a stretch of a string that ends with the piece or the string. Answers whether that does.
  bool ends_string(std::string_view piece, std::size_t& at) {
    while (at < piece.size()) {
      const char c = piece[at++];
      if (std::exchange(escaped_, false)) continue;
      if (c == '"') return true;
      escaped_ = c == '\\';
    }
    return false;
  }

  // Past what is kept, up to an entry. What a string says counts where it may be a key.
  std::size_t keep(std::string_view piece, std::size_t at) {
    while (at < piece.size()) {
      if (in_string_) {
        const std::size_t begin = at;
        in_string_ = !ends_string(piece, at);
        rest_ += piece.substr(begin, at - begin);
        if (!in_string_ && (depth_ == 1 || depth_ == 2))
          (depth_ == 1 ? outer_ : inner_) = rest_.substr(string_, rest_.size() - 1 - string_);
        continue;
      }
      const char c = piece[at];
      if (c == '{') entry_ = entries();
      if (entry_ != nullptr) {
        entry_->push_back({taken_ + at, 0});
        rest_ += '0';
        return at;
      }
      if (c == '{' || c == '[') ++depth_;
      if (c == '}' || c == ']') --depth_;
      in_string_ = c == '"';
      rest_ += c;
      ++at;
      string_ = rest_.size();
    }
    return at;
  }

  // Past an entry.
  std::size_t skip(std::string_view piece, std::size_t at) {
    while (at < piece.size()) {
      if (in_string_) {
        in_string_ = !ends_string(piece, at);
        continue;
      }
      const char c = piece[at++];
      in_string_ = c == '"';
      if (c == '{' || c == '[') ++inside_;
      if ((c == '}' || c == ']') && --inside_ == 0) {
        RevisionText::Entry& entry = std::exchange(entry_, nullptr)->back();
        entry.length = taken_ + at - entry.offset;
        return at;
      }
    }
    return at;
  }

  Entries &delta_, &up_, &down_;
  std::size_t taken_ = 0;  // the bytes before the piece
  bool in_string_ = false;
  bool escaped_ = false;
  int depth_ = 0;
  std::string outer_, inner_;  // the last string at depth 1, and 2
  std::size_t string_ = 0;     // where the text of the last one begins in `rest_`
  Entries* entry_ = nullptr;   // the list that has the entry that we are in
  int inside_ = 0;             // brackets of that
  std::string rest_;
};

// What the skimmer left of a list of objects.
void expect_objects(const JsonValue& list, std::size_t count) {
  list.each_item([](const JsonValue& entry) {
    if (entry.integer() != 0) entry.fail("an object is expected");
  });
  if (list.size() != count) list.fail("objects are expected");
}

// Reads entries of a revision's file; an error says where the entry begins.
template <class Visit>
void each_entry(const std::string& path, const std::vector<RevisionText::Entry>& entries,
                Visit visit) {
  FileWindow file(path);
  JsonReader reader;
  for (const RevisionText::Entry& entry : entries) {
    try {
      visit(entry, reader.read(file.text(entry.offset, entry.length)));
    } catch (JsonError& error) {
      error.offset += entry.offset;
      throw;
    }
  }
}

Intents intents_from_json(const JsonValue& json) {
  Intents intents;
  json.member("renames").each_item([&](const JsonValue& rename) {
    intents.renames.push_back(
        {id_from_json(rename.member("from")), id_from_json(rename.member("to"))});
  });
  json.member("labels").each_item([&](const JsonValue& label) {
    intents.labels.push_back({id_from_json(label.member("type")), label.member("from").text(),
                              label.member("to").text()});
  });
  intents.converted = ids_from_json(json.member("converted"));
  return intents;
}

Evidence evidence_from_json(const JsonValue& json) {
  Evidence evidence;
  evidence.proven = json.member("proven").boolean();
  if (!evidence.proven) {
    evidence.reason = json.member("reason").text();
    evidence.skipped = json.member("skipped").boolean();
    return evidence;
  }
  evidence.server = json.member("server").text();
  evidence.dumped = json.member("pg_dump").boolean();
  evidence.built = json.member("built").small();
  evidence.objects = json.member("objects").small();
  evidence.from = json.member("from").text();
  evidence.to = json.member("to").text();
  evidence.up = json.member("up_sql").text();
  evidence.down = json.member("down_sql").text();
  evidence.tables = json.member("tables").small();
  evidence.rows_up = json.member("rows_up").small();
  evidence.rows_down = json.member("rows_down").small();
  if (json.has("orders")) evidence.orders = json.member("orders").small();
  evidence.limits = texts_from_json(json.member("limits"));
  evidence.time = json.member("time").text();
  return evidence;
}

}  // namespace

RevisionText::RevisionText(std::string path) : path_(std::move(path)) {
  Skimmer skimmer(delta_, up_, down_);
  FileWindow file(path_);
  schemac::each_piece(file, 0, [&](std::string_view piece) {
    skimmer.add(piece);
    size_ += piece.size();
  });
  const std::string rest = skimmer.rest();
  JsonReader reader;
  const JsonValue json = [&] {
    try {
      return reader.read(rest);
    } catch (JsonError& error) {
      // Nothing but the whole text has the place.
      reader.read(read_text(path_));
      throw;
    }
  }();
  head_.id = json.member("revision").text();
  head_.name = json.member("name").text();
  head_.tool = json.member("tool").text();
  head_.parents = texts_from_json(json.member("parents"));
  const auto optional_texts = [&](std::string_view name) {
    return json.has(name) ? texts_from_json(json.member(name)) : std::vector<std::string>();
  };
  head_.ties = {optional_texts("labels"), optional_texts("depends_on"), optional_texts("replaces")};
  head_.baseline = json.member("baseline").boolean();
  head_.server = json.member("server").small();
  if (json.has("intents")) head_.intents = intents_from_json(json.member("intents"));
  if (json.has("proof")) head_.proof = evidence_from_json(json.member("proof"));
  expect_objects(json.member("delta"), delta_.size());
  const JsonValue up = json.member("up"), down = json.member("down");
  lost_up_ = ids_from_json(up.member("lost"));
  lost_down_ = ids_from_json(down.member("lost"));
  expect_objects(up.member("statements"), up_.size());
  expect_objects(down.member("statements"), down_.size());
}

void RevisionText::each_delta(const std::function<void(Delta)>& visit) const {
  each_delta_entry([&](const Entry&, const JsonValue& json) { visit(delta_from_json(json)); });
}

void RevisionText::each_delta_entry(const Visit& visit) const {
  each_entry(path_, delta_, visit);
}

void RevisionText::each_piece(const std::function<void(std::string_view)>& take) const {
  FileWindow file(path_);
  const std::size_t head = delta_.empty() ? size_ : delta_.front().offset;
  take(file.text(0, head));
  schemac::each_piece(file, head, take);
}

PlanFacts RevisionText::facts(const std::vector<ObjectId>& lost,
                              const std::vector<Entry>& statements) const {
  PlanFacts facts;
  facts.lost = lost;
  each_entry(path_, statements, [&](const Entry&, const JsonValue& json) {
    facts.steps.push_back(step_from_json(json));
    facts.statements.push_back(
        {json.member("sql").text(), &facts.steps.back(), texts_from_json(json.member("hazards"))});
  });
  return facts;
}

Delta delta_from_json(const JsonValue& json) {
  Delta delta;
  if (const JsonValue before = json.member("before"); !before.is_null())
    delta.before = object_from_json(before);
  if (const JsonValue after = json.member("after"); !after.is_null())
    delta.after = object_from_json(after);
  return delta;
}

}  // namespace schemac
