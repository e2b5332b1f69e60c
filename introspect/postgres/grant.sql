-- Grants: what someone may do beyond what the server gives of itself, one row for each role, with
-- and without the right to grant it on, and for each role that granted it.
--@include rights
WITH
--@include acl
, beyond AS (
  SELECT * FROM held EXCEPT SELECT * FROM standard),
-- One row for each privilege, with the columns on which it holds.
privilege AS (
  SELECT b.classid, b.objid, b.owner, b.grantor, b.grantee, b.grantable, max(b.type) AS type,
         lower(b.privilege) AS word,
         array_agg(a.attname ORDER BY a.attname) FILTER (WHERE b.objsubid > 0) AS columns
  FROM beyond b
  LEFT JOIN pg_attribute a ON b.objsubid > 0 AND a.attrelid = b.objid AND a.attnum = b.objsubid
  GROUP BY b.classid, b.objid, b.owner, b.grantor, b.grantee, b.grantable, b.privilege,
           b.objsubid > 0),
whole AS (
  SELECT p.*,
         p.columns IS NULL AND c.privileges > 1
         AND c.privileges = count(*) FILTER (WHERE p.columns IS NULL) OVER
               (PARTITION BY p.classid, p.objid, p.grantor, p.grantee, p.grantable) AS complete
  FROM privilege p LEFT JOIN complete c ON c.type = p.type),
entry AS (
  SELECT DISTINCT classid, objid, owner, grantor, grantee, grantable,
         CASE WHEN complete THEN 'all' ELSE word END AS word, columns
  FROM whole)
SELECT 0 AS classid, 0 AS objid, e.classid AS parent_class, e.objid AS parent,
       json_agg(json_build_object('privilege', e.word, 'columns', e.columns)
                ORDER BY array_position(
                  ARRAY['all', 'select', 'insert', 'update', 'delete', 'truncate', 'references',
                        'trigger', 'maintain', 'create', 'usage', 'execute'], e.word),
                e.columns IS NOT NULL) AS privileges,
       CASE WHEN e.grantee = 0 THEN 'public'
            WHEN e.grantee = e.owner AND r.rolname = current_user THEN 'current_user'
            ELSE r.rolname END AS role,
       e.grantable,
       CASE WHEN e.grantor <> e.owner THEN g.rolname END AS by
FROM entry e
LEFT JOIN pg_roles r ON r.oid = e.grantee
LEFT JOIN pg_roles g ON g.oid = e.grantor
GROUP BY e.classid, e.objid, e.owner, e.grantor, e.grantee, e.grantable, r.rolname, g.rolname
