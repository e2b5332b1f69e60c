-- Everything that a dump would hold and that no kind describes. An object that `blocks` stands for
-- itself: what depends on it cannot be rebuilt without it. The others are properties of objects
-- that are read.
WITH
--@include acl
, user_schema AS (
  SELECT oid, nspname FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
relation AS (
  SELECT c.oid, c.relname, c.relnamespace, c.relkind, c.relispartition,
         c.relreplident, c.relpersistence,
         s.nspname
  FROM pg_class c JOIN user_schema s ON s.oid = c.relnamespace
  WHERE c.oid >= 16384),
-- One pass over the columns of all relations.
attribute AS MATERIALIZED (
  SELECT attrelid, attnum, attstattarget FROM pg_attribute
  WHERE attrelid >= 16384 AND NOT attisdropped AND attstattarget > 0)

SELECT 'inheriting foreign tables' AS plural, 'foreign table' AS noun,
       'pg_class'::regclass::oid AS classid, oid AS objid, 0 AS objsubid,
       nspname AS schema, format('%I.%I', nspname, relname) AS name, true AS blocks
FROM relation
WHERE relkind = 'f'
  AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = relation.oid)
UNION ALL
SELECT CASE t.typtype WHEN 'r' THEN 'range types with a canonical function'
                      WHEN 'p' THEN 'shell types' ELSE 'base types' END,
       CASE t.typtype WHEN 'r' THEN 'range type' WHEN 'p' THEN 'shell type' ELSE 'base type' END,
       'pg_type'::regclass::oid, t.oid, 0, s.nspname, format('%I.%I', s.nspname, t.typname), true
FROM pg_type t JOIN user_schema s ON s.oid = t.typnamespace
WHERE t.oid >= 16384 AND t.typtype IN ('b', 'r', 'p')
  AND NOT (t.typcategory = 'A' AND t.typarray = 0)
  AND NOT EXISTS (SELECT FROM pg_range g WHERE g.rngtypid = t.oid AND g.rngcanonical::oid = 0)
UNION ALL
SELECT 'extended statistics', 'extended statistics', 'pg_statistic_ext'::regclass::oid, e.oid, 0,
       s.nspname, format('%I.%I', s.nspname, e.stxname), true
FROM pg_statistic_ext e
JOIN user_schema s ON s.oid = e.stxnamespace
JOIN relation r ON r.oid = e.stxrelid
WHERE e.stxnamespace <> r.relnamespace
UNION ALL
SELECT 'subscriptions', 'subscription', 'pg_subscription'::regclass::oid, s.oid, 0, '',
       quote_ident(s.subname), true
FROM pg_subscription s
WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND NOT has_column_privilege('pg_subscription', 'subconninfo', 'SELECT')
UNION ALL
--@18+ SELECT 'constraints without overlaps', 'constraint without overlaps',
--@18+        'pg_constraint'::regclass::oid, k.oid, 0, r.nspname,
--@18+        format('%I.%I.%I', r.nspname, r.relname, k.conname),
--@18+        true
--@18+ FROM pg_constraint k JOIN relation r ON r.oid = k.conrelid
--@18+ WHERE k.conperiod AND k.conparentid = 0
--@18+ UNION ALL
--@18+ SELECT 'constraints not enforced', 'constraint not enforced',
--@18+        'pg_constraint'::regclass::oid, k.oid, 0, r.nspname,
--@18+        format('%I.%I.%I', r.nspname, r.relname, k.conname),
--@18+        true
--@18+ FROM pg_constraint k JOIN relation r ON r.oid = k.conrelid
--@18+ WHERE NOT k.conenforced AND k.conparentid = 0
--@18+ UNION ALL
--@18+ SELECT 'named NOT NULL constraints', '', 'pg_class'::regclass::oid, r.oid, k.conkey[1],
--@18+        r.nspname, format('%I.%I.%I', r.nspname, r.relname, k.conname), false
--@18+ FROM pg_constraint k
--@18+ JOIN relation r ON r.oid = k.conrelid
--@18+ JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
--@18+ WHERE k.contype = 'n' AND r.relkind = 'r'
--@18+   AND (k.connoinherit OR NOT k.convalidated
--@18+        OR (octet_length(r.relname || a.attname) <= 53
--@18+            AND k.conname <> r.relname || '_' || a.attname || '_not_null'))
--@18+ UNION ALL
--@17+ SELECT 'named NOT NULL constraints of domains', '', 'pg_type'::regclass::oid, t.oid, 0,
--@17+        s.nspname, format('%I.%I: %I', s.nspname, t.typname, k.conname), false
--@17+ FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid
--@17+ JOIN user_schema s ON s.oid = t.typnamespace
--@17+ WHERE k.contype = 'n' AND k.conname <> left(t.typname, 54) || '_not_null'
--@17+ UNION ALL
SELECT 'replica identities of materialized views', '', 'pg_class'::regclass::oid, oid, 0, nspname,
       format('%I.%I', nspname, relname), false
