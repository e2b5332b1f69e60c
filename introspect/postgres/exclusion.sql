-- Exclusion constraints with the keys of their indexes.
--@if EXISTS (SELECT FROM pg_constraint WHERE contype = 'x')
WITH
--@include index_keys
SELECT 'pg_constraint'::regclass::oid AS classid, k.oid AS objid, k.conrelid AS parent,
       k.conname AS name,
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
       s.key_statistics,
       (SELECT array_agg(ARRAY[n.nspname, o.oprname] ORDER BY x.position)
        FROM unnest(k.conexclop) WITH ORDINALITY x(operator, position)
        JOIN pg_operator o ON o.oid = x.operator
        JOIN pg_namespace n ON n.oid = o.oprnamespace) AS "elements.operator",
       CASE WHEN i.indnatts > i.indnkeyatts THEN
         (i.indkey::int2[])[i.indnkeyatts:i.indnatts - 1]
       END AS include,
       c.reloptions AS "with",
       ts.spcname AS tablespace,
       p.predicate AS "where",
       k.condeferrable AS deferrable,
       k.condeferred AS initially_deferred,
       i.indisclustered AS cluster,
       said.description AS index_comment
FROM pg_constraint k
JOIN pg_index i ON i.indexrelid = k.conindid
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_am am ON am.oid = c.relam
LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_description said ON said.classoid = 'pg_class'::regclass AND said.objoid = k.conindid
                                 AND said.objsubid = 0
LEFT JOIN keys s ON s.attrelid = i.indexrelid
LEFT JOIN printed p ON p.indexrelid = i.indexrelid
WHERE k.contype = 'x' AND k.conrelid >= 16384 AND k.conparentid = 0
