-- Tables of all sorts: plain, foreign, partitioned, partitions, inheriting, typed.
--@if EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p', 'f') AND oid >= 16384)
WITH bound AS (
  SELECT c.oid, pg_get_expr(c.relpartbound, c.oid) AS text
  FROM pg_class c WHERE c.relkind IN ('r', 'p', 'f') AND c.relispartition AND c.oid >= 16384),
-- The values of a bound in order: literals, numbers and words.
item AS (
  SELECT b.oid, m.position, m.token[1] AS token, count(*) OVER (PARTITION BY b.oid) AS items
  FROM bound b,
       regexp_matches(regexp_replace(b.text, '^FOR VALUES [A-Z]+', ''),
                      'E?''(?:[^'']|'''')*''|[^,()''\s]+', 'g') WITH ORDINALITY m(token, position)
  WHERE m.token[1] <> 'TO'),
edge AS (
  SELECT oid,
         json_agg(json_build_object(CASE WHEN token IN ('MINVALUE', 'MAXVALUE') THEN 'edge'
                                         ELSE 'value' END,
                                    CASE WHEN token IN ('MINVALUE', 'MAXVALUE') THEN lower(token)
                                         ELSE token END)
                  ORDER BY position) FILTER (WHERE position <= items / 2) AS lower,
         json_agg(json_build_object(CASE WHEN token IN ('MINVALUE', 'MAXVALUE') THEN 'edge'
                                         ELSE 'value' END,
                                    CASE WHEN token IN ('MINVALUE', 'MAXVALUE') THEN lower(token)
                                         ELSE token END)
                  ORDER BY position) FILTER (WHERE position > items / 2) AS upper,
         array_agg(token ORDER BY position) AS tokens
  FROM item GROUP BY oid),
-- Above each table those that it inherits from or is a partition of.
above AS (
  SELECT i.inhrelid AS oid, array_agg(ARRAY[n.nspname, p.relname] ORDER BY i.inhseqno) AS names,
         min(i.inhparent) AS parent
  FROM pg_inherits i
  JOIN pg_class p ON p.oid = i.inhparent
  JOIN pg_namespace n ON n.oid = p.relnamespace
  WHERE p.relkind IN ('r', 'p', 'f') GROUP BY i.inhrelid)
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, n.nspname AS schema, c.relname AS name,
       c.relpersistence = 'u' AS unlogged,
       c.relkind = 'f' AS "foreign",
       CASE WHEN c.relispartition THEN above.names[1:1] END AS partition_of,
       CASE WHEN b.text LIKE 'FOR VALUES FROM%' THEN edge.lower END AS "from",
       CASE WHEN b.text LIKE 'FOR VALUES FROM%' THEN edge.upper END AS "to",
       CASE WHEN b.text LIKE 'FOR VALUES IN%' THEN edge.tokens END AS "in",
       CASE WHEN b.text LIKE 'FOR VALUES WITH%' THEN
         json_build_object('modulus', substring(b.text FROM 'modulus (\d+)')::int,
                           'remainder', substring(b.text FROM 'remainder (\d+)')::int)
       END AS hash,
       coalesce(b.text = 'DEFAULT', false) AS "default",
       CASE WHEN c.reloftype <> 0 THEN c.reloftype || ' -1' END AS of,
       CASE WHEN NOT c.relispartition THEN above.names END AS inherits,
       -- A partition's columns, where they do not stand in the order of the table above it.
       CASE WHEN c.relispartition THEN
         (SELECT CASE WHEN array_agg(a.attname ORDER BY a.attnum)
                           <> array_agg(a.attname ORDER BY p.attnum)
                 THEN array_agg(a.attname ORDER BY a.attnum) END
          FROM pg_attribute a
          JOIN pg_attribute p ON p.attrelid = above.parent AND p.attname = a.attname
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
       END AS columns,
       fs.srvname AS server,
       ft.ftoptions AS options,
       NULLIF(am.amname, 'heap') AS access_method,
       ts.spcname AS tablespace,
       CASE WHEN toast.reloptions IS NULL THEN c.reloptions
            ELSE c.reloptions || ARRAY(SELECT 'toast.' || o FROM unnest(toast.reloptions) o)
       END AS "with",
       CASE WHEN c.relkind <> 'f' THEN
         CASE c.relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing' END
       END AS replica_identity,
       CASE k.partstrat WHEN 'r' THEN 'range' WHEN 'l' THEN 'list' WHEN 'h' THEN 'hash'
       END AS "partition_by.strategy",
       k.partnatts AS key_count,
       k.partattrs AS key_columns,
       k.partclass AS key_classes,
       k.partcollation AS key_collations,
       CASE WHEN k.partrelid IS NOT NULL THEN array_fill(0, ARRAY[k.partnatts::int])
       END AS key_options,
       pg_get_expr(k.partexprs, k.partrelid) AS key_expression_list,
       CASE WHEN k.partexprs IS NOT NULL THEN
         ARRAY(SELECT o.opcintype FROM unnest(k.partclass::oid[]) WITH ORDINALITY u(id, position)
               JOIN pg_opclass o ON o.oid = u.id ORDER BY u.position)
       END AS key_types,
       CASE WHEN k.partexprs IS NOT NULL THEN pg_get_partkeydef(c.oid) END AS key_definition,
       NULL AS key_parameters
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am am ON am.oid = c.relam
LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid AND toast.reloptions IS NOT NULL
LEFT JOIN pg_foreign_table ft ON ft.ftrelid = c.oid
LEFT JOIN pg_foreign_server fs ON fs.oid = ft.ftserver
LEFT JOIN pg_partitioned_table k ON k.partrelid = c.oid
LEFT JOIN above ON above.oid = c.oid
LEFT JOIN bound b ON b.oid = c.oid
LEFT JOIN edge ON edge.oid = c.oid
WHERE c.relkind IN ('r', 'p', 'f') AND c.oid >= 16384 AND n.nspname !~ '^pg_'
