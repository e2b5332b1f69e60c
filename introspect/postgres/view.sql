-- Views. The server's text names the columns as the view does.
--@if EXISTS (SELECT FROM pg_class WHERE relkind = 'v' AND oid >= 16384)
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, n.nspname AS schema, c.relname AS name,
       NULL AS columns,
       c.reloptions AS "with",
       rtrim(pg_get_viewdef(c.oid), ';') AS query
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND c.oid >= 16384 AND n.nspname !~ '^pg_'
