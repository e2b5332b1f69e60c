-- User mappings. A secret never leaves the server; that there is one is said.
--@if EXISTS (SELECT FROM pg_foreign_server)
SELECT 'pg_user_mapping'::regclass::oid AS classid, m.umid AS objid,
       CASE WHEN m.umuser = 0 THEN 'public' ELSE m.usename END AS "user",
       m.srvname AS server,
       m.umoptions AS options
FROM pg_user_mappings m
WHERE m.umid >= 16384
