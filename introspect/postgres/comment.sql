-- Comments. What an extension's control file says about it is not the schema's to say; where the
-- comment that a new database or extension brings was taken away, an empty one stands for that.
--@if EXISTS (SELECT FROM pg_description WHERE objoid >= 16384)
--@if coalesce(obj_description(to_regnamespace('public'), 'pg_namespace'), '') <> 'standard public schema'
--@if EXISTS (SELECT FROM pg_extension WHERE obj_description(oid, 'pg_extension') IS NULL)
SELECT CASE WHEN k.oid IS NULL THEN d.classoid ELSE 'pg_constraint'::regclass::oid END
         AS parent_class,
       coalesce(k.oid, d.objoid) AS parent, d.objsubid AS parent_sub,
       d.description AS text
FROM pg_description d
-- That on the index of a constraint is read with the constraint, in a partition with the index.
LEFT JOIN pg_constraint k ON d.classoid = 'pg_class'::regclass AND k.conindid = d.objoid
                             AND k.contype IN ('p', 'u', 'x')
WHERE (d.objoid >= 16384
       OR (d.classoid = 'pg_namespace'::regclass
           AND d.objoid = (SELECT oid FROM pg_namespace WHERE nspname = 'public')))
  AND NOT (d.classoid = 'pg_namespace'::regclass AND d.description = 'standard public schema'
           AND d.objoid = (SELECT oid FROM pg_namespace WHERE nspname = 'public'))
  AND NOT (d.classoid = 'pg_extension'::regclass
           AND EXISTS (SELECT FROM pg_extension e, pg_available_extensions() v
                       WHERE e.oid = d.objoid AND v.name = e.extname AND v.comment = d.description))
  -- What a member of an extension says of itself is the extension's.
  AND NOT EXISTS (SELECT FROM pg_depend e
                  WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')
  AND (k.oid IS NULL OR k.conparentid <> 0)
  -- That on the constraint of such an index stands with it.
  AND NOT (d.classoid = 'pg_constraint'::regclass
           AND EXISTS (SELECT FROM pg_constraint c
                       WHERE c.oid = d.objoid AND c.conparentid <> 0 AND c.contype <> 'f'))
UNION ALL
SELECT 'pg_namespace'::regclass, n.oid, 0, ''
FROM pg_namespace n
WHERE n.nspname = 'public'
  AND NOT EXISTS (SELECT FROM pg_description d
                  WHERE d.classoid = 'pg_namespace'::regclass AND d.objoid = n.oid)
UNION ALL
SELECT 'pg_extension'::regclass, e.oid, 0, ''
FROM pg_extension e
WHERE NOT EXISTS (SELECT FROM pg_description d
                  WHERE d.classoid = 'pg_extension'::regclass AND d.objoid = e.oid)
  AND EXISTS (SELECT FROM pg_available_extensions() v
              WHERE v.name = e.extname AND v.comment IS NOT NULL)
