#include "codegen/postgres/backfill.h"

#include <algorithm>

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/online.h"
#include "codegen/postgres/parts.h"
#include "codegen/postgres/postgres.h"
#include "codegen/postgres/type_change.h"
#include "codegen/postgres/volatility.h"
#include "compiler/kinds/default.h"
#include "compiler/kinds/primary_key.h"
#include "compiler/kinds/sequence.h"

namespace schemac::postgres {
namespace {

constexpr int kBatchRows = 5000;
constexpr int kBatchPages = 128;

constexpr std::string_view kFilledInPart =
    "If it stops, the rows of whole batches keep their values, and the next run fills the others.";

// -- What rows get -------------------------------------------------------------------------------

bool is_new_column(const Object& column, const Context& plan) {
  return plan.before(column.id) == nullptr || plan.makes(column.id);
}

// Whether the plan turns a column that allows NULL into one that does not.
bool becomes_required(const Typed<Column>& now, const Context& plan) {
  const Object* before = plan.before(now.id());
  return before != nullptr && typed<Column>(*before).nullable && !now.nullable;
}

const Object* new_default(const Object& column, const Context& plan) {
  for (const Object* child : plan.children_after(column.id))
    if (&child->kind() == &default_kind)
      return is_new_column(column, plan) || plan.before(child->id) == nullptr ? child : nullptr;
  return nullptr;
}

// Whether all that the default needs is there before the column, or can be: a sequence needs none.
bool can_come_early(const Object& initial, const Object& column, const Context& plan) {
  return std::all_of(initial.depends.begin(), initial.depends.end(), [&](const Edge& edge) {
    const ObjectId& target = edge.target;
    return target == column.id || target == column.parent || &target.kind() == &sequence_kind ||
           (plan.before(target) != nullptr && !plan.makes(target));
  });
}

// -- Batches -------------------------------------------------------------------------------------

std::string text_of(const Sql& sql) {
  return render(sql, dialect());
}

// The columns by which the table is walked through: those of its primary key, where that has an
// index of all its rows.
std::vector<Ident> walking_key(const Context& plan, const ObjectId& table) {
  if (!is_partitioned(plan, table) && !tables_below(plan, table).empty()) return {};
  for (const Object* child : plan.children_after(table))
    if (&child->kind() == &primary_key_kind && plan.before(child->id) != nullptr &&
        !plan.makes(child->id) && !typed<PrimaryKey>(*child).without_overlaps)
      return typed<PrimaryKey>(*child).columns;
  return {};
}

// What the text of a block of batches is made of.
struct Batch {
  Sql table;
  Sql column;    // as it stands in conditions
  Sql set;       // `SET size = (length(name))`
  Sql progress;  // the statements that say how far it is
};

// `id` or `(a, b)`, with `of` before each where it is given.
Sql key_of(const std::vector<Ident>& key, const Sql& of) {
  std::vector<Sql> columns;
  for (const Ident& column : key) columns.push_back(sql(of, column));
  Sql list = join(columns, ", ");
  return key.size() == 1 ? list : sql("(", list, ")");
}

Sql ordered(const std::vector<Ident>& key, bool backwards) {
  std::vector<Sql> columns;
  for (const Ident& column : key) columns.push_back(sql(column, backwards ? sql(" DESC") : Sql()));
  return join(columns, ", ");
}

// From key to key: the first one that is left, and the last one of its batch.
Sql walk_key(const Batch& batch, const std::vector<Ident>& key) {
  const Sql here = key_of(key, {});
  const Sql first = key_of(key, sql("batch_first.")), last = key_of(key, sql("batch_last."));
  const Sql left = sql("FROM ", batch.table, " WHERE ", batch.column, " IS NULL");
  const Sql by_key = sql("ORDER BY ", ordered(key, false), " LIMIT ");
  return sql("\n#variable_conflict use_column\n",
             "DECLARE\n"
             "    batch_first record;\n"
             "    batch_last record;\n"
             "    batch_rows bigint;\n"
             "    filled_rows bigint := 0;\n"
             "BEGIN\n",  //
             "    SELECT ", names(key), " INTO batch_first\n    ", left, "\n    ", by_key, "1;\n",
             "    WHILE FOUND LOOP\n",  //
             "        SELECT ", names(key), " INTO batch_last FROM (\n", "            SELECT ",
             names(key), "\n            ", left, "\n              AND ", here, " >= ", first,
             "\n            ", by_key, kBatchRows, ") batch\n", "        ORDER BY ",
             ordered(key, true), " LIMIT 1;\n",  //
             "        UPDATE ", batch.table, " ", batch.set, "\n        WHERE ", batch.column,
             " IS NULL\n          AND ", here, " >= ", first, "\n          AND ", here,
             " <= ", last, ";\n",  //
             batch.progress,       //
             "        SELECT ", names(key), " INTO batch_first\n        ", left, "\n          AND ",
             here, " > ", last, "\n        ", by_key, "1;\n",
             "    END LOOP;\n"
             "END\n");
}

// The size of the longest of the files that the table and those below it have.
Sql longest_file(const Context& plan, const ObjectId& table) {
  const Literal name{text_of(sql(qname(table)))};
  if (tables_below(plan, table).empty()) return sql("pg_catalog.pg_relation_size(", name, ")");
  return sql(
      "(\n            WITH RECURSIVE part(id) AS (\n                SELECT ", name,
      "::pg_catalog.regclass::pg_catalog.oid UNION\n"
      "                SELECT inhrelid FROM pg_catalog.pg_inherits JOIN part ON inhparent = id)\n"
      "            SELECT max(pg_catalog.pg_relation_size(id)) FROM part)");
}

// From page to page, again and again until a walk finds nothing: rows that others change move.
Sql walk_pages(const Batch& batch, const Sql& value, const Sql& longest) {
  return sql("\n#variable_conflict use_column\n",
             "DECLARE\n"
             "    batch_page bigint;\n"
             "    batch_rows bigint;\n"
             "    filled_rows bigint := 0;\n"
             "    filled_before bigint;\n"
             "    page_bytes bigint := pg_catalog.current_setting('block_size');\n"
             "BEGIN\n"
             "    LOOP\n"
             "        batch_page := 0;\n"
             "        filled_before := filled_rows;\n",
             "        WHILE batch_page * page_bytes < ", longest, " LOOP\n",  //
             "            UPDATE ", batch.table, " ", batch.set, "\n            WHERE ",
             batch.column, " IS NULL AND ", value, " IS NOT NULL\n",
             "              AND ctid >= pg_catalog.format('(%s,0)', batch_page)::tid\n"
             "              AND ctid < pg_catalog.format('(%s,0)', batch_page + ",
             kBatchPages, ")::tid;\n",  //
             batch.progress,            //
             "            batch_page := batch_page + ", kBatchPages, ";\n",
             "        END LOOP;\n"
             "        EXIT WHEN filled_rows = filled_before;\n"
             "    END LOOP;\n"
             "END\n");
}

Sql progress_of(const Typed<Column>& column, const Sql& indent) {
  const Literal shown{text_of(sql(column.qname(), ".", column.name()))};
  return sql(indent, "GET DIAGNOSTICS batch_rows = ROW_COUNT;\n", indent, "COMMIT;\n", indent,
             "filled_rows := filled_rows + batch_rows;\n", indent,
             "RAISE NOTICE '%: % rows filled', ", shown, ", filled_rows;\n");
}

Action fill_by_batches(const Typed<Column>& column, const Sql& value, const Context& plan) {
  const ObjectId& table = column.object->parent;
  const std::vector<Ident> key = walking_key(plan, table);
  Batch batch{sql(column.qname()), sql(strict_name(column.name())),
              sql("SET ", column.name(), " = ", value),
              progress_of(column, key.empty() ? sql("            ") : sql("        "))};
  const Sql body =
      key.empty() ? walk_pages(batch, value, longest_file(plan, table)) : walk_key(batch, key);
  Action action = statement(sql("DO ", dollar_quoted(text_of(body))),
                            touch(plan, table, Lock::row_exclusive, false, true));
  action.tx = Tx::outside;
  action.resumable = true;
  action.if_stopped = kFilledInPart;
  return action;
}

}  // namespace

std::optional<ColumnDefault> filled_with(const Typed<Column>& column, const Context& plan) {
  if (plan.makes(column.object->parent) || column.identity || column.generated) return {};
  const bool comes = is_new_column(*column.object, plan);
  if (column.backfill && (comes || becomes_required(column, plan)))
    return ColumnDefault{*column.backfill, column.object};
  if (!comes || !is_validated_online(plan, column.object->parent)) return {};
  const Object* initial = new_default(*column.object, plan);
  if (initial == nullptr || base_type_after(column.type, plan).constrained ||
      !can_come_early(*initial, *column.object, plan))
    return {};
  const SqlText& value = typed<Default>(*initial).expression;
  if (!is_volatile(value, *initial, plan)) return {};
  return ColumnDefault{value, initial};
}

Action fill(const Typed<Column>& column, const ColumnDefault& value, bool only_nulls,
            const Context& plan) {
  const Sql text = sql(parenthesised(value.expression, *value.holder));
  if (is_validated_online(plan, column.object->parent)) return fill_by_batches(column, text, plan);
  Sql head = sql("UPDATE ", column.qname(), " SET ", column.name(), " = ", text);
  if (only_nulls) head.add(sql(" WHERE ", strict_name(column.name()), " IS NULL"));
  return statement(std::move(head),
                   touch(plan, column.object->parent, Lock::row_exclusive, false, true));
}

bool brings_default(const Object& column, const Context& plan) {
  const Object* initial = new_default(column, plan);
  return initial != nullptr && is_validated_online(plan, column.parent) &&
         filled_with(typed<Column>(column), plan) && can_come_early(*initial, column, plan);
}

}  // namespace schemac::postgres