FROM relation WHERE relkind = 'm' AND relreplident <> 'd'
UNION ALL
SELECT 'statistics targets of index columns', '', 'pg_class'::regclass::oid, r.oid, 0, r.nspname,
       format('%I.%I column %s', r.nspname, r.relname, a.attnum), false
FROM attribute a JOIN relation r ON r.oid = a.attrelid
JOIN pg_index i ON i.indexrelid = a.attrelid
WHERE r.relkind IN ('i', 'I') AND a.attstattarget > 0 AND (i.indisexclusion OR r.relispartition)
UNION ALL
-- What a partition has from the table above, where it is not as the server would have made it.
SELECT 'names of inherited indexes', '', 'pg_class'::regclass::oid, i.inhrelid, 0, r.nspname,
       format('%I.%I', r.nspname, r.relname), false
FROM pg_inherits i
JOIN relation r ON r.oid = i.inhrelid
JOIN pg_index x ON x.indexrelid = i.inhrelid
JOIN pg_class t ON t.oid = x.indrelid
LEFT JOIN pg_constraint k ON k.conindid = i.inhrelid AND k.contype IN ('p', 'u', 'x')
CROSS JOIN LATERAL (
  SELECT CASE k.contype WHEN 'p' THEN 'pkey' WHEN 'u' THEN 'key' WHEN 'x' THEN 'excl'
                        ELSE 'idx' END AS suffix,
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
WHERE r.relkind IN ('i', 'I')
  AND regexp_replace(r.relname, '\d+$', '') <> regexp_replace(
        left(t.relname, f.first)
          || CASE m.columns WHEN '' THEN '' ELSE '_' || left(m.columns, o.room - f.first) END
          || '_' || m.suffix, '\d+$', '')
UNION ALL
SELECT 'names of inherited constraints', '', 'pg_class'::regclass::oid, r.oid, 0, r.nspname,
       format('%I.%I.%I', r.nspname, r.relname, k.conname), false
FROM pg_constraint k
JOIN pg_constraint p ON p.oid = k.conparentid
JOIN relation r ON r.oid = k.conrelid
WHERE k.contype = 'f' AND k.conname <> p.conname AND p.conrelid <> k.conrelid
UNION ALL
SELECT 'options of inherited indexes', '', 'pg_class'::regclass::oid, r.oid, 0, r.nspname,
       format('%I.%I', r.nspname, r.relname), false
FROM relation r
JOIN pg_class c ON c.oid = r.oid
JOIN pg_inherits i ON i.inhrelid = r.oid
JOIN pg_class p ON p.oid = i.inhparent
JOIN pg_index x ON x.indexrelid = r.oid
WHERE r.relkind IN ('i', 'I')
  AND (c.reloptions IS DISTINCT FROM p.reloptions OR c.reltablespace <> p.reltablespace
       OR x.indisclustered OR x.indisreplident
       OR EXISTS (SELECT FROM pg_description d
                  WHERE d.classoid = 'pg_class'::regclass AND d.objoid = r.oid))
UNION ALL
SELECT 'states of inherited triggers', '', 'pg_class'::regclass::oid, r.oid, 0, r.nspname,
       format('%I on %I.%I', t.tgname, r.nspname, r.relname), false
FROM pg_trigger t
JOIN pg_trigger p ON p.oid = t.tgparentid
JOIN relation r ON r.oid = t.tgrelid
WHERE t.tgenabled <> p.tgenabled
UNION ALL
SELECT 'column options of materialized views', '', 'pg_class'::regclass::oid, r.oid, a.attnum,
       r.nspname, format('%I.%I.%I', r.nspname, r.relname, a.attname), false
FROM pg_attribute a JOIN relation r ON r.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
WHERE r.relkind = 'm' AND a.attnum > 0 AND NOT a.attisdropped
  AND (a.attstattarget > 0 OR a.attstorage <> t.typstorage
--@14+ OR a.attcompression <> ''
       OR EXISTS (SELECT FROM unnest(a.attoptions) o WHERE o NOT LIKE 'pg\_attver=%'))
UNION ALL
SELECT 'security labels', '', l.classoid, l.objoid, l.objsubid, '',
       coalesce(pg_describe_object(l.classoid, l.objoid, l.objsubid), l.objoid::text)
         || ' for ' || l.provider, false
FROM pg_seclabel l
UNION ALL
SELECT 'grants', '', a.classid, a.objid, a.objsubid, '',
       pg_describe_object(a.classid, a.objid, a.objsubid), false
FROM (
  SELECT classid, objid, objsubid FROM (SELECT * FROM held EXCEPT SELECT * FROM standard) h
  UNION
  SELECT classid, objid, objsubid FROM (SELECT * FROM standard EXCEPT SELECT * FROM held) s) a
WHERE a.classid = 'pg_language'::regclass
   OR EXISTS (SELECT FROM pg_depend d
              WHERE d.classid = a.classid AND d.objid = a.objid AND d.deptype = 'e')
