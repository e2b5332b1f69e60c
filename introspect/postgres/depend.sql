-- What depends on what, as the server records it. Left out: the triggers that the server makes for
-- its own constraints, and that a default belongs to its column. Members of
-- operator classes and families are parts of those, however loosely the server ties them.
SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid,
       CASE WHEN classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass)
                 AND refclassid IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
            THEN 'i' ELSE deptype END
FROM pg_depend
WHERE objid >= 16384 AND (refobjid >= 16384 OR deptype = 'e')
  AND NOT (classid = 'pg_trigger'::regclass AND deptype = 'i')
  AND NOT (classid = 'pg_attrdef'::regclass AND deptype IN ('a', 'i'))
