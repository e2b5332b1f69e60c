#pragma once
// What the rules read from parse trees.

#include <set>
#include <string>
#include <vector>

#include "compiler/ir/value.h"
#include "compiler/sqltext/tree.h"
#include "lint/known.h"

namespace schemac::lint {

using sqltext::as;
using sqltext::Message;

// Where names without a schema are looked up: the first schema of the search path.
struct Names {
  std::string schema = "public";

  QName qualified(const PgQuery__RangeVar* relation) const;
  // Of a list of String nodes: a qualified name.
  QName qualified(std::size_t count, PgQuery__Node* const* parts) const;
  // Of a node that is such a list, a single String, a type or a function with its arguments.
  QName qualified(const PgQuery__Node* node) const;
  // A type as `text`, the statement, writes it; std::nullopt where it cannot be read.
  std::optional<TypeRef> type(const PgQuery__TypeName* type, std::string_view text) const;
};

// Whether the name that a node holds has no schema.
bool is_unqualified(const PgQuery__Node* node);

// Strings of a list: names of columns.
std::vector<std::string> names_of(std::size_t count, PgQuery__Node* const* nodes);

// An identifier that the server would cut, "" where there is none.
std::string too_long_name(std::string_view text);

// Whether `test` holds for a message or one below it.
template <class Test>
bool any_node(const Message* message, const Test& test) {
  if (message == nullptr) return false;
  if (test(message)) return true;
  bool found = false;
  sqltext::for_each_child(message, [&](const ProtobufCFieldDescriptor&, const Message* child) {
    found = found || any_node(child, test);
  });
  return found;
}

// All that a tree names.
struct Named {
  std::set<std::string> columns;  // "*" for a star
  // The same with the relation that each is of; an empty one where the text alone does not tell.
  std::set<std::pair<QName, std::string>> columns_of;
  std::set<QName> relations;
  std::vector<QName> functions;
};
Named named_in(const PgQuery__Node* node, const Names& names);

// Columns that `condition` requires to be no NULL: of `a IS NOT NULL AND …`.
std::vector<std::string> proven_by(const PgQuery__Node* condition);

// Whether each row may get another value of the expression.
bool is_volatile(const PgQuery__Node* expression, Known& known, const Names& names);
// Whether it is a value of the moment: now(), current_user.
bool is_of_moment(const PgQuery__Node* expression);
// Whether it is NULL, or a cast of it.
bool is_null(const PgQuery__Node* expression);
// The text of a constant, "" where it is none.
std::string constant(const PgQuery__Node* node);
// All constants of an expression, as text.
std::set<std::string> constants_in(const PgQuery__Node* expression);
// The value of an option: a word, a number or a string.
std::string option_value(const PgQuery__DefElem& option);
// An option of a list, or nullptr.
const PgQuery__DefElem* option_of(std::size_t count, PgQuery__Node* const* options,
                                  std::string_view name);

// What a query shows, by name, where its text tells.
std::vector<std::string> output_of(const PgQuery__Node* query, Known& known, const Names& names);

// Types of a function's input arguments, as one text.
std::string arguments_of(std::size_t count, PgQuery__Node* const* parameters, const Names& names,
                         std::string_view text);

}  // namespace schemac::lint

namespace schemac::sqltext {
#define SCHEMAC_NODE(Type, descriptor_)                        \
  template <>                                                  \
  struct DescriptorOf<PgQuery__##Type> {                       \
    static constexpr const ProtobufCMessageDescriptor* value = \
        &pg_query__##descriptor_##__descriptor;                \
  }
