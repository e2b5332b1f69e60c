-- Indexes but those that back constraints and those that partitions have from the table above.
--@if EXISTS (SELECT FROM pg_index WHERE indexrelid >= 16384)
WITH
--@include index_keys
,
-- What the server prints of expressions and predicates, once for all that are the same over columns
-- of the same names, as with checks.
alike AS MATERIALIZED (
  SELECT i.indexrelid,
         sha256(convert_to(concat_ws(' ', coalesce(i.indexprs::text, '-'),
           coalesce(i.indpred::text, '-'), i.indkey::text, n.names,
           CASE WHEN concat(i.indexprs::text, i.indpred::text) LIKE '%:varattno 0 %'
                THEN i.indrelid END), 'UTF8')) AS digest
  FROM pg_index i
  JOIN (
    SELECT t.indrelid, a.names
    FROM (SELECT DISTINCT indrelid FROM pg_index
          WHERE (indexprs IS NOT NULL OR indpred IS NOT NULL) AND indexrelid >= 16384) t
    CROSS JOIN LATERAL (
      SELECT array_agg(a.attname ORDER BY a.attnum)::text AS names
      FROM pg_attribute a WHERE a.attrelid = t.indrelid AND a.attnum > 0 OFFSET 0) a) n
    ON n.indrelid = i.indrelid
  WHERE (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL) AND i.indexrelid >= 16384),
printed AS MATERIALIZED (
  SELECT f.digest, pg_get_expr(i.indpred, i.indrelid) AS predicate,
         CASE WHEN i.indexprs IS NULL THEN NULL
              WHEN cardinality(array_positions(i.indkey::int2[], 0::int2)) = 1
                THEN ARRAY[pg_get_expr(i.indexprs, i.indrelid)]
              ELSE ARRAY(SELECT CASE WHEN d LIKE '(%' THEN substr(d, 2, length(d) - 2) ELSE d END
                         FROM unnest(array_positions(i.indkey::int2[], 0::int2)) p,
                              pg_get_indexdef(i.indexrelid, p + 1, false) d)
         END AS expressions
  FROM (SELECT digest, min(indexrelid) AS indexrelid FROM alike GROUP BY digest) f
  JOIN pg_index i ON i.indexrelid = f.indexrelid),
said AS MATERIALIZED (
  SELECT a.indexrelid, p.expressions, p.predicate
  FROM alike a JOIN printed p ON p.digest = a.digest)
SELECT 'pg_class'::regclass::oid AS classid, i.indexrelid AS objid, i.indrelid AS parent,
       n.nspname AS schema, c.relname AS name,
       i.indisunique AS "unique",
       am.amname AS method,
       i.indnkeyatts AS key_count,
       i.indkey AS key_columns,
       i.indclass AS key_classes,
       i.indcollation AS key_collations,
       i.indoption AS key_options,
       p.expressions AS key_expressions,
       -- Types of the expressions, and the text that shows which of them name a collation.
       CASE WHEN i.indexprs IS NOT NULL THEN
         ARRAY(SELECT a.atttypid FROM pg_attribute a
               WHERE a.attrelid = i.indexrelid AND a.attnum > 0 ORDER BY a.attnum)
       END AS key_types,
       CASE WHEN i.indexprs IS NOT NULL
                 AND EXISTS (SELECT FROM unnest(i.indcollation::oid[]) o WHERE o NOT IN (0, 100))
            THEN pg_get_indexdef(i.indexrelid)
       END AS key_definition,
       s.key_parameters,
       CASE WHEN i.indnatts > i.indnkeyatts THEN
         (i.indkey::int2[])[i.indnkeyatts:i.indnatts - 1]
       END AS include,
--@15+ i.indnullsnotdistinct AS nulls_not_distinct,
       c.reloptions AS "with",
       ts.spcname AS tablespace,
       p.predicate AS "where",
       CASE WHEN i.indisreplident THEN
         (SELECT r.relreplident = 'i' FROM pg_class r WHERE r.oid = i.indrelid)
       END AS replica_identity,
       i.indisclustered AS cluster,
       s.key_statistics,
       NOT i.indisvalid AS invalid
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_am am ON am.oid = c.relam
LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN keys s ON s.attrelid = i.indexrelid
LEFT JOIN said p ON p.indexrelid = i.indexrelid
WHERE c.relkind IN ('i', 'I') AND NOT c.relispartition AND i.indexrelid >= 16384 AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_constraint k
                  WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
