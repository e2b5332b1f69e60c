#include "proof/rows.h"

#include <algorithm>
#include <pqxx/pqxx>
#include <random>

#include "introspect/postgres/connection.h"
#include "proof/candidates.h"
#include "proof/questions.h"
#include "proof/tables.h"
#include "proof/triggers.h"
#include "proof/values.h"

namespace schemac {
namespace {

constexpr int kRows = 3;
constexpr int kAttempts = 12;      // for each row, with other values every time
constexpr int kFirstAttempts = 2;  // of these, before the others are thought of
constexpr int kPlainValues = 8;
constexpr std::size_t kCandidates = 12;  // are enough for a column that conditions judge by itself

// FNV-1a: the same on every machine.
std::uint64_t hash_of(std::uint64_t seed, std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL ^ seed;
  for (const unsigned char c : text) hash = (hash ^ c) * 1099511628211ULL;
  return hash ^ (hash >> 29);
}

// A statement that tries to insert the row number `row` of some tables. The trials of one row stand
// behind each other, and so do the rows of one group of tables.
struct Trial {
  std::size_t group;
  int row;
  std::string statement;
};

// Which rows the server took, and why it refused the last one that it did not.
struct Tried {
  std::set<int> rows;
  std::string reason;
};

// Of each row, the first trial that the server takes. By group.
std::map<std::size_t, Tried> try_all(pqxx::work& work, const std::vector<Trial>& trials) {
  std::map<std::size_t, Tried> tried;
  const auto run = [&](std::size_t begin, std::size_t end) {
    std::vector<std::string> statements;
    std::string rows;
    for (std::size_t i = begin; i < end; ++i) {
      statements.push_back(trials[i].statement);
      const bool same =
          i > begin && trials[i].group == trials[i - 1].group && trials[i].row == trials[i - 1].row;
      rows += (i == begin ? "" : ", ") + std::string(same ? "false" : "true");
    }
    const std::string answer =
        run_block(work,
                  "opens boolean[] := array[" + rows +
                      "]; trials text[] := " + text_array(work, statements) + "; taken boolean;",
                  "for i in 1 .. cardinality(trials) loop"
                  " if opens[i] then taken := false; end if; continue when taken;"
                  " begin execute trials[i]; set constraints all immediate; taken := true;"
                  " answer := answer || i || e' \\n';"
                  " exception when others then answer := answer || i || ' refused: ' ||"
                  " replace(sqlerrm, e'\\n', ' ') || e'\\n'; end; end loop;");
    for (std::size_t at = 0; at < answer.size();) {
      const std::size_t blank = answer.find(' ', at), line = answer.find('\n', blank);
      const Trial& trial = trials[begin + std::stoul(answer.substr(at, blank - at)) - 1];
      const std::string_view refused = "refused: ";
      if (answer.compare(blank + 1, refused.size(), refused) == 0)
        tried[trial.group].reason =
            answer.substr(blank + 1 + refused.size(), line - blank - 1 - refused.size());
      else
        tried[trial.group].rows.insert(trial.row);
      at = line + 1;
    }
  };
  in_batches(
      trials.size(), [&](std::size_t i) { return trials[i].statement.size(); },
      [&](std::size_t i) {
        return trials[i].group == trials[i - 1].group && trials[i].row == trials[i - 1].row;
      },
      run);
  return tried;
}

class Filler {
 public:
  Filler(pqxx::work& work, const FillOptions& options)
      : work_(work), values_(work), options_(options), tables_(read_tables(work)) {
    candidates_.resize(tables_.size());
    group_of_.resize(tables_.size(), kNoGroup);
    referred_.resize(tables_.size());
    filled_.resize(tables_.size(), false);
  }

  Filled fill() {
    for (auto& tables : fill_order(tables_, options_.only)) add_group(std::move(tables));
    choose_candidates();
    // Triggers and conditions find what they name as they would in the database.
    work_.exec("reset search_path");
    insert_rows(0, kFirstAttempts);
    insert_rows(kFirstAttempts, kAttempts);
    if (split_empty_groups()) insert_rows(0, kAttempts);
    Filled result;
    for (const Group& group : groups_)
      for (const TableIndex table : group.tables)
        if (filled_[table])
          result.tables.insert(tables_[table].name);
        else
          result.empty.push_back({tables_[table].name, group.reason});
    return result;
  }

 private:
  static constexpr std::size_t kNoGroup = static_cast<std::size_t>(-1);

  // Tables that refer to each other in circles, most of them one: each gets its row number n in the
  // statement that gives the others theirs, at whose end their keys are looked at.
  struct Group {
    std::vector<TableIndex> tables;
    std::set<int> rows = {};  // that the server took
    std::string reason = {};  // why it refused others
  };

  void add_group(std::vector<TableIndex> tables) {
    for (const TableIndex table : tables) {
      group_of_[table] = groups_.size();
      referred_[table].clear();
    }
    for (const TableIndex table : tables)
      for (const Reference& reference : tables_[table].references)
        if (reference.target && group_of_[*reference.target] == groups_.size())
          referred_[*reference.target].insert(reference.target_columns.begin(),
                                              reference.target_columns.end());
    groups_.push_back({std::move(tables)});
  }

