-- Types in name alone.
--@if EXISTS (SELECT FROM pg_type WHERE oid >= 16384 AND NOT typisdefined)
SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, n.nspname AS schema, t.typname AS name
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE NOT t.typisdefined AND t.oid >= 16384 AND n.nspname !~ '^pg_'
