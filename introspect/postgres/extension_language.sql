-- Languages of extensions whose rights are not those that the extension gave them.
SELECT 'pg_language'::regclass::oid AS classid, m.oid AS objid,
       'pg_extension'::regclass::oid AS parent_class, d.refobjid AS parent, true AS attached,
       m.lanname AS language
FROM pg_language m
JOIN pg_depend d ON d.classid = 'pg_language'::regclass AND d.objid = m.oid AND d.deptype = 'e'
                   AND d.refclassid = 'pg_extension'::regclass
LEFT JOIN pg_init_privs i ON i.classoid = 'pg_language'::regclass AND i.objoid = m.oid
                             AND i.objsubid = 0
WHERE m.oid >= 16384 AND m.lanacl IS NOT NULL AND m.lanacl IS DISTINCT FROM i.initprivs
