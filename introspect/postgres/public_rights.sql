-- Part of other queries. `public_held` has the privileges on schema public that someone has,
-- `public_standard` those that it has in a new database.
public_held AS (
  SELECT 'pg_namespace'::regclass::oid AS classid, n.oid AS objid, 0 AS objsubid,
         n.nspowner AS owner, 'n'::"char" AS type, e.grantor, e.grantee,
         e.privilege_type AS privilege, e.is_grantable AS grantable
  FROM pg_namespace n
  CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) e
  WHERE n.nspname = 'public'),
public_standard AS (
  SELECT 'pg_namespace'::regclass::oid AS classid, n.oid AS objid, 0 AS objsubid,
         n.nspowner AS owner, 'n'::"char" AS type, n.nspowner AS grantor, e.grantee,
         e.privilege_type AS privilege, e.is_grantable AS grantable
  FROM pg_namespace n
  CROSS JOIN LATERAL (
    SELECT grantee, privilege_type, is_grantable FROM aclexplode(acldefault('n', n.nspowner))
    UNION ALL
    SELECT 0, 'USAGE', false
--@<15 UNION ALL SELECT 0, 'CREATE', false
    ) e
  WHERE n.nspname = 'public')
