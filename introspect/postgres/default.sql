-- Defaults of columns; expressions of generated columns belong to the column.
SELECT 'pg_attrdef'::regclass::oid AS classid, d.oid AS objid,
       d.adrelid AS parent, d.adnum AS parent_sub,
       pg_get_expr(d.adbin, 0) AS expression
FROM pg_attrdef d
JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE a.attgenerated = '' AND d.adrelid >= 16384
