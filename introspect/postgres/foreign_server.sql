-- Foreign servers.
--@if EXISTS (SELECT FROM pg_foreign_server)
SELECT 'pg_foreign_server'::regclass::oid AS classid, s.oid AS objid, s.srvname AS name,
       s.srvtype AS type, s.srvversion AS version, w.fdwname AS wrapper,
       s.srvoptions AS options
FROM pg_foreign_server s
JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
WHERE s.oid >= 16384
