-- Functions of the system whose rights are not those that a new database has.
--@include system_rights
SELECT 'pg_proc'::regclass::oid AS classid, p.oid AS objid,
       json_build_object('name', json_build_array('pg_catalog', p.proname),
                         'arguments', (SELECT json_agg(a.type ORDER BY a.position)
                                       FROM unnest(p.proargtypes)
                                            WITH ORDINALITY a(type, position))) AS routine
FROM pg_proc p
LEFT JOIN pg_init_privs i
  ON i.classoid = 'pg_proc'::regclass AND i.objoid = p.oid AND i.objsubid = 0
-- Rights that everybody has anyway may be written out, in any order.
CROSS JOIN LATERAL (SELECT coalesce(p.proacl, acldefault('f', p.proowner)) AS held,
                           coalesce(i.initprivs, acldefault('f', p.proowner)) AS initial) r
WHERE p.oid < 16384 AND p.pronamespace = 'pg_catalog'::regnamespace
  AND NOT (r.held @> r.initial AND r.held <@ r.initial)
