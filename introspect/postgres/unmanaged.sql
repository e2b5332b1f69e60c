-- Everything that a dump would hold and that no kind describes. An object that `blocks` stands for
-- itself: what depends on it cannot be rebuilt without it. The others are properties of objects
-- that are read.
WITH user_schema AS (
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
SELECT 'subscriptions', 'subscription', 'pg_subscription'::regclass::oid, s.oid, 0, '',
       quote_ident(s.subname), true
FROM pg_subscription s
WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND NOT has_column_privilege('pg_subscription', 'subconninfo', 'SELECT')
UNION ALL
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
SELECT 'options of inherited indexes', '', 'pg_class'::regclass::oid, r.oid, 0, r.nspname,
       format('%I.%I', r.nspname, r.relname), false
FROM relation r
JOIN pg_class c ON c.oid = r.oid
JOIN pg_inherits i ON i.inhrelid = r.oid
JOIN pg_class p ON p.oid = i.inhparent
JOIN pg_index x ON x.indexrelid = r.oid
WHERE r.relkind IN ('i', 'I')
  AND (c.reloptions IS DISTINCT FROM p.reloptions OR c.reltablespace <> p.reltablespace
       OR x.indisclustered OR x.indisreplident)
UNION ALL
SELECT 'comments on constraints of partitions', '', 'pg_class'::regclass::oid, r.oid, 0, r.nspname,
       format('%I.%I.%I', r.nspname, r.relname, k.conname), false
FROM pg_constraint k
JOIN relation r ON r.oid = k.conrelid
JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid
WHERE k.conparentid <> 0 AND k.contype <> 'f'
UNION ALL
SELECT 'security labels', '', l.classoid, l.objoid, l.objsubid, '',
       coalesce(pg_describe_object(l.classoid, l.objoid, l.objsubid), l.objoid::text)
         || ' for ' || l.provider, false
FROM pg_seclabel l
UNION ALL
SELECT 'rights on objects of the system', '', o.classid, o.objid, o.objsubid, '',
       pg_describe_object(o.classid, o.objid, o.objsubid), false
FROM (
  SELECT 'pg_class'::regclass::oid AS classid, oid AS objid, 0 AS objsubid, relacl AS acl
  FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace
  UNION ALL
  SELECT 'pg_class'::regclass, attrelid, attnum, attacl FROM pg_attribute
  WHERE attrelid < 16384 AND attacl IS NOT NULL
  UNION ALL
  SELECT 'pg_proc'::regclass, oid, 0, proacl FROM pg_proc
  WHERE pronamespace = 'pg_catalog'::regnamespace) o
LEFT JOIN pg_init_privs i
  ON i.classoid = o.classid AND i.objoid = o.objid AND i.objsubid = o.objsubid
WHERE o.acl IS DISTINCT FROM i.initprivs
