#pragma once
// A plan: what must be done to get from one catalog to another, in order, with what each statement
// does to the database while it runs.

#include <string>
#include <vector>

#include "base/rare.h"
#include "base/sql.h"
#include "compiler/diff/diff.h"
#include "compiler/ir/catalog.h"

namespace schemac {

// PostgreSQL's table locks, weakest first; other systems map theirs onto these.
enum class Lock : std::uint8_t {
  none,
  access_share,
  row_share,
  row_exclusive,
  share_update_exclusive,
  share,
  share_row_exclusive,
  exclusive,
  access_exclusive,
};
std::string_view to_string(Lock lock);  // `ACCESS EXCLUSIVE`

enum class Tx : std::uint8_t {
  inside,        // shares a transaction with its neighbours
  commit_after,  // its effect can be used only after a commit
  alone,         // in a transaction of its own, so that what came before holds no locks meanwhile
  outside,       // cannot run inside a transaction block
};

enum class Loss : std::uint8_t {
  nothing,
  rebuildable,  // an index, a view: gone until it is made again
  rows,         // values that nothing brings back
};

// What a statement does to one relation. Defaults to the worst.
struct Touch {
  ObjectId relation;
  Lock lock = Lock::access_exclusive;
  bool rewrites = false;  // the heap is written anew
  bool scans = false;     // every row is read, or an index built, while the lock is held
};

// How several parts of one statement are written.
enum class Elements : std::uint8_t {
  none,
  parens,    // head (a, b) tail
  appended,  // head a b tail
};

// One statement: head, elements, tail. Elements come from actions on children that fold into it.
struct Action {
  Sql head;
  Elements style = Elements::none;
  RareList<Sql> elements;
  Sql tail;

  // What this action contributes to the statement that creates its object's parent, when both come
  // in one plan: a column inside CREATE TABLE, a default behind its column. Empty: never folds.
  Sql folded;

  std::vector<Touch> touches;
  Tx tx = Tx::inside;
  Loss loss = Loss::nothing;
  // Whose rows are lost, where that is not all of the action's object.
  RareList<ObjectId> loses;
  // What is there if the plan stops in or right before the statement: for those that stand apart
  // from the others.
  std::string_view if_stopped = {};
  // It commits as it goes, and goes on where it stopped when it is run again.
  bool resumable = false;
  bool late = false;
  // Prepares what is to replace the object under another name while that is still there.
  bool ahead = false;
  // Makes a beginning of an object, which the statement behind it makes whole: a type's shell.
  bool unfinished = false;
  // Ends the dependence on what goes, so that it need not wait for what comes instead.
  bool lets_go = false;
  // The object that the statement is about where that is not its own: a plan that drops that, or
  // makes it anew as it is to be, has no use for the statement. Empty: its own.
  ObjectId about;

  // Fine print for the order. An action needs what its object depends on, its parent included,
  // except `without`; it comes besides after what `after` names, be that there then or gone, if it
  // can after what `rather_after` names, and before changes of what `before` names. What depends on
  // the object waits for all its actions but the late ones (`ALTER SEQUENCE … OWNED BY` behind
  // CREATE SEQUENCE).
  RareList<ObjectId> without;
  RareList<ObjectId> after, rather_after;
  RareList<ObjectId> before;
  // Room that several objects share in another one, which this gives up or needs: rows of a
  // partitioned table. What gives some up comes first.
  RareList<ObjectId> frees, takes;
};
using Actions = std::vector<Action>;

// The statement as text in `dialect`, without the final semicolon.
std::string statement_text(const Action& action, const Dialect& dialect);

enum class Verb : std::uint8_t { create, drop, alter, rename };
std::string_view to_string(Verb verb);

// Why a statement is there: `customer.tier: added`.
struct Reason {
  ObjectId object;
  std::string text;        // `added`, `type integer -> bigint`, `rebuilt around shop.customer.tier`
  SourceSpan declared_at;  // line of the model, where there is one
};

struct Step {
  Action action;
  ObjectId subject;
  Verb verb = Verb::create;
  bool existing = false;  // whether the subject, or what it stands in, existed before this plan
  std::vector<Reason> reasons;
};

// Steps that share a transaction, or one step that must stand outside of any.
struct Segment {
  bool transactional = true;
  std::vector<Step> steps;

  // Whether it is one step that shares its transaction with no other.
  bool alone() const { return !steps.empty() && steps.front().action.tx == Tx::alone; }
};

struct Plan {
  std::vector<Change> changes;
  std::vector<Segment> segments;
  // Objects whose rows cannot come back after this plan, in plain words for the files.
  std::vector<ObjectId> lost;

  bool empty() const { return segments.empty(); }
};

}  // namespace schemac
