-- Operators. What others only promise, as their commutator or negator, has no function yet.
--@if EXISTS (SELECT FROM pg_operator WHERE oid >= 16384)
WITH routine AS (
  SELECT p.oid, ARRAY[n.nspname, p.proname] AS name
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.oid IN (SELECT unnest(ARRAY[oprcode, oprrest, oprjoin])
                  FROM pg_operator WHERE oid >= 16384)),
other AS (
  SELECT o.oid, ARRAY[n.nspname, o.oprname] AS name
  FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
  WHERE o.oid IN (SELECT unnest(ARRAY[oprcom, oprnegate]) FROM pg_operator WHERE oid >= 16384))
SELECT 'pg_operator'::regclass::oid AS classid, o.oid AS objid, n.nspname AS schema,
       o.oprname AS name,
       array_remove(ARRAY[o.oprleft, o.oprright], 0::oid) AS operands,
       o.oprright = 0 AS postfix,
       f.name AS function,
       c.name AS commutator,
       g.name AS negator,
       r.name AS restrict,
       j.name AS "join",
       o.oprcanhash AS hashes,
       o.oprcanmerge AS merges
FROM pg_operator o
JOIN pg_namespace n ON n.oid = o.oprnamespace
JOIN routine f ON f.oid = o.oprcode
LEFT JOIN other c ON c.oid = o.oprcom
LEFT JOIN other g ON g.oid = o.oprnegate
LEFT JOIN routine r ON r.oid = o.oprrest
LEFT JOIN routine j ON j.oid = o.oprjoin
WHERE o.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
