#pragma once
// What the rules see, and where they say what they found.

#include <functional>
#include <map>
#include <set>

#include "lint/lint.h"
#include "lint/trees.h"

namespace schemac::lint {

// What a statement does to the rows of a relation.
struct Work {
  bool rewrites = false;
  bool scans = false;
  bool builds = false;
};

// What a transaction has done so far.
struct Transaction {
  std::map<QName, Lock> locks;                        // on relations that were there before
  std::map<QName, std::size_t> locked_by;             // the statement that took the strongest
  std::set<QName> written;                            // relations whose rows it changed
  std::set<std::pair<QName, std::string>> not_valid;  // constraints that it added NOT VALID
  std::map<QName, std::set<std::string>> new_values;  // of enums
};

struct SessionState {
  bool lock_timeout = false;  // one is in force
  bool statement_timeout = false;
  std::string time_zone;        // "" where the file does not say
  std::set<std::string> left;   // settings that outlive the file
  std::set<std::string> local;  // those of the transaction
};

enum class Direction : std::uint8_t { up, down };

class Context {
 public:
  Context(Known& known_, const Options& options_, const Part& part_, Direction direction_,
          int migration_)
      : known(known_),
        options(options_),
        part(part_),
        direction(direction_),
        migration(migration_) {}

  Known& known;
  const Options& options;
  const Part& part;
  const Direction direction;
  const int migration;  // its number, from 1
  Names names;
  Judgement result;
  SessionState session;
  Transaction transaction;
  bool in_transaction = false;
  std::set<std::string> conditional;  // what the migration made only where it was not there yet
  std::size_t statement = 0;          // its number in the part
  std::string_view text;              // the statement
  Newer newer = Newer::nothing;

  // Whether this migration made it.
  bool is_new(const Relation& relation) const { return relation.made_in == migration; }
  bool has_version(int major) const { return options.server_version >= major; }

  // Says that the statement takes `lock` on the relation, and what it does to it meanwhile.
  void lock(const Relation& relation, Lock lock, Work work = {});
  // The same for a relation and all below it.
  void lock_all(Relation& relation, Lock lock, Work work = {});

  // Reports a hazard of this statement. Where `on` is given, what this migration made itself is
  // nobody's concern.
  void report(std::string_view code, std::string object, const Relation* on = nullptr,
              std::string detail = "");
  void report(std::string_view code, const Relation& on, std::string detail = "") {
    report(code, shown(on.name), &on, std::move(detail));
  }
  // Reports it at the end of the part, unless it is settled by then.
  void report_unless(std::string_view code, std::string object, const Relation* on,
                     std::function<bool()> settled, std::string detail = "");
  // Names what happened to an object in this part: `drop view s.v`.
  void note(const std::string& event) { events_.insert({event, statement}); }
  bool happened(const std::string& event) const { return events_.contains(event); }
  bool happened_after(const std::string& event, std::size_t statement_) const;

  // The statement cannot run inside of a transaction.
  void needs_no_transaction(std::string_view what);
  void end_of_part();

 private:
  struct Pending {
    Finding finding;
    std::function<bool()> settled;
  };
  bool is_reported(const Hazard& hazard, const Relation* on) const;
  void notice_lock(const Relation& relation, Lock lock, const Work& work);

  std::vector<Pending> pending_;
  std::multimap<std::string, std::size_t> events_;
  std::set<std::string_view> once_;   // codes that a part is told once
  std::vector<std::size_t> outside_;  // statements that cannot run in a transaction
};

// The rules, each for a family of statements: they say what the statement does and change what is
// known accordingly. False where the statement is none of theirs.
bool judge_session(Context& context, const Message* statement);
bool judge_table(Context& context, const Message* statement);  // CREATE, ALTER TABLE
bool judge_index(Context& context, const Message* statement);
bool judge_drop(Context& context, const Message* statement);
bool judge_rename(Context& context, const Message* statement);  // and SET SCHEMA, OWNER
bool judge_rows(Context& context, const Message* statement);    // INSERT, UPDATE, DELETE …
bool judge_type(Context& context, const Message* statement);
bool judge_routine(Context& context, const Message* statement);  // functions, triggers, rules
bool judge_view(Context& context, const Message* statement);
bool judge_access(Context& context, const Message* statement);  // grants, policies, extensions
bool judge_other(Context& context, const Message* statement);   // sequences, publications …

}  // namespace schemac::lint
