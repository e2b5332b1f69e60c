-- Domains.
--@if EXISTS (SELECT FROM pg_type WHERE typtype = 'd' AND oid >= 16384)
SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, n.nspname AS schema, t.typname AS name,
       t.typbasetype || ' ' || t.typtypmod AS type,
       CASE WHEN t.typcollation <> base.typcollation THEN
         (SELECT ARRAY[cn.nspname, c.collname]
          FROM pg_collation c JOIN pg_namespace cn ON cn.oid = c.collnamespace
          WHERE c.oid = t.typcollation)
       END AS collation,
       pg_get_expr(t.typdefaultbin, 0) AS "default",
       t.typnotnull AS not_null
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN pg_type base ON base.oid = t.typbasetype
WHERE t.typtype = 'd' AND t.oid >= 16384 AND n.nspname !~ '^pg_'