  // Circles that no statement could fill at once may open where a reference can be NULL.
  bool split_empty_groups() {
    std::vector<Group> whole;
    std::swap(whole, groups_);
    bool any = false;
    for (Group& group : whole) {
      if (group.tables.size() == 1 || !group.rows.empty()) {
        for (const TableIndex table : group.tables) group_of_[table] = groups_.size();
        groups_.push_back(std::move(group));
        continue;
      }
      any = true;
      for (const TableIndex table : group.tables) add_group({table});
    }
    return any;
  }

  // Every row that is still missing, each by the first of these attempts that the server takes.
  void insert_rows(int first_attempt, int last_attempt) {
    std::vector<Trial> trials;
    for (std::size_t group = 0; group < groups_.size(); ++group)
      for (int row = 0; row < kRows; ++row)
        for (int attempt = first_attempt;
             attempt < last_attempt && !groups_[group].rows.contains(row); ++attempt)
          trials.push_back({group, row, insert_statement(groups_[group].tables, row, attempt)});
    for (auto& [number, tried] : try_all(work_, trials)) {
      Group& group = groups_[number];
      group.rows.merge(tried.rows);
      group.reason = std::move(tried.reason);
      for (const TableIndex table : group.tables) filled_[table] = !group.rows.empty();
    }
  }

  std::uint64_t hash(TableIndex table, std::string_view what, int row, int attempt) const {
    const TableName& name = tables_[table].name;
    std::string text = name.first + '\0' + name.second + '\0' + std::string(what);
    text += '\0' + std::to_string(row) + '\0' + std::to_string(attempt);
    return hash_of(options_.seed, text);
  }

  std::string plain_value(TableIndex table, const ColumnFacts& column, int row, int attempt) const {
    std::mt19937_64 random(hash(table, column.name, row, attempt));
    return values_.make(column.type, column.modifier, row, attempt, random);
  }

  // For the columns that conditions bear on: values that these accept.
  void choose_candidates() {
    struct Asked {
      TableIndex table;
      const ColumnFacts* column;
      std::string value;
    };
    std::vector<Query> queries;
    std::vector<Asked> asked;
    std::size_t about = 0;
    for (const Group& group : groups_)
      for (const TableIndex table : group.tables)
        for (const ColumnFacts& column : tables_[table].columns) {
          if (column.generated || column.conditions.empty()) continue;
          std::vector<std::string> values = all_values(table, column);
          const std::size_t enough = column.shares_condition ? values.size() : kCandidates;
          for (std::string& value : values) {
            queries.push_back({about, condition_query(column, value), enough});
            asked.push_back({table, &column, std::move(value)});
          }
          ++about;
        }
    const std::vector<bool> accepted = ask_all(work_, queries);
    for (std::size_t i = 0; i < asked.size(); ++i)
      if (accepted[i]) candidates_[asked[i].table][asked[i].column->name].push_back(asked[i].value);
  }

  std::vector<std::string> all_values(TableIndex table, const ColumnFacts& column) const {
    std::vector<std::string> values;
    const std::string type = values_.spelled(column.type, column.modifier);
    for (const std::string& literal : candidates_from(column.conditions))
      values.push_back(literal + "::" + type);
    // Hardly another value than those that its bounds speak of has a partition.
    if (column.finds_partition && !values.empty()) return values;
    std::vector<std::string> plain;
    for (int attempt = 0; attempt < kPlainValues; ++attempt)
      for (int row = 0; row < kRows; ++row)
        plain.push_back(plain_value(table, column, row, attempt));
    values.insert(values.begin(), plain.begin(), plain.end());
    return values;
  }

  std::string condition_query(const ColumnFacts& column, const std::string& value) {
    const std::string name = work_.quote_name(column.name);
    // What nobody looked at the server would not make, and its domain would not judge.
    std::string conditions = "count(" + name + ") >= 0";
    for (const std::string& check : column.checks)
      conditions += " and bool_and((" + check + ") is not false)";
    return "select " + conditions + " from (select " + value + " as " + name + ") candidate";
  }

  std::string insert_statement(const std::vector<TableIndex>& tables, int row, int attempt) {
    std::string with;
    for (std::size_t i = 0; i + 1 < tables.size(); ++i)
      with += (i == 0 ? "with " : ", ") + std::string("part_") + std::to_string(i) + " as (" +
              insert(tables[i], row, attempt) + ")";
    return with + (with.empty() ? "" : " ") + insert(tables.back(), row, attempt);
  }

