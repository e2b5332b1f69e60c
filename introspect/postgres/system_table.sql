-- Tables and views of the system whose rights, or those on their columns, are not those that a new
-- database has.
--@include system_rights
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid,
       ARRAY['pg_catalog', c.relname] AS "table"
FROM pg_class c
LEFT JOIN pg_init_privs i
  ON i.classoid = 'pg_class'::regclass AND i.objoid = c.oid AND i.objsubid = 0
-- Rights that everybody has anyway may be written out, in any order.
CROSS JOIN LATERAL (SELECT coalesce(c.relacl, acldefault('r', c.relowner)) AS held,
                           coalesce(i.initprivs, acldefault('r', c.relowner)) AS initial) r
WHERE c.oid < 16384 AND c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind IN ('r', 'v')
  AND (NOT (r.held @> r.initial AND r.held <@ r.initial)
       OR EXISTS (SELECT FROM pg_attribute a
                  LEFT JOIN pg_init_privs p
                    ON p.classoid = 'pg_class'::regclass AND p.objoid = a.attrelid
                       AND p.objsubid = a.attnum
                  WHERE a.attrelid = c.oid
                    AND NOT (coalesce(a.attacl, '{}') @> coalesce(p.initprivs, '{}')
                             AND coalesce(a.attacl, '{}') <@ coalesce(p.initprivs, '{}'))))
