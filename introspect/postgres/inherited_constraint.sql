-- Foreign keys of partitions that have another name than the one further up, which the server would
-- have given them.
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
WHERE k.oid >= 16384 AND top.conparentid = 0 AND k.conname <> p.conname AND p.conrelid <> k.conrelid
