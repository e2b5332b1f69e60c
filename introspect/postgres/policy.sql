-- Policies on rows. The order of their roles means nothing; role 0 is everybody.
--@if EXISTS (SELECT FROM pg_policy)
SELECT 'pg_policy'::regclass::oid AS classid, p.oid AS objid, p.polrelid AS parent,
       p.polname AS name,
       NOT p.polpermissive AS restrictive,
       CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert'
                     WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' END AS command,
       (SELECT array_agg(r.rolname ORDER BY r.rolname)
        FROM pg_roles r WHERE r.oid = ANY (p.polroles)) AS roles,
       pg_get_expr(p.polqual, p.polrelid) AS expression,
       pg_get_expr(p.polwithcheck, p.polrelid) AS "check"
FROM pg_policy p
WHERE p.oid >= 16384
