-- Foreign tables that are no partition and inherit nothing.
--@if EXISTS (SELECT FROM pg_foreign_table)
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, n.nspname AS schema, c.relname AS name,
       s.srvname AS server,
       f.ftoptions AS options
FROM pg_foreign_table f
JOIN pg_class c ON c.oid = f.ftrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_foreign_server s ON s.oid = f.ftserver
WHERE c.oid >= 16384 AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid)
