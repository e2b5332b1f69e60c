-- Columns of views, which are no objects: indexes and triggers name them by number.
SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.attcollation
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind IN ('v', 'm') AND c.oid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped
