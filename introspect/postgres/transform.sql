-- Transforms.
--@if EXISTS (SELECT FROM pg_transform)
SELECT 'pg_transform'::regclass::oid AS classid, t.oid AS objid,
       t.trftype AS type, l.lanname AS language,
       CASE WHEN f.oid IS NOT NULL THEN ARRAY[fn.nspname, f.proname] END AS from_sql,
       CASE WHEN g.oid IS NOT NULL THEN ARRAY[gn.nspname, g.proname] END AS to_sql
FROM pg_transform t
JOIN pg_language l ON l.oid = t.trflang
LEFT JOIN pg_proc f ON f.oid = t.trffromsql
LEFT JOIN pg_namespace fn ON fn.oid = f.pronamespace
LEFT JOIN pg_proc g ON g.oid = t.trftosql
LEFT JOIN pg_namespace gn ON gn.oid = g.pronamespace
WHERE t.oid >= 16384
