-- Part of other queries. `held` has a row for each privilege that someone has on an object whose
-- rights are not the usual ones, `standard` for each that it has from the start. An extension's
-- own objects have from the start what its script gave, those of the system and schema public what
-- they have in a new database, that schema whoever owns it and whether or not it is that one.
--@include public_rights
, initial AS (
  SELECT i.classoid, i.objoid, i.objsubid, i.initprivs
  FROM pg_init_privs i
  WHERE i.objoid >= 16384 OR i.classoid IN ('pg_class'::regclass, 'pg_proc'::regclass)),
subject AS (
  SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, c.relowner AS owner,
         CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END AS type, c.relacl AS acl
  FROM pg_class c
  WHERE c.relacl IS NOT NULL
    AND (c.oid >= 16384 OR c.relnamespace = 'pg_catalog'::regnamespace)
  UNION ALL
  SELECT 'pg_class'::regclass, a.attrelid, a.attnum, c.relowner, 'c', a.attacl
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
    AND (c.oid >= 16384 OR c.relnamespace = 'pg_catalog'::regnamespace)
  UNION ALL
  SELECT 'pg_proc'::regclass, p.oid, 0, p.proowner, 'f', p.proacl
  FROM pg_proc p
  WHERE p.proacl IS NOT NULL
    AND (p.oid >= 16384 OR p.pronamespace = 'pg_catalog'::regnamespace)
  UNION ALL
  SELECT 'pg_type'::regclass, t.oid, 0, t.typowner, 'T', t.typacl
  FROM pg_type t WHERE t.typacl IS NOT NULL AND t.oid >= 16384
  UNION ALL
  SELECT 'pg_namespace'::regclass, n.oid, 0, n.nspowner, 'n', n.nspacl
  FROM pg_namespace n WHERE n.nspacl IS NOT NULL AND n.oid >= 16384 AND n.nspname <> 'public'
  UNION ALL
  SELECT 'pg_language'::regclass, l.oid, 0, l.lanowner, 'l', l.lanacl
  FROM pg_language l WHERE l.lanacl IS NOT NULL
  UNION ALL
  SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, 0, w.fdwowner, 'F', w.fdwacl
  FROM pg_foreign_data_wrapper w WHERE w.fdwacl IS NOT NULL
  UNION ALL
  SELECT 'pg_foreign_server'::regclass, v.oid, 0, v.srvowner, 'S', v.srvacl
  FROM pg_foreign_server v WHERE v.srvacl IS NOT NULL),
held AS (
  SELECT s.classid, s.objid, s.objsubid, s.owner, s.type, e.grantor, e.grantee,
         e.privilege_type AS privilege, e.is_grantable AS grantable
  FROM subject s CROSS JOIN LATERAL aclexplode(s.acl) e
  UNION ALL
  SELECT * FROM public_held),
standard AS (
  SELECT s.classid, s.objid, s.objsubid, s.owner, s.type, e.grantor, e.grantee,
         e.privilege_type AS privilege, e.is_grantable AS grantable
  FROM subject s
  LEFT JOIN initial i
    ON i.classoid = s.classid AND i.objoid = s.objid AND i.objsubid = s.objsubid
  CROSS JOIN LATERAL aclexplode(coalesce(
    i.initprivs, CASE WHEN s.type <> 'c' THEN acldefault(s.type, s.owner) END)) e
  UNION ALL
  SELECT * FROM public_standard),
-- How many privileges there are on an object of a type.
complete AS (
  SELECT t.type, count(*) AS privileges
  FROM (VALUES ('r'::"char"), ('s'), ('f'), ('T'), ('n'), ('l'), ('F'), ('S')) t(type)
  CROSS JOIN LATERAL aclexplode(acldefault(t.type, 10)) e
  WHERE e.grantee = 10
  GROUP BY t.type)
