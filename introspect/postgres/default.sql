-- Defaults of columns; expressions of generated columns belong to the column, and those of columns from
-- further up to what the table says of these.
--@if EXISTS (SELECT FROM pg_attrdef WHERE oid >= 16384)
SELECT 'pg_attrdef'::regclass::oid AS classid, d.oid AS objid,
       d.adrelid AS parent, d.adnum AS parent_sub,
       pg_get_expr(d.adbin, 0) AS expression
FROM pg_attrdef d
JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
JOIN pg_class c ON c.oid = d.adrelid
WHERE a.attgenerated = '' AND a.attislocal AND c.reloftype = 0 AND d.adrelid >= 16384