  std::string insert(TableIndex table, int row, int attempt) {
    std::string columns, values;
    bool overrides = false;
    for (const ColumnFacts& column : tables_[table].columns) {
      const std::optional<std::string> value = cell(table, column, row, attempt);
      if (!value) continue;
      overrides = overrides || column.identity_always;
      columns += (columns.empty() ? "" : ", ") + work_.quote_name(column.name);
      values += (values.empty() ? "" : ", ") + *value;
    }
    const std::string target = "insert into " + tables_[table].quoted;
    if (columns.empty()) return target + " default values";
    return target + " (" + columns + ")" + (overrides ? " overriding system value" : "") +
           " values (" + values + ")";
  }

  // What an INSERT gives the column; nothing where it leaves that to the server.
  std::optional<std::string> cell(TableIndex table, const ColumnFacts& column, int row,
                                  int attempt) {
    if (column.generated) return std::nullopt;
    for (const Reference& reference : tables_[table].references)
      if (const auto value = referred(table, reference, column, row, attempt)) return value;
    const std::uint64_t chance = hash(table, column.name + " is given", row, attempt);
    if (referred_[table].contains(column.name)) return own_value(table, column, row, attempt);
    if (column.identity_always) return std::nullopt;
    if (column.has_default && (attempt % 2 == 0 || chance % 2 == 0)) return std::nullopt;
    if (options_.nulls && !column.required && lacks(table, column, row, attempt)) return "null";
    return own_value(table, column, row, attempt);
  }

  // The first row has every value, and at first one of the others lacks each.
  bool lacks(TableIndex table, const ColumnFacts& column, int row, int attempt) const {
    if (row == 0) return false;
    if (attempt == 0)
      return row == 1 + static_cast<int>(hash(table, column.name + " lacks", 0, 0) % (kRows - 1));
    return hash(table, column.name + " lacks", row, attempt) % 3 == 0;
  }

  std::string own_value(TableIndex table, const ColumnFacts& column, int row, int attempt) const {
    const auto found = candidates_[table].find(column.name);
    if (found == candidates_[table].end()) return plain_value(table, column, row, attempt);
    const auto& accepted = found->second;
    const std::size_t number =
        attempt == 0 ? static_cast<std::size_t>(row) : hash(table, column.name, row, attempt);
    return accepted[number % accepted.size()];
  }

  // The value of a foreign key's column; nothing where the column is not in the key.
  std::optional<std::string> referred(TableIndex table, const Reference& reference,
                                      const ColumnFacts& column, int row, int attempt) {
    const auto at = std::find(reference.columns.begin(), reference.columns.end(), column.name);
    if (at == reference.columns.end()) return std::nullopt;
    const auto place = static_cast<std::size_t>(at - reference.columns.begin());
    const std::string& other_column = reference.target_columns[place];
    if (!reference.target) return "null";
    const TableIndex target = *reference.target;
    const std::uint64_t chance = hash(table, reference.columns.front() + " refers", row, attempt);
    const bool may_lack = options_.nulls && !column.required && row > 0;
    if (may_lack && chance % 4 == 0) return "null";
    if (group_of_[target] == group_of_[table]) return own_key(target, other_column, row, attempt);
    const std::uint64_t pick = attempt == 0 ? static_cast<std::uint64_t>(row) : chance / 4 % kRows;
    const std::string &key = work_.quote_name(other_column), &from = tables_[target].source;
    return "(select " + key + " from " + from + " order by tableoid, ctid limit 1 offset " +
           std::to_string(pick) + " % greatest(1, (select count(*) from " + from + ")))";
  }

  // The key that the same row of a table of this group gets.
  std::string own_key(TableIndex table, const std::string& name, int row, int attempt) {
    const auto& columns = tables_[table].columns;
    const auto column =
        std::find_if(columns.begin(), columns.end(),
                     [&](const ColumnFacts& candidate) { return candidate.name == name; });
    if (column == columns.end()) return "null";
    // A key may itself refer to another table outside of the circle.
    for (const Reference& reference : tables_[table].references)
      if (reference.target && group_of_[*reference.target] != group_of_[table])
        if (const auto value = referred(table, reference, *column, row, attempt)) return *value;
    return own_value(table, *column, row, attempt);
  }

  pqxx::work& work_;
  const ValueMaker values_;
  const FillOptions& options_;
  const std::vector<TableFacts> tables_;
  // Per table and column, the values that its conditions accept.
  std::vector<std::map<std::string, std::vector<std::string>>> candidates_;
  std::vector<Group> groups_;  // those that others refer to come first
  std::vector<std::size_t> group_of_;
  // Per table, the columns that tables of its own group refer to.
  std::vector<std::set<std::string>> referred_;
  std::vector<bool> filled_;
};

}  // namespace

Filled fill_tables(const std::string& url, const FillOptions& options) {
  const auto connection = postgres::connect(url);
  const pqxx::quiet_errorhandler quiet(*connection);
  try {
    pqxx::work work(*connection);
    work.exec("set client_min_messages = error; set search_path = pg_catalog");
    SilentTriggers triggers(work);
    const Filled filled = Filler(work, options).fill();
    triggers.restore();
    work.commit();
    return filled;
  } catch (...) {
    postgres::throw_database_error("fill the tables of " + postgres::display_url(url), url);
  }
}

}  // namespace schemac
