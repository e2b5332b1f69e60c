-- Foreign data wrappers of extensions whose rights are not those that the extension gave them.
--@if EXISTS (SELECT FROM pg_foreign_data_wrapper WHERE fdwacl IS NOT NULL)
SELECT 'pg_foreign_data_wrapper'::regclass::oid AS classid, m.oid AS objid,
       'pg_extension'::regclass::oid AS parent_class, d.refobjid AS parent, true AS attached,
       m.fdwname AS wrapper
FROM pg_foreign_data_wrapper m
JOIN pg_depend d ON d.classid = 'pg_foreign_data_wrapper'::regclass AND d.objid = m.oid AND d.deptype = 'e'
                   AND d.refclassid = 'pg_extension'::regclass
LEFT JOIN pg_init_privs i ON i.classoid = 'pg_foreign_data_wrapper'::regclass AND i.objoid = m.oid
                             AND i.objsubid = 0
WHERE m.fdwacl IS NOT NULL AND m.fdwacl IS DISTINCT FROM i.initprivs
