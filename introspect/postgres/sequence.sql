-- Sequences but those of identity columns. Options that the server would choose for the type and
-- the direction are left out.
--@if EXISTS (SELECT FROM pg_sequence)
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, n.nspname AS schema, c.relname AS name,
       'pg_class'::regclass::oid AS parent_class, d.refobjid AS parent, d.refobjsubid AS parent_sub,
       c.relpersistence = 'u' AS unlogged,
       s.seqtypid::text AS type,
       NULLIF(s.seqstart, CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END)
         AS "options.start",
       s.seqincrement AS "options.increment",
       NULLIF(s.seqmin, CASE WHEN s.seqincrement > 0 THEN 1 ELSE least.value END)
         AS "options.minvalue",
       NULLIF(s.seqmax, CASE WHEN s.seqincrement > 0 THEN -(least.value + 1) ELSE -1 END)
         AS "options.maxvalue",
       s.seqcache AS "options.cache",
       s.seqcycle AS "options.cycle",
       CASE WHEN d.refobjid IS NOT NULL THEN
         (SELECT ARRAY[rn.nspname, r.relname, a.attname]
          FROM pg_class r
          JOIN pg_namespace rn ON rn.oid = r.relnamespace
          JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.refobjsubid
          WHERE r.oid = d.refobjid)
       END AS owned_by
FROM pg_sequence s
JOIN pg_class c ON c.oid = s.seqrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_depend d
  ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
     AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
CROSS JOIN LATERAL (
  SELECT CASE s.seqtypid
           WHEN 'int2'::regtype THEN '-32768'::bigint
           WHEN 'int4'::regtype THEN '-2147483648'::bigint
           ELSE '-9223372036854775808'::bigint
         END AS value) least
WHERE c.oid >= 16384 AND n.nspname !~ '^pg_' AND d.deptype IS DISTINCT FROM 'i'
