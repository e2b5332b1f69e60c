-- Everything that a dump would hold and that no kind describes. An object that `blocks` stands for
-- itself: what depends on it cannot be rebuilt without it. The others are properties of objects
-- that are read.
WITH user_schema AS (
  SELECT oid, nspname FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
relation AS (
  SELECT c.oid, c.relname, c.relkind, c.relreplident, s.nspname
  FROM pg_class c JOIN user_schema s ON s.oid = c.relnamespace
  WHERE c.oid >= 16384)

SELECT 'subscriptions' AS plural, 'subscription' AS noun,
       'pg_subscription'::regclass::oid AS classid, s.oid AS objid, 0 AS objsubid, '' AS schema,
       quote_ident(s.subname) AS name, true AS blocks
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
SELECT 'rights on objects of the system', '', o.classid, o.objid, 0, '',
       pg_describe_object(o.classid, o.objid, 0), false
FROM (
  SELECT 'pg_namespace'::regclass::oid AS classid, oid AS objid, nspacl AS acl
  FROM pg_namespace WHERE nspname = 'pg_catalog'
  UNION ALL
  SELECT 'pg_type'::regclass, oid, typacl FROM pg_type
  WHERE typnamespace = 'pg_catalog'::regnamespace AND typacl IS NOT NULL) o
LEFT JOIN pg_init_privs i ON i.classoid = o.classid AND i.objoid = o.objid AND i.objsubid = 0
WHERE o.acl IS DISTINCT FROM i.initprivs
