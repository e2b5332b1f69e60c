-- What roles may do with objects made later. Where no schema is named, this replaces what a new
-- object has from the start; in a schema it adds to that.
--@if EXISTS (SELECT FROM pg_default_acl)
WITH entry AS (
  SELECT d.oid, d.defaclrole AS maker, n.nspname AS schema,
         CASE d.defaclobjtype WHEN 'S' THEN 's'::"char" ELSE d.defaclobjtype END AS type,
         d.defaclacl AS acl
  FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace),
held AS (
  SELECT e.oid, x.grantee, x.privilege_type AS privilege, x.is_grantable AS grantable
  FROM entry e CROSS JOIN LATERAL aclexplode(e.acl) x),
standard AS (
  SELECT e.oid, x.grantee, x.privilege_type AS privilege, x.is_grantable AS grantable
  FROM entry e CROSS JOIN LATERAL aclexplode(acldefault(e.type, e.maker)) x
  WHERE e.schema IS NULL),
complete AS (
  SELECT t.type, count(*) AS privileges
  FROM (VALUES ('r'::"char"), ('s'), ('f'), ('T'), ('n')) t(type)
  CROSS JOIN LATERAL aclexplode(acldefault(t.type, 10)) x
  WHERE x.grantee = 10
  GROUP BY t.type),
difference AS (
  SELECT true AS granted, b.* FROM (SELECT * FROM held EXCEPT SELECT * FROM standard) b
  UNION ALL
  SELECT false, s.oid, s.grantee, s.privilege, false
  FROM standard s
  WHERE NOT EXISTS (SELECT FROM held h WHERE h.oid = s.oid AND h.grantee = s.grantee
                                             AND h.privilege = s.privilege)),
word AS (
  SELECT DISTINCT d.granted, d.oid, d.grantee, d.grantable,
         CASE WHEN d.privileges > 1 AND d.privileges = d.own THEN 'all' ELSE lower(d.privilege)
         END AS word
  FROM (SELECT f.*, c.privileges,
               count(*) OVER (PARTITION BY f.granted, f.oid, f.grantee, f.grantable) AS own
        FROM difference f JOIN entry e USING (oid) JOIN complete c ON c.type = e.type) d),
listed AS (
  SELECT w.granted, w.oid, w.grantee, w.grantable,
         json_agg(json_build_object('privilege', w.word)
                  ORDER BY array_position(
                    ARRAY['all', 'select', 'insert', 'update', 'delete', 'truncate', 'references',
                          'trigger', 'maintain', 'create', 'usage', 'execute'], w.word)) AS words
  FROM word w
  GROUP BY w.granted, w.oid, w.grantee, w.grantable)
SELECT 0 AS classid, 0 AS objid,
       NULLIF(m.rolname, current_user) AS maker,
       e.schema,
       CASE WHEN l.granted THEN l.words END AS granted,
       CASE WHEN NOT l.granted THEN l.words END AS revoked,
       CASE e.type WHEN 'r' THEN 'tables' WHEN 's' THEN 'sequences' WHEN 'f' THEN 'functions'
                   WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' END AS objects,
       CASE WHEN l.granted THEN who.name END AS to,
       CASE WHEN NOT l.granted THEN who.name END AS "from",
       l.grantable
FROM listed l
JOIN entry e USING (oid)
JOIN pg_roles m ON m.oid = e.maker
LEFT JOIN pg_roles r ON r.oid = l.grantee
CROSS JOIN LATERAL (
  SELECT CASE WHEN l.grantee = 0 THEN 'public'
              WHEN l.grantee = e.maker AND r.rolname = current_user THEN 'current_user'
              ELSE r.rolname END AS name) who
