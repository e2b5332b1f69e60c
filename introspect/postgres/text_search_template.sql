-- Text search templates.
--@if EXISTS (SELECT FROM pg_ts_template WHERE oid >= 16384)
WITH routine AS (
  SELECT p.oid, ARRAY[n.nspname, p.proname] AS name
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace)
SELECT 'pg_ts_template'::regclass::oid AS classid, t.oid AS objid, n.nspname AS schema,
       t.tmplname AS name, i.name AS init, l.name AS lexize
FROM pg_ts_template t
JOIN pg_namespace n ON n.oid = t.tmplnamespace
LEFT JOIN routine i ON i.oid = t.tmplinit
JOIN routine l ON l.oid = t.tmpllexize
WHERE t.oid >= 16384 AND n.nspname !~ '^pg_'
