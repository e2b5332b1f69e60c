-- What depends on what, as the server records it. Left out: the triggers that the server makes for
-- its own constraints, and that a default belongs to its column.
SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype
FROM pg_depend
WHERE objid >= 16384 AND (refobjid >= 16384 OR deptype = 'e')
  AND NOT (classid = 'pg_trigger'::regclass AND deptype = 'i')
  AND NOT (classid = 'pg_attrdef'::regclass AND deptype IN ('a', 'i'))
