-- Columns of materialized views that carry something of their own, a comment included. Nothing
-- depends on them: what reads such a column depends on the view.
--@if EXISTS (SELECT FROM pg_class WHERE relkind = 'm')
SELECT 'pg_class'::regclass::oid AS classid, a.attrelid AS objid, a.attnum AS objsubid,
       a.attrelid AS parent, a.attname AS name, true AS attached,
       CASE WHEN a.attstorage <> t.typstorage THEN
         CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external'
                           WHEN 'x' THEN 'extended' ELSE 'main' END
       END AS storage,
--@14+ CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,
       CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END AS statistics,
       o.options
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid
JOIN pg_type t ON t.oid = a.atttypid
CROSS JOIN LATERAL (
  SELECT ARRAY(SELECT option FROM unnest(a.attoptions) option
               WHERE option NOT LIKE 'pg\_attver=%') AS options) o
WHERE c.relkind = 'm' AND c.oid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped
  AND (a.attstattarget >= 0 OR a.attstorage <> t.typstorage OR cardinality(o.options) > 0
--@14+ OR a.attcompression <> ''
       OR EXISTS (SELECT FROM pg_description s
                  WHERE s.classoid = 'pg_class'::regclass AND s.objoid = a.attrelid
                    AND s.objsubid = a.attnum)
       OR EXISTS (SELECT FROM pg_seclabel l
                  WHERE l.classoid = 'pg_class'::regclass AND l.objoid = a.attrelid
                    AND l.objsubid = a.attnum))
