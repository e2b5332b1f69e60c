-- Languages of every database whose rights are not those from the start.
SELECT 'pg_language'::regclass::oid AS classid, l.oid AS objid, l.lanname AS language
FROM pg_language l
WHERE l.oid < 16384 AND l.lanname IN ('plpgsql', 'sql')
  AND EXISTS (
    SELECT FROM (VALUES (l.lanacl, acldefault('l', l.lanowner)),
                        (acldefault('l', l.lanowner), l.lanacl)) v(one, other)
    CROSS JOIN LATERAL aclexplode(v.one) e
    WHERE l.lanacl IS NOT NULL
      AND NOT EXISTS (SELECT FROM aclexplode(v.other) f
                      WHERE (f.grantor, f.grantee, f.privilege_type, f.is_grantable)
                            = (e.grantor, e.grantee, e.privilege_type, e.is_grantable)))
