-- Range types.
--@if EXISTS (SELECT FROM pg_range WHERE rngtypid >= 16384)
SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, n.nspname AS schema, t.typname AS name,
       r.rngsubtype AS subtype,
       CASE WHEN NOT o.opcdefault THEN ARRAY[onsp.nspname, o.opcname] END AS opclass,
       CASE WHEN r.rngcollation <> sub.typcollation THEN ARRAY[cn.nspname, c.collname] END
         AS collation,
       CASE WHEN f.oid IS NOT NULL THEN ARRAY[fn.nspname, f.proname] END AS canonical,
       CASE WHEN p.oid IS NOT NULL THEN ARRAY[pn.nspname, p.proname] END AS subtype_diff
--@14+ , CASE WHEN m.typname <> left(CASE WHEN strpos(t.typname, 'range') > 0
--@14+        THEN overlay(t.typname PLACING 'multirange' FROM strpos(t.typname, 'range') FOR 5)
--@14+        ELSE left(t.typname, 52) || '_multirange' END, 63) THEN m.typname END
--@14+   AS multirange_type_name
FROM pg_range r
JOIN pg_type t ON t.oid = r.rngtypid
JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN pg_type sub ON sub.oid = r.rngsubtype
JOIN pg_opclass o ON o.oid = r.rngsubopc
JOIN pg_namespace onsp ON onsp.oid = o.opcnamespace
LEFT JOIN pg_collation c ON c.oid = r.rngcollation
LEFT JOIN pg_namespace cn ON cn.oid = c.collnamespace
LEFT JOIN pg_proc f ON f.oid = r.rngcanonical
LEFT JOIN pg_namespace fn ON fn.oid = f.pronamespace
LEFT JOIN pg_proc p ON p.oid = r.rngsubdiff
LEFT JOIN pg_namespace pn ON pn.oid = p.pronamespace
--@14+ JOIN pg_type m ON m.oid = r.rngmultitypid
WHERE t.oid >= 16384 AND n.nspname !~ '^pg_'
