-- Attributes of composite types.
--@if EXISTS (SELECT FROM pg_class WHERE relkind = 'c' AND oid >= 16384)
SELECT 'pg_class'::regclass::oid AS classid, a.attrelid AS objid, a.attnum AS objsubid,
       'pg_type'::regclass::oid AS parent_class, c.reltype AS parent, a.attnum AS position,
       a.attname AS name,
       a.atttypid || ' ' || a.atttypmod AS type,
       CASE WHEN a.attcollation <> t.typcollation THEN
         (SELECT ARRAY[cn.nspname, cl.collname]
          FROM pg_collation cl JOIN pg_namespace cn ON cn.oid = cl.collnamespace
          WHERE cl.oid = a.attcollation)
       END AS collation
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid
JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relkind = 'c' AND c.oid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped
