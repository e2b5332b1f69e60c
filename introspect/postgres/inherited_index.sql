-- Indexes of partitions that have another name than the server would have given them, or something
-- that those further up have not: storage, statistics targets, marks, a comment.
-- It makes a name of the table, the columns of the index further up and a suffix, the longer of the
-- first two cut, with a number behind it where that is taken, for which more is cut.
--@if EXISTS (SELECT FROM pg_inherits)
WITH target AS MATERIALIZED (
  SELECT a.attrelid, a.attnum, a.attstattarget AS value
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  WHERE c.relkind IN ('i', 'I') AND c.oid >= 16384 AND a.attnum > 0 AND a.attstattarget >= 0)
SELECT CASE WHEN k.oid IS NULL THEN 'pg_class'::regclass::oid
            ELSE 'pg_constraint'::regclass::oid END AS classid,
       coalesce(k.oid, i.inhrelid) AS objid, x.indrelid AS parent,
       r.relname AS name, top.relname AS of,
       own.targets AS statistics,
       CASE WHEN r.reloptions IS DISTINCT FROM top.reloptions THEN r.reloptions END AS "with",
       r.reloptions IS NULL AND top.reloptions IS NOT NULL AS no_options,
       CASE WHEN r.reltablespace <> top.reltablespace THEN coalesce(ts.spcname, usual.spcname) END
         AS tablespace,
       x.indisreplident AND t.relreplident = 'i' AS replica_identity,
       x.indisclustered AS cluster,
       said.comment AS constraint_comment
FROM pg_inherits i
JOIN pg_class r ON r.oid = i.inhrelid
JOIN pg_index x ON x.indexrelid = i.inhrelid
JOIN pg_class t ON t.oid = x.indrelid
JOIN pg_class top ON top.oid = pg_partition_root(i.inhrelid)
LEFT JOIN pg_constraint k ON k.conindid = i.inhrelid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_tablespace ts ON ts.oid = r.reltablespace
LEFT JOIN pg_tablespace usual
  ON usual.oid = (SELECT dattablespace FROM pg_database WHERE datname = current_database())
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_object('key', s.key, 'statistics', s.value) ORDER BY s.key) AS targets
  FROM (SELECT attnum AS key, coalesce(a.value, -1) AS value
        FROM (SELECT * FROM target WHERE attrelid = r.oid) a
        FULL JOIN (SELECT * FROM target WHERE attrelid = top.oid) b USING (attnum)
        WHERE a.value IS DISTINCT FROM b.value) s) own
CROSS JOIN LATERAL (
  SELECT CASE WHEN k.oid IS NOT NULL THEN obj_description(k.oid, 'pg_constraint') END AS comment
) said
CROSS JOIN LATERAL (
  SELECT CASE k.contype WHEN 'p' THEN 'pkey' WHEN 'u' THEN 'key' WHEN 'x' THEN 'excl'
                        ELSE 'idx' END AS word) w
CROSS JOIN LATERAL (
  SELECT w.word
           || coalesce(substring(r.relname::text FROM '_' || w.word || '(\d+)$'), '') AS suffix,
         CASE WHEN k.contype = 'p' THEN '' ELSE
           (SELECT string_agg(a.attname, '_' ORDER BY a.attnum)
            FROM pg_attribute a WHERE a.attrelid = i.inhparent) END AS columns) m
CROSS JOIN LATERAL (
  SELECT 62 - length(m.suffix) - CASE m.columns WHEN '' THEN 0 ELSE 1 END AS room) o
CROSS JOIN LATERAL (
  SELECT CASE WHEN length(t.relname) + length(m.columns) <= o.room THEN length(t.relname)
              WHEN length(t.relname) <= o.room - o.room / 2 THEN length(t.relname)
              WHEN length(m.columns) <= o.room / 2 THEN o.room - length(m.columns)
              ELSE o.room - o.room / 2 END AS first) f
WHERE r.relkind IN ('i', 'I') AND r.oid >= 16384
  AND (r.relname <> left(t.relname, f.first)
         || CASE m.columns WHEN '' THEN '' ELSE '_' || left(m.columns, o.room - f.first) END
         || '_' || m.suffix
       OR own.targets IS NOT NULL OR r.reloptions IS DISTINCT FROM top.reloptions
       OR r.reltablespace <> top.reltablespace OR x.indisclustered OR said.comment IS NOT NULL
       OR (x.indisreplident AND t.relreplident = 'i')
       OR EXISTS (SELECT FROM pg_description d
                  WHERE d.classoid = 'pg_class'::regclass AND d.objoid = r.oid))
