-- Foreign keys of partitions that have another name than the one furthest up, whatever those between
-- are called, or a comment, and checks from further up that have one.
--@if EXISTS (SELECT FROM pg_inherits)
WITH RECURSIVE above AS (
  SELECT k.oid, k.conparentid AS top
  FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid <> 0
  UNION ALL
  SELECT a.oid, p.conparentid
  FROM above a JOIN pg_constraint p ON p.oid = a.top WHERE p.conparentid <> 0)
SELECT 'pg_constraint'::regclass::oid AS classid, k.oid AS objid, k.conrelid AS parent,
       k.conname AS name, top.conname AS of
FROM above a
JOIN pg_constraint k ON k.oid = a.oid
JOIN pg_constraint p ON p.oid = k.conparentid
JOIN pg_constraint top ON top.oid = a.top
WHERE k.oid >= 16384 AND top.conparentid = 0 AND p.conrelid <> k.conrelid
  AND (k.conname <> top.conname
       OR EXISTS (SELECT FROM pg_description d
                  WHERE d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid))
UNION ALL
SELECT 'pg_constraint'::regclass, k.oid, k.conrelid, k.conname, k.conname
FROM pg_constraint k
JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid
WHERE k.contype = 'c' AND k.conrelid >= 16384 AND NOT k.conislocal
