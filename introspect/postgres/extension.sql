-- Extensions. plpgsql is in every new database.
--@if EXISTS (SELECT FROM pg_extension WHERE oid >= 16384)
SELECT 'pg_extension'::regclass::oid AS classid, e.oid AS objid, e.extname AS name,
       n.nspname AS schema
FROM pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql'
