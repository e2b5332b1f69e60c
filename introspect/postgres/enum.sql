-- Enums with their labels.
--@if EXISTS (SELECT FROM pg_enum)
SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, n.nspname AS schema, t.typname AS name,
       (SELECT json_agg(json_build_object('label', e.enumlabel) ORDER BY e.enumsortorder)
        FROM pg_enum e WHERE e.enumtypid = t.oid) AS labels
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' AND t.oid >= 16384 AND n.nspname !~ '^pg_'