SCHEMAC_NODE(AccessPriv, access_priv);
SCHEMAC_NODE(AlterDefaultPrivilegesStmt, alter_default_privileges_stmt);
SCHEMAC_NODE(AlterDomainStmt, alter_domain_stmt);
SCHEMAC_NODE(AlterEnumStmt, alter_enum_stmt);
SCHEMAC_NODE(AlterExtensionStmt, alter_extension_stmt);
SCHEMAC_NODE(AlterFunctionStmt, alter_function_stmt);
SCHEMAC_NODE(AlterObjectSchemaStmt, alter_object_schema_stmt);
SCHEMAC_NODE(AlterOwnerStmt, alter_owner_stmt);
SCHEMAC_NODE(AlterPolicyStmt, alter_policy_stmt);
SCHEMAC_NODE(AlterPublicationStmt, alter_publication_stmt);
SCHEMAC_NODE(AlterSeqStmt, alter_seq_stmt);
SCHEMAC_NODE(AlterSystemStmt, alter_system_stmt);
SCHEMAC_NODE(AlterTableCmd, alter_table_cmd);
SCHEMAC_NODE(AlterTableMoveAllStmt, alter_table_move_all_stmt);
SCHEMAC_NODE(AlterTableStmt, alter_table_stmt);
SCHEMAC_NODE(Boolean, boolean);
SCHEMAC_NODE(BoolExpr, bool_expr);
SCHEMAC_NODE(ClusterStmt, cluster_stmt);
SCHEMAC_NODE(ColumnDef, column_def);
SCHEMAC_NODE(CommentStmt, comment_stmt);
SCHEMAC_NODE(CompositeTypeStmt, composite_type_stmt);
SCHEMAC_NODE(Constraint, constraint);
SCHEMAC_NODE(ConstraintsSetStmt, constraints_set_stmt);
SCHEMAC_NODE(CopyStmt, copy_stmt);
SCHEMAC_NODE(CreateDomainStmt, create_domain_stmt);
SCHEMAC_NODE(CreatedbStmt, createdb_stmt);
SCHEMAC_NODE(CreateEnumStmt, create_enum_stmt);
SCHEMAC_NODE(CreateExtensionStmt, create_extension_stmt);
SCHEMAC_NODE(CreateForeignTableStmt, create_foreign_table_stmt);
SCHEMAC_NODE(CreateFunctionStmt, create_function_stmt);
SCHEMAC_NODE(CreatePLangStmt, create_plang_stmt);
SCHEMAC_NODE(CreatePolicyStmt, create_policy_stmt);
SCHEMAC_NODE(CreatePublicationStmt, create_publication_stmt);
SCHEMAC_NODE(CreateSeqStmt, create_seq_stmt);
SCHEMAC_NODE(CreateStatsStmt, create_stats_stmt);
SCHEMAC_NODE(CreateStmt, create_stmt);
SCHEMAC_NODE(CreateSubscriptionStmt, create_subscription_stmt);
SCHEMAC_NODE(CreateTableAsStmt, create_table_as_stmt);
SCHEMAC_NODE(CreateTableSpaceStmt, create_table_space_stmt);
SCHEMAC_NODE(CreateTrigStmt, create_trig_stmt);
SCHEMAC_NODE(DefElem, def_elem);
SCHEMAC_NODE(DiscardStmt, discard_stmt);
SCHEMAC_NODE(DropdbStmt, dropdb_stmt);
SCHEMAC_NODE(DropOwnedStmt, drop_owned_stmt);
SCHEMAC_NODE(DropSubscriptionStmt, drop_subscription_stmt);
SCHEMAC_NODE(DropTableSpaceStmt, drop_table_space_stmt);
SCHEMAC_NODE(Float, float);
SCHEMAC_NODE(FunctionParameter, function_parameter);
SCHEMAC_NODE(GrantStmt, grant_stmt);
SCHEMAC_NODE(Integer, integer);
SCHEMAC_NODE(LockStmt, lock_stmt);
SCHEMAC_NODE(NullTest, null_test);
SCHEMAC_NODE(ObjectWithArgs, object_with_args);
SCHEMAC_NODE(PartitionCmd, partition_cmd);
SCHEMAC_NODE(PartitionElem, partition_elem);
SCHEMAC_NODE(PublicationObjSpec, publication_obj_spec);
SCHEMAC_NODE(ReassignOwnedStmt, reassign_owned_stmt);
SCHEMAC_NODE(RefreshMatViewStmt, refresh_mat_view_stmt);
SCHEMAC_NODE(ReindexStmt, reindex_stmt);
SCHEMAC_NODE(RenameStmt, rename_stmt);
SCHEMAC_NODE(ReplicaIdentityStmt, replica_identity_stmt);
SCHEMAC_NODE(RoleSpec, role_spec);
SCHEMAC_NODE(RuleStmt, rule_stmt);
SCHEMAC_NODE(StatsElem, stats_elem);
SCHEMAC_NODE(TableLikeClause, table_like_clause);
SCHEMAC_NODE(TransactionStmt, transaction_stmt);
SCHEMAC_NODE(TruncateStmt, truncate_stmt);
SCHEMAC_NODE(VacuumRelation, vacuum_relation);
SCHEMAC_NODE(VacuumStmt, vacuum_stmt);
SCHEMAC_NODE(VariableSetStmt, variable_set_stmt);
SCHEMAC_NODE(ViewStmt, view_stmt);
#undef SCHEMAC_NODE
}  // namespace schemac::sqltext
