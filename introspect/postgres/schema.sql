-- Schemas. `public` is part of every database; it is read only where its comment is not the one
-- that every database starts with.
SELECT 'pg_namespace'::regclass::oid AS classid, n.oid AS objid, n.nspname AS name
FROM pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND (n.nspname <> 'public'
       OR obj_description(n.oid, 'pg_namespace') IS DISTINCT FROM 'standard public schema')
