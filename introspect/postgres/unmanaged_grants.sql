-- Rights that a dump would hold and that no kind describes, as the query of what is not managed.
--@include rights
WITH
--@include acl

SELECT 'grants' AS plural, '' AS noun, a.classid, a.objid, a.objsubid, '' AS schema,
       pg_describe_object(a.classid, a.objid, a.objsubid), false
FROM (
  SELECT classid, objid, objsubid FROM (SELECT * FROM held EXCEPT SELECT * FROM standard) h
  UNION
  SELECT classid, objid, objsubid FROM (SELECT * FROM standard EXCEPT SELECT * FROM held) s) a
WHERE EXISTS (
  SELECT FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
  WHERE d.classid = a.classid AND d.objid = a.objid AND d.deptype = 'e'
    AND d.classid NOT IN ('pg_proc'::regclass, 'pg_foreign_data_wrapper'::regclass)
    -- plpgsql that somebody brought again is no part of every database.
    AND (d.classid <> 'pg_language'::regclass OR (x.extname = 'plpgsql' AND a.objid >= 16384))
    AND (d.classid <> 'pg_class'::regclass OR a.objsubid > 0
         OR EXISTS (SELECT FROM pg_class c WHERE c.oid = a.objid AND c.relkind = 'S')))
