-- Columns that are no objects, or that are named before they are read: of views, of tables that are
-- partitioned or have columns from others. Indexes, triggers, partition keys name them by number.
SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.attcollation
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid
WHERE (c.relkind IN ('v', 'm', 'p') OR c.relispartition OR c.reloftype <> 0
       OR EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid AND c.relkind = 'r'))
  AND c.oid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped
