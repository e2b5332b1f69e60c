#pragma once
// The walk that finds the names of a tree, with the relations that are in sight of each.

#include <vector>

#include "compiler/sqltext/tree.h"

namespace schemac::sqltext {

// A relation in sight: what FROM, or the target of a statement, holds at one level.
struct InSight {
  QName name;   // empty for subqueries, functions and common table expressions
  Ident alias;  // what columns are qualified by
  bool aliased = false;
};
using Level = std::vector<InSight>;

// Calls one function for each name of a tree. Derive, override what matters, call walk().
class Walker {
 public:
  virtual ~Walker() = default;
  void walk(const Message* root);

 protected:
  // Relations in sight, innermost level last.
  const std::vector<Level>& levels() const { return levels_; }
  // A level around the whole tree: the table that an expression stands on.
  void push_level(Level level) { levels_.push_back(std::move(level)); }

  virtual void on_relation(const PgQuery__RangeVar&) {}
  // `sorting`: a key of ORDER BY, where names of the output come first.
  virtual void on_column(const PgQuery__ColumnRef&, bool /*sorting*/) {}
  // A column that a statement sets, or a key of ON CONFLICT; of the innermost level's first.
  virtual void on_target_column(const char* /*name*/, std::int32_t /*location*/) {}
  virtual void on_joined_column(const char* /*name*/) {}
  // A SELECT begins; its level is the innermost one.
  virtual void on_select(const PgQuery__SelectStmt&) {}
  virtual void on_output(const PgQuery__ResTarget&) {}
  virtual void on_function(const PgQuery__FuncCall&) {}
  virtual void on_type(const PgQuery__TypeName&) {}
  virtual void on_collation(const PgQuery__CollateClause&) {}
  virtual void on_operator(const PgQuery__AExpr&) {}
  // A literal that names an object: `'…'::regclass`, nextval('…'); `type` is regclass, regtype,
  // regproc or regprocedure.
  virtual void on_named(const PgQuery__AConst&, std::string_view /*type*/) {}
  // A literal that is cast to a type, an item of an array that is cast included.
  virtual void on_literal(const PgQuery__AConst&, const QName& /*type*/) {}

 private:
  void visit(const Message* message);
  void visit_children(const Message* message);
  void visit_select(const PgQuery__SelectStmt& select);
  void visit_with(const PgQuery__WithClause* with);
  void visit_targets(std::size_t count, PgQuery__Node* const* targets);
  void visit_writing(const Message* message);
  void visit_cast(const PgQuery__TypeCast& cast);
  void visit_call(const PgQuery__FuncCall& call);
  void add_in_sight(Level& level, const PgQuery__Node* item) const;
  void add_in_sight(Level& level, const PgQuery__RangeVar& relation) const;
  bool is_cte(const PgQuery__RangeVar& relation) const;

  std::vector<Level> levels_;
  std::vector<std::string> ctes_;  // in sight, innermost last
};

}  // namespace schemac::sqltext
