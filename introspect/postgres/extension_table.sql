-- Tables and views of extensions whose rights are not those that the extension gave them.
--@if EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND deptype = 'e')
SELECT 'pg_class'::regclass::oid AS classid, m.oid AS objid,
       'pg_extension'::regclass::oid AS parent_class, d.refobjid AS parent, true AS attached,
       ARRAY[n.nspname, m.relname] AS "table"
FROM pg_class m
JOIN pg_namespace n ON n.oid = m.relnamespace
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = m.oid AND d.deptype = 'e'
                   AND d.refclassid = 'pg_extension'::regclass
LEFT JOIN pg_init_privs i ON i.classoid = 'pg_class'::regclass AND i.objoid = m.oid
                             AND i.objsubid = 0
WHERE m.relacl IS NOT NULL AND m.relacl IS DISTINCT FROM i.initprivs
  AND m.relkind IN ('r', 'p', 'v', 'm', 'f')
