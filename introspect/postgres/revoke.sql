-- What everybody or the owner has from the start, and has no longer.
--@include rights
WITH
--@include acl
, missing AS (
  SELECT s.classid, s.objid, s.owner, s.grantee, s.type, lower(s.privilege) AS word
  FROM standard s
  WHERE NOT EXISTS (
    SELECT FROM held h
    WHERE h.classid = s.classid AND h.objid = s.objid AND h.objsubid = s.objsubid
      AND h.grantor = s.grantor AND h.grantee = s.grantee AND h.privilege = s.privilege)
    AND s.objsubid = 0),
whole AS (
  SELECT m.*, c.privileges > 1
              AND c.privileges = count(*) OVER (PARTITION BY m.classid, m.objid, m.grantee)
              AS complete
  FROM missing m LEFT JOIN complete c ON c.type = m.type),
entry AS (
  SELECT DISTINCT classid, objid, owner, grantee, CASE WHEN complete THEN 'all' ELSE word END AS word
  FROM whole)
SELECT 0 AS classid, 0 AS objid, e.classid AS parent_class, e.objid AS parent,
       json_agg(json_build_object('privilege', e.word)
                ORDER BY array_position(
                  ARRAY['all', 'select', 'insert', 'update', 'delete', 'truncate', 'references',
                        'trigger', 'maintain', 'create', 'usage', 'execute'], e.word)) AS privileges,
       CASE WHEN e.grantee = 0 THEN 'public'
            WHEN e.grantee = e.owner AND r.rolname = current_user THEN 'current_user'
            ELSE r.rolname END AS role
FROM entry e
LEFT JOIN pg_roles r ON r.oid = e.grantee
GROUP BY e.classid, e.objid, e.owner, e.grantee, r.rolname
