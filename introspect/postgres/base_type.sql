-- Base types. Arrays look like some, but have no arrays of their own. The server chooses what
-- subscripts mean where all elements are of one length and none of the author's functions says it.
--@if EXISTS (SELECT FROM pg_type WHERE oid >= 16384 AND typtype = 'b' AND typarray <> 0)
WITH routine AS (
  SELECT p.oid, ARRAY[n.nspname, p.proname] AS name
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.oid IN (SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend, typmodin,
                                      typmodout, typanalyze])
                  FROM pg_type WHERE oid >= 16384 AND typtype = 'b' AND typarray <> 0
--@14+            UNION ALL
--@14+            SELECT typsubscript
--@14+            FROM pg_type WHERE oid >= 16384 AND typtype = 'b' AND typarray <> 0
                  ))
SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, n.nspname AS schema, t.typname AS name,
       i.name AS input,
       o.name AS output,
       r.name AS receive,
       s.name AS send,
       mi.name AS typmod_in,
       mo.name AS typmod_out,
       a.name AS analyze,
--@14+ CASE WHEN e.typlen > 0 AND t.typlen > 0 AND NOT t.typbyval
--@14+           AND t.typsubscript = 'raw_array_subscript_handler'::regproc
--@14+      THEN NULL ELSE sub.name END AS subscript,
       CASE WHEN t.typlen <> -1 THEN t.typlen END AS internallength,
       t.typbyval AS passedbyvalue,
       CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'd' THEN 'double' END
         AS alignment,
       CASE t.typstorage WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' WHEN 'm' THEN 'main' END
         AS storage,
       t.typcategory AS category,
       t.typispreferred AS preferred,
       t.typdefault AS "default",
       NULLIF(t.typelem, 0) AS element,
       t.typdelim AS delimiter,
       t.typcollation <> 0 AS collatable
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN routine i ON i.oid = t.typinput
JOIN routine o ON o.oid = t.typoutput
LEFT JOIN routine r ON r.oid = t.typreceive
LEFT JOIN routine s ON s.oid = t.typsend
LEFT JOIN routine mi ON mi.oid = t.typmodin
LEFT JOIN routine mo ON mo.oid = t.typmodout
LEFT JOIN routine a ON a.oid = t.typanalyze
--@14+ LEFT JOIN routine sub ON sub.oid = t.typsubscript
LEFT JOIN pg_type e ON e.oid = t.typelem
WHERE t.typtype = 'b' AND t.typarray <> 0 AND t.oid >= 16384 AND n.nspname !~ '^pg_'
