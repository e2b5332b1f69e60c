#include "cli/report_data.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/visible.h"

namespace schemac {
namespace {

constexpr std::size_t kFew = 8;  // entries of a list that need not be folded

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string shown(std::string_view text) {
  return visible(text, "\\n");
}

// SQL keeps its lines; a tab is no secret.
std::string shown_sql(std::string_view sql) {
  std::string plain;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == '\t')
      plain += "    ";
    else if (sql[i] != '\r' || i + 1 == sql.size() || sql[i + 1] != '\n')
      plain += sql[i];
  }
  return visible(plain, "\n");
}

PageData entry(std::initializer_list<std::pair<const std::string, std::string>> texts) {
  return {{texts}, {}};
}

bool open(const ReportHazard& hazard) {
  return hazard.accepted.empty() && hazard.hazard->severity != Severity::note;
}

// What a reader can least do without comes first.
int importance(const ReportStatement& statement, bool down) {
  int most = statement.known ? 0 : 3;
  for (const ReportHazard& hazard : statement.hazards)
    most = std::max(most, !open(hazard) ? 2 : hazard.hazard->severity == Severity::warning ? 4 : 6);
  if (statement.loss == Loss::rows) most = std::max(most, 5);
  for (const Touch& touch : statement.touches)
    if (touch.rewrites || touch.scans) most = std::max(most, 3);
  return down ? (most > 3 ? 4 : 0) : 2 * most + 1;
}

class DataMaker {
 public:
  DataMaker(const Report& report, const ReportRoom& room, const FrameSql& frame)
      : report_(report), room_(room), frame_(frame) {
    choose_statements();
  }

  PageData make() {
    PageData page;
    const bool one = report_.revisions.size() == 1;
    const ReportRevision* last = report_.revisions.empty() ? nullptr : &report_.revisions.back();
    page.texts["title"] = one ? shown(last->revision->name) : shown(report_.to);
    page.texts["several"] = one ? "" : counted(report_.revisions.size(), "revision");
    page.texts["from"] = report_.from.empty() ? "the empty database" : shown(report_.from);
    page.texts["to"] = shown(report_.to);
    for (const ReportRevision& revision : report_.revisions) add(revision, page);
    page.lists["groups"] = groups();
    page.lists["hazards"] = hazards(false);
    page.lists["hazards_down"] = hazards(true);
    add_counts(page);
    const std::size_t left_out = statement_count(report_) - kept_.size();
    page.texts["left_out"] = left_out == 0 ? "" : counted(left_out, "statement");
    const std::size_t lost_down = page.lists["lost_down"].size();
    page.texts["lost_down_count"] =
        std::to_string(lost_down) + (lost_down == 1 ? " loss" : " losses");
    page.texts["few_lost_down"] = lost_down <= kFew ? "yes" : "";
    page.texts["cut_items"] = items_cut_ == 0 ? "" : std::to_string(items_cut_);
    page.texts["cut_sql"] = sql_cut_ == 0 ? "" : counted(sql_cut_, "statement");
    page.texts["shortened"] = left_out + items_cut_ + sql_cut_ == 0 ? "" : "yes";
    for (const char* name : {"lost", "lost_down", "acknowledgements", "groups", "down", "hazards"})
      page.lists[name];
    return page;
  }

 private:
  template <class Visit>
  void each_statement(const Visit& visit) const {
    for (const ReportRevision& revision : report_.revisions) {
      for (const ReportStatement& statement : revision.up.statements)
        visit(revision, statement, false);
      for (const ReportStatement& statement : revision.down.statements)
        visit(revision, statement, true);
    }
  }

