-- Schemas. `public` is part of every database; it is read only where something is said about it
-- that is not so from the start: its comment, its owner, who may do what with it.
--@if EXISTS (SELECT FROM pg_namespace WHERE oid >= 16384)
--@if EXISTS (SELECT FROM pg_seclabel)
--@if coalesce(obj_description(to_regnamespace('public'), 'pg_namespace'), '') <> 'standard public schema'
--@include public_changed
WITH
--@include public_rights
SELECT 'pg_namespace'::regclass::oid AS classid, n.oid AS objid, n.nspname AS name
FROM pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND (n.nspname <> 'public'
       OR obj_description(n.oid, 'pg_namespace') IS DISTINCT FROM 'standard public schema'
--@15+ OR n.nspowner <> 'pg_database_owner'::regrole
--@<15 OR n.nspowner <> 10
       OR EXISTS (SELECT FROM pg_seclabel l
                  WHERE l.classoid = 'pg_namespace'::regclass AND l.objoid = n.oid)
       OR EXISTS (SELECT FROM (SELECT * FROM public_held EXCEPT SELECT * FROM public_standard) more)
       OR EXISTS (SELECT FROM (SELECT * FROM public_standard EXCEPT SELECT * FROM public_held) less))
