-- Tables and views of the system whose rights, or those on their columns, are not those that a new
-- database has.
--@include system_rights
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid,
       ARRAY['pg_catalog', c.relname] AS "table"
FROM pg_class c
LEFT JOIN pg_init_privs i
  ON i.classoid = 'pg_class'::regclass AND i.objoid = c.oid AND i.objsubid = 0
WHERE c.oid < 16384 AND c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind IN ('r', 'v')
  AND (c.relacl IS DISTINCT FROM i.initprivs
       OR EXISTS (SELECT FROM pg_attribute a
                  LEFT JOIN pg_init_privs p
                    ON p.classoid = 'pg_class'::regclass AND p.objoid = a.attrelid
                       AND p.objsubid = a.attnum
                  WHERE a.attrelid = c.oid AND a.attacl IS DISTINCT FROM p.initprivs))
