-- Functions of extensions whose rights are not those that the extension gave them.
--@if EXISTS (SELECT FROM pg_proc WHERE proacl IS NOT NULL AND oid >= 12000)
SELECT 'pg_proc'::regclass::oid AS classid, m.oid AS objid,
       'pg_extension'::regclass::oid AS parent_class, d.refobjid AS parent, true AS attached,
       json_build_object('name', json_build_array(n.nspname, m.proname),
                         'arguments', (SELECT json_agg(a.type ORDER BY a.position)
                                       FROM unnest(m.proargtypes)
                                            WITH ORDINALITY a(type, position))) AS routine
FROM pg_proc m
JOIN pg_namespace n ON n.oid = m.pronamespace
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = m.oid AND d.deptype = 'e'
                   AND d.refclassid = 'pg_extension'::regclass
LEFT JOIN pg_init_privs i ON i.classoid = 'pg_proc'::regclass AND i.objoid = m.oid
                             AND i.objsubid = 0
WHERE m.proacl IS NOT NULL AND m.proacl IS DISTINCT FROM i.initprivs
