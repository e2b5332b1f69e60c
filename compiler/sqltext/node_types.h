#pragma once
// Which message of the parser is which node type.

#include <pg_query/pg_query.pb-c.h>

namespace schemac::sqltext {

template <class T>
struct DescriptorOf;
#define SCHEMAC_NODE(Type, descriptor_)                        \
  template <>                                                  \
  struct DescriptorOf<PgQuery__##Type> {                       \
    static constexpr const ProtobufCMessageDescriptor* value = \
        &pg_query__##descriptor_##__descriptor;                \
  }
SCHEMAC_NODE(AArrayExpr, a__array_expr);
SCHEMAC_NODE(AccessPriv, access_priv);
SCHEMAC_NODE(AConst, a__const);
SCHEMAC_NODE(AExpr, a__expr);
SCHEMAC_NODE(AIndirection, a__indirection);
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
SCHEMAC_NODE(AStar, a__star);
SCHEMAC_NODE(Boolean, boolean);
SCHEMAC_NODE(BoolExpr, bool_expr);
SCHEMAC_NODE(CallStmt, call_stmt);
SCHEMAC_NODE(CaseExpr, case_expr);
SCHEMAC_NODE(ClusterStmt, cluster_stmt);
SCHEMAC_NODE(CollateClause, collate_clause);
SCHEMAC_NODE(ColumnDef, column_def);
SCHEMAC_NODE(ColumnRef, column_ref);
SCHEMAC_NODE(CommentStmt, comment_stmt);
SCHEMAC_NODE(CommonTableExpr, common_table_expr);
SCHEMAC_NODE(CompositeTypeStmt, composite_type_stmt);
SCHEMAC_NODE(Constraint, constraint);
SCHEMAC_NODE(ConstraintsSetStmt, constraints_set_stmt);
SCHEMAC_NODE(CopyStmt, copy_stmt);
SCHEMAC_NODE(CreatedbStmt, createdb_stmt);
SCHEMAC_NODE(CreateDomainStmt, create_domain_stmt);
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
SCHEMAC_NODE(DeleteStmt, delete_stmt);
SCHEMAC_NODE(DiscardStmt, discard_stmt);
SCHEMAC_NODE(DoStmt, do_stmt);
SCHEMAC_NODE(DropdbStmt, dropdb_stmt);
SCHEMAC_NODE(DropOwnedStmt, drop_owned_stmt);
SCHEMAC_NODE(DropStmt, drop_stmt);
SCHEMAC_NODE(DropSubscriptionStmt, drop_subscription_stmt);
SCHEMAC_NODE(DropTableSpaceStmt, drop_table_space_stmt);
SCHEMAC_NODE(Float, float);
SCHEMAC_NODE(FuncCall, func_call);
SCHEMAC_NODE(FunctionParameter, function_parameter);
SCHEMAC_NODE(GrantStmt, grant_stmt);
SCHEMAC_NODE(IndexElem, index_elem);
SCHEMAC_NODE(IndexStmt, index_stmt);
SCHEMAC_NODE(InsertStmt, insert_stmt);
SCHEMAC_NODE(Integer, integer);
SCHEMAC_NODE(JoinExpr, join_expr);
SCHEMAC_NODE(List, list);
SCHEMAC_NODE(LockStmt, lock_stmt);
SCHEMAC_NODE(MergeStmt, merge_stmt);
SCHEMAC_NODE(MinMaxExpr, min_max_expr);
SCHEMAC_NODE(Node, node);
SCHEMAC_NODE(NullTest, null_test);
SCHEMAC_NODE(ObjectWithArgs, object_with_args);
SCHEMAC_NODE(PartitionCmd, partition_cmd);
SCHEMAC_NODE(PartitionElem, partition_elem);
SCHEMAC_NODE(PublicationObjSpec, publication_obj_spec);
SCHEMAC_NODE(RangeFunction, range_function);
SCHEMAC_NODE(RangeSubselect, range_subselect);
SCHEMAC_NODE(RangeTableFunc, range_table_func);
SCHEMAC_NODE(RangeVar, range_var);
SCHEMAC_NODE(ReassignOwnedStmt, reassign_owned_stmt);
SCHEMAC_NODE(RefreshMatViewStmt, refresh_mat_view_stmt);
SCHEMAC_NODE(ReindexStmt, reindex_stmt);
SCHEMAC_NODE(RenameStmt, rename_stmt);
SCHEMAC_NODE(ReplicaIdentityStmt, replica_identity_stmt);
SCHEMAC_NODE(ResTarget, res_target);
SCHEMAC_NODE(RoleSpec, role_spec);
SCHEMAC_NODE(RuleStmt, rule_stmt);
SCHEMAC_NODE(SelectStmt, select_stmt);
SCHEMAC_NODE(SortBy, sort_by);
SCHEMAC_NODE(SQLValueFunction, sqlvalue_function);
SCHEMAC_NODE(StatsElem, stats_elem);
SCHEMAC_NODE(String, string);
SCHEMAC_NODE(SubLink, sub_link);
SCHEMAC_NODE(TableLikeClause, table_like_clause);
SCHEMAC_NODE(TransactionStmt, transaction_stmt);
SCHEMAC_NODE(TruncateStmt, truncate_stmt);
SCHEMAC_NODE(TypeCast, type_cast);
SCHEMAC_NODE(TypeName, type_name);
SCHEMAC_NODE(UpdateStmt, update_stmt);
SCHEMAC_NODE(VacuumRelation, vacuum_relation);
SCHEMAC_NODE(VacuumStmt, vacuum_stmt);
SCHEMAC_NODE(VariableSetStmt, variable_set_stmt);
SCHEMAC_NODE(ViewStmt, view_stmt);
SCHEMAC_NODE(XmlExpr, xml_expr);
SCHEMAC_NODE(XmlSerialize, xml_serialize);
#undef SCHEMAC_NODE

}  // namespace schemac::sqltext
