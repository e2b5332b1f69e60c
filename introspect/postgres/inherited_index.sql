-- Indexes of partitions that have another name than the server would have given them, or a comment.
-- It makes a name of the table, the columns of the index further up and a suffix, the longer of the
-- first two cut, with a number behind it where that is taken, for which more is cut.
--@if EXISTS (SELECT FROM pg_inherits)
SELECT CASE WHEN k.oid IS NULL THEN 'pg_class'::regclass::oid
            ELSE 'pg_constraint'::regclass::oid END AS classid,
       coalesce(k.oid, i.inhrelid) AS objid, x.indrelid AS parent,
       r.relname AS name, top.relname AS of
FROM pg_inherits i
JOIN pg_class r ON r.oid = i.inhrelid
JOIN pg_index x ON x.indexrelid = i.inhrelid
JOIN pg_class t ON t.oid = x.indrelid
JOIN pg_class top ON top.oid = pg_partition_root(i.inhrelid)
LEFT JOIN pg_constraint k ON k.conindid = i.inhrelid AND k.contype IN ('p', 'u', 'x')
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
       OR EXISTS (SELECT FROM pg_description d
                  WHERE d.classoid = 'pg_class'::regclass AND d.objoid = r.oid))
