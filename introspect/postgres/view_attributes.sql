-- Columns that are no objects, or that are named before they are read: of views, of tables that are
-- partitioned or have columns from others. Indexes, triggers, partition keys name them by number.
SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.attcollation
FROM (
  SELECT c.oid FROM pg_class c
  WHERE (c.relkind IN ('v', 'm', 'p') OR c.relispartition OR c.reloftype <> 0) AND c.oid >= 16384
  UNION
  SELECT i.inhrelid FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE c.relkind = 'r' AND c.oid >= 16384) r
-- Relation by relation: a server expects more of them than there are, and would read all columns.
CROSS JOIN LATERAL (
  SELECT * FROM pg_attribute t
  WHERE t.attrelid = r.oid AND t.attnum > 0 AND NOT t.attisdropped
  OFFSET 0) a
