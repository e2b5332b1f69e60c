-- Columns of views that carry a default, a comment or a label. Nothing depends on them: what reads such a
-- column depends on the view.
--@if EXISTS (SELECT FROM pg_class WHERE relkind = 'v' AND oid >= 16384)
SELECT 'pg_class'::regclass::oid AS classid, a.attrelid AS objid, a.attnum AS objsubid,
       a.attrelid AS parent, a.attname AS name, true AS attached, d.oid AS default_id,
       pg_get_expr(d.adbin, d.adrelid) AS "default"
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relkind = 'v' AND c.oid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped
  AND (d.oid IS NOT NULL
       OR EXISTS (SELECT FROM pg_description s
                  WHERE s.classoid = 'pg_class'::regclass AND s.objoid = a.attrelid
                    AND s.objsubid = a.attnum)
       OR EXISTS (SELECT FROM pg_seclabel l
                  WHERE l.classoid = 'pg_class'::regclass AND l.objoid = a.attrelid
                    AND l.objsubid = a.attnum))
