-- Indexes but those that back constraints and those that partitions have from the table above.
--@if EXISTS (SELECT FROM pg_index WHERE indexrelid >= 16384)
WITH
--@include index_keys
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
LEFT JOIN printed p ON p.indexrelid = i.indexrelid
WHERE c.relkind IN ('i', 'I') AND NOT c.relispartition AND i.indexrelid >= 16384 AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_constraint k
                  WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
