-- Access methods.
--@if EXISTS (SELECT FROM pg_am WHERE oid >= 16384)
SELECT 'pg_am'::regclass::oid AS classid, a.oid AS objid, a.amname AS name,
       CASE a.amtype WHEN 'i' THEN 'index' ELSE 'table' END AS type,
       ARRAY[n.nspname, p.proname] AS handler
FROM pg_am a
JOIN pg_proc p ON p.oid = a.amhandler
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE a.oid >= 16384
