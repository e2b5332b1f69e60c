-- Owners, where that is not the one who reads. A sequence that a column owns follows its table.
-- Schema public has an owner from the start, who is none either.
WITH owned AS (
  SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, c.relowner AS owner
  FROM pg_class c
  WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND c.relowner <> (SELECT u.oid FROM pg_roles u WHERE u.rolname = current_user)
    AND NOT (c.relkind = 'S'
             AND EXISTS (SELECT FROM pg_depend d
                         WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                           AND d.objsubid = 0 AND d.refclassid = 'pg_class'::regclass
                           AND d.deptype IN ('a', 'i')))
  UNION ALL
  SELECT 'pg_type'::regclass, t.oid, t.typowner FROM pg_type t WHERE t.oid >= 16384
  UNION ALL
  SELECT 'pg_proc'::regclass, p.oid, p.proowner FROM pg_proc p WHERE p.oid >= 16384
  UNION ALL
  SELECT 'pg_namespace'::regclass, n.oid, n.nspowner FROM pg_namespace n
  WHERE n.oid >= 16384 AND n.nspname <> 'public'
  UNION ALL
  SELECT 'pg_operator'::regclass, o.oid, o.oprowner FROM pg_operator o WHERE o.oid >= 16384
  UNION ALL
  SELECT 'pg_opclass'::regclass, o.oid, o.opcowner FROM pg_opclass o WHERE o.oid >= 16384
  UNION ALL
  SELECT 'pg_opfamily'::regclass, f.oid, f.opfowner FROM pg_opfamily f WHERE f.oid >= 16384
  UNION ALL
  SELECT 'pg_collation'::regclass, c.oid, c.collowner FROM pg_collation c WHERE c.oid >= 16384
  UNION ALL
  SELECT 'pg_conversion'::regclass, c.oid, c.conowner FROM pg_conversion c WHERE c.oid >= 16384
  UNION ALL
  SELECT 'pg_ts_dict'::regclass, d.oid, d.dictowner FROM pg_ts_dict d WHERE d.oid >= 16384
  UNION ALL
  SELECT 'pg_ts_config'::regclass, c.oid, c.cfgowner FROM pg_ts_config c WHERE c.oid >= 16384
  UNION ALL
  SELECT 'pg_statistic_ext'::regclass, e.oid, e.stxowner FROM pg_statistic_ext e
  UNION ALL
  SELECT 'pg_language'::regclass, l.oid, l.lanowner FROM pg_language l WHERE l.oid >= 16384
  UNION ALL
  SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, w.fdwowner FROM pg_foreign_data_wrapper w
  UNION ALL
  SELECT 'pg_foreign_server'::regclass, v.oid, v.srvowner FROM pg_foreign_server v
  UNION ALL
  SELECT 'pg_event_trigger'::regclass, e.oid, e.evtowner FROM pg_event_trigger e
  UNION ALL
  SELECT 'pg_publication'::regclass, p.oid, p.pubowner FROM pg_publication p
  UNION ALL
  SELECT 'pg_subscription'::regclass, s.oid, s.subowner FROM pg_subscription s
  WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()))
SELECT 0 AS classid, 0 AS objid, o.classid AS parent_class, o.objid AS parent, r.rolname AS role
FROM owned o JOIN pg_roles r ON r.oid = o.owner
WHERE r.rolname <> current_user
UNION ALL
SELECT 0, 0, 'pg_namespace'::regclass, n.oid,
       CASE r.rolname WHEN current_user THEN 'current_user' ELSE r.rolname END
FROM pg_namespace n
JOIN pg_roles r ON r.oid = n.nspowner
WHERE n.nspname = 'public'
--@15+ AND n.nspowner <> 'pg_database_owner'::regrole
--@<15 AND n.nspowner <> 10
