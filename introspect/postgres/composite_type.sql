-- Composite types that stand alone; row types of relations belong to those.
--@if EXISTS (SELECT FROM pg_class WHERE relkind = 'c' AND oid >= 16384)
SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, n.nspname AS schema, t.typname AS name
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN pg_class c ON c.oid = t.typrelid
WHERE c.relkind = 'c' AND t.oid >= 16384 AND n.nspname !~ '^pg_'