  void choose_statements() {
    std::vector<std::pair<int, const ReportStatement*>> all;
    each_statement([&](const ReportRevision&, const ReportStatement& statement, bool down) {
      all.emplace_back(importance(statement, down), &statement);
    });
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& one, const auto& two) { return one.first > two.first; });
    all.resize(std::min(all.size(), room_.statements));
    for (const auto& [rank, statement] : all) kept_.insert(statement);
  }

  // Adds to a list that may be cut.
  void add(std::vector<PageData>& list, PageData item) {
    if (list.size() < room_.items)
      list.push_back(std::move(item));
    else
      ++items_cut_;
  }

  void add(const ReportRevision& revision, PageData& page) {
    const Revision& written = *revision.revision;
    std::string parents;
    for (const std::string& parent : written.parents)
      parents += (parents.empty() ? "" : ", ") + shown(parent);
    PageData data = entry({{"id", shown(written.id)},
                           {"revision_name", shown(written.name)},
                           {"parents", parents},
                           {"summary", shown(revision.summary)},
                           {"proof", shown(revision.proof)},
                           {"proven", revision.proven ? "yes" : ""}});
    std::vector<PageData>& limits = data.lists["limits"];
    for (const std::string& limit : revision.proof_limits)
      add(limits, entry({{"text", shown(limit)}}));
    page.lists["revisions"].push_back(std::move(data));
    for (const ObjectId& id : revision.up.lost)
      add(page.lists["lost"], entry({{"what", shown(to_string(id))}}));
    for (const ObjectId& id : revision.down.lost)
      add(page.lists["lost_down"], entry({{"what", shown(to_string(id))}}));
    for (const ReportFile* file : {&revision.up, &revision.down}) {
      for (const ReportAcknowledgement& written_there : file->acknowledgements)
        add(page.lists["acknowledgements"], entry({{"codes", shown(written_there.codes)},
                                                   {"reason", shown(written_there.reason)},
                                                   {"place", place(*file, written_there.line)},
                                                   {"unused", written_there.used ? "" : "yes"}}));
      if (file->missing > 0)
        page.lists["missing"].push_back(
            entry({{"count", counted(file->missing, "statement")}, {"path", shown(file->path)}}));
    }
    for (const ReportStatement& statement : revision.down.statements)
      if (kept_.contains(&statement))
        page.lists["down"].push_back(statement_data(revision, statement, true));
  }

  // `up.sql:12`; of several revisions with the folder.
  std::string place(const ReportFile& file, int line) const {
    std::size_t begin = file.path.rfind('/');
    if (begin != std::string::npos && begin > 0 && report_.revisions.size() > 1)
      begin = file.path.rfind('/', begin - 1);
    return shown(file.path.substr(begin + 1)) + ":" + std::to_string(line);
  }

  std::string anchor(const ReportRevision& revision, const ReportStatement& statement,
                     bool down) const {
    return (down ? "down-" : "up-") + std::to_string(&revision - report_.revisions.data() + 1) +
           "-" + std::to_string(statement.number);
  }

  // What is changed, in the order in which the files come to it.
  std::vector<PageData> groups() {
    std::vector<PageData> groups;
    std::map<std::string, std::size_t> numbers;
    each_statement(
        [&](const ReportRevision& revision, const ReportStatement& statement, bool down) {
          if (down) return;
          const std::string name =
              statement.known ? shown(to_string(statement.whole)) : "statements written by hand";
          const auto [at, first] = numbers.try_emplace(name, groups.size());
          if (first)
            groups.push_back({{{"object", name}, {"left_out_here", ""}}, {{"statements", {}}}});
          PageData& group = groups[at->second];
          if (kept_.contains(&statement))
            group.lists["statements"].push_back(statement_data(revision, statement, false));
        });
    std::erase_if(groups,
                  [](const PageData& group) { return group.lists.at("statements").empty(); });
    return groups;
  }

  PageData statement_data(const ReportRevision& revision, const ReportStatement& statement,
                          bool down) {
    const ReportFile& file = down ? revision.down : revision.up;
    std::string sql = shown_sql(statement.sql);
    std::string cut;
    if (sql.size() > room_.sql_bytes) {
      std::size_t end = room_.sql_bytes;
      while (end > 0 && (static_cast<unsigned char>(sql[end]) & 0xC0) == 0x80) --end;
      cut = std::to_string(sql.size() - end);
      sql.resize(end);
      ++sql_cut_;
    } else {
      sql += ";";
    }
    PageData data = entry(
        {{"anchor", anchor(revision, statement, down)},
         {"number", std::to_string(statement.number)},
         {"of", std::to_string(file.statements.size())},
         {"place", place(file, statement.line)},
         {"when", statement.transaction == 0
                      ? "outside of any transaction"
                      : "transaction " + std::to_string(statement.transaction)},
         {"sql", frame_(sql)},
         {"sql_cut", cut},
         {"by_hand", statement.known ? "" : "yes"},
         {"on_new_only", statement.on_new_only ? "yes" : ""},
         {"touches_nothing",
          statement.known && !statement.on_new_only && statement.touches.empty() ? "yes" : ""},
         {"loses_rows", statement.loss == Loss::rows ? "yes" : ""},
         {"rebuildable", statement.loss == Loss::rebuildable ? "yes" : ""}});
    add_facts(statement, data);
    return data;
  }

  static void add_facts(const ReportStatement& statement, PageData& data) {
    std::vector<PageData>&touches = data.lists["touches"], &reasons = data.lists["reasons"],
    &hazards = data.lists["found"];
    for (const Touch& touch : statement.touches)
      touches.push_back(entry({{"relation", shown(path_to_string(touch.relation))},
                               {"lock", std::string(to_string(touch.lock))},
                               {"blocks", touch.lock >= Lock::access_exclusive ? "reads and writes"
                                          : touch.lock >= Lock::share          ? "writes"
                                                                               : ""},
                               {"rewrites", touch.rewrites ? "yes" : ""},
                               {"scans", touch.scans ? "yes" : ""}}));
    for (const ReportReason& reason : statement.reasons)
      reasons.push_back(entry({{"text", shown(reason.text)}, {"model", shown(reason.place)}}));
    for (const ReportHazard& hazard : statement.hazards)
      hazards.push_back(entry({{"code", std::string(hazard.hazard->code)},
                               {"severity", std::string(to_string(hazard.hazard->severity))},
                               {"hazard", std::string(hazard.hazard->title)},
                               {"accepted", shown(hazard.accepted)}}));
  }

  // By code, the worst first.
  std::vector<PageData> hazards(bool of_down) {
    std::map<std::pair<int, std::string>, PageData> by_code;
    each_statement(
        [&](const ReportRevision& revision, const ReportStatement& statement, bool down) {
          for (const ReportHazard& hazard : statement.hazards) {
            if (down != of_down || (down && hazard.hazard->severity == Severity::note)) continue;
            const int rank = -static_cast<int>(hazard.hazard->severity);
            PageData& data = by_code[{rank, std::string(hazard.hazard->code)}];
            if (data.texts.empty()) data = hazard_data(*hazard.hazard);
            const bool stops = !down && open(hazard) && hazard.hazard->severity == Severity::error;
            add(data.lists["places"],
                entry({{"object", shown(to_string(statement.subject))},
                       {"anchor", anchor(revision, statement, down)},
                       {"at", place(down ? revision.down : revision.up, statement.line)},
                       {"accepted", shown(hazard.accepted)},
                       {"open", stops ? "yes" : ""}}));
          }
        });
    std::vector<PageData> list;
    for (auto& [key, data] : by_code) list.push_back(std::move(data));
    return list;
  }

  static PageData hazard_data(const Hazard& hazard) {
    return entry({{"code", std::string(hazard.code)},
                  {"severity", std::string(to_string(hazard.severity))},
                  {"hazard", std::string(hazard.title)},
                  {"effect", std::string(hazard.effect)},
                  {"way_out", std::string(hazard.way_out)}});
  }

  void add_counts(PageData& page) const {
    std::size_t up = 0, errors = 0, warnings = 0, accepted = 0, lost = 0, rewrites = 0;
    ObjectIds locked;
    each_statement([&](const ReportRevision&, const ReportStatement& statement, bool down) {
      if (down) return;
      ++up;
      for (const ReportHazard& hazard : statement.hazards) {
        accepted += hazard.accepted.empty() ? 0 : 1;
        const bool is_error = hazard.hazard->severity == Severity::error;
        if (open(hazard)) ++(is_error ? errors : warnings);
      }
      for (const Touch& touch : statement.touches) {
        if (touch.lock >= Lock::share) locked.insert(touch.relation);
        rewrites += touch.rewrites ? 1 : 0;
      }
    });
    for (const ReportRevision& revision : report_.revisions) lost += revision.up.lost.size();
    const auto add = [&](std::size_t count, const std::string& one, const std::string& many,
                         const std::string& tone) {
      page.lists["counts"].push_back(entry({{"count", std::to_string(count)},
                                            {"noun", count == 1 ? one : many},
                                            {"tone", count == 0 ? "calm" : tone}}));
    };
    add(up, "statement", "statements", "calm");
    add(errors, "severe hazard, not accepted", "severe hazards, not accepted", "error");
    add(warnings, "warning", "warnings", "warning");
    if (accepted > 0) add(accepted, "accepted hazard", "accepted hazards", "calm");
    add(lost, "loss of data", "losses of data", "error");
    add(locked.size(), "relation closed to writes", "relations closed to writes", "warning");
    add(rewrites, "rewrite", "rewrites", "warning");
  }

  const Report& report_;
  const ReportRoom& room_;
  const FrameSql& frame_;
  std::set<const ReportStatement*> kept_;
  std::size_t items_cut_ = 0, sql_cut_ = 0;
};

}  // namespace

std::size_t statement_count(const Report& report) {
  std::size_t count = 0;
  for (const ReportRevision& revision : report.revisions)
    count += revision.up.statements.size() + revision.down.statements.size();
  return count;
}

PageData report_data(const Report& report, const ReportRoom& room, const FrameSql& frame) {
  return DataMaker(report, room, frame).make();
}

}  // namespace schemac
