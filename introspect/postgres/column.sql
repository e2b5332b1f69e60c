-- Columns that tables have of their own, with the sequence of an identity and the expression of a
-- generated column.
--@if EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p', 'f') AND oid >= 16384)
SELECT 'pg_class'::regclass::oid AS classid, a.attrelid AS objid, a.attnum AS objsubid,
       a.attrelid AS parent, a.attnum AS position, a.attname AS name,
       a.attcollation AS collation_id,
       a.atttypid || ' ' || a.atttypmod AS type,
       NOT a.attnotnull AS nullable,
       CASE WHEN a.attcollation <> t.typcollation THEN
         (SELECT ARRAY[cn.nspname, cl.collname]
          FROM pg_collation cl JOIN pg_namespace cn ON cn.oid = cl.collnamespace
          WHERE cl.oid = a.attcollation)
       END AS collation,
       CASE WHEN a.attidentity <> '' THEN json_build_object(
         'by_default', a.attidentity = 'd',
         'sequence', CASE WHEN s.name <> CASE
             WHEN octet_length(c.relname) + octet_length(a.attname) <= 58
               THEN c.relname || '_' || a.attname || '_seq'
             WHEN octet_length(c.relname) <= 29
               THEN c.relname || '_' || left(a.attname, 58 - octet_length(c.relname)) || '_seq'
             WHEN octet_length(a.attname) <= 29
               THEN left(c.relname, 58 - octet_length(a.attname)) || '_' || a.attname || '_seq'
             ELSE left(c.relname, 29) || '_' || left(a.attname, 29) || '_seq'
           END OR s.namespace <> c.relnamespace
           THEN (SELECT ARRAY[sn.nspname::text, s.name] FROM pg_namespace sn
                 WHERE sn.oid = s.namespace) END,
         'options', json_build_object(
           'start', NULLIF(s.seqstart,
                           CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END),
           'increment', s.seqincrement,
           'minvalue', NULLIF(s.seqmin, CASE WHEN s.seqincrement > 0 THEN 1 ELSE s.least END),
           'maxvalue', NULLIF(s.seqmax,
                              CASE WHEN s.seqincrement > 0 THEN -(s.least + 1) ELSE -1 END),
           'cache', s.seqcache,
           'cycle', s.seqcycle)) END AS identity,
       CASE WHEN s.seqtypid <> a.atttypid OR s.relpersistence <> c.relpersistence
            THEN 'options of identity sequences' END AS unmanaged,
       CASE WHEN a.attgenerated <> '' THEN
         (SELECT json_build_object('expression', pg_get_expr(e.adbin, e.adrelid),
                                   'kind', CASE a.attgenerated WHEN 'v' THEN 'virtual'
                                                               ELSE 'stored' END)
          FROM pg_attrdef e WHERE e.adrelid = a.attrelid AND e.adnum = a.attnum)
       END AS generated,
       CASE WHEN a.attgenerated <> '' THEN
         (SELECT e.oid FROM pg_attrdef e WHERE e.adrelid = a.attrelid AND e.adnum = a.attnum)
       END AS default_id,
       CASE WHEN a.attstorage <> t.typstorage THEN
         CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external'
                           WHEN 'x' THEN 'extended' ELSE 'main' END
       END AS storage,
--@14+ CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,
       CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END AS statistics,
       -- Some builds keep a note of their own among the options.
       CASE WHEN a.attoptions IS NOT NULL THEN
         ARRAY(SELECT o FROM unnest(a.attoptions) o WHERE o NOT LIKE 'pg\_attver=%')
       END AS options,
       a.attfdwoptions AS foreign_options
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_type t ON t.oid = a.atttypid
-- Asked for each identity alone: columns are too many to be joined with all sequences.
LEFT JOIN LATERAL (
  SELECT sc.relname::text AS name, sc.relnamespace AS namespace,
         sc.relpersistence, q.seqtypid, q.seqstart, q.seqincrement, q.seqmin, q.seqmax,
         q.seqcache, q.seqcycle,
         CASE q.seqtypid WHEN 'int2'::regtype THEN '-32768'::bigint
                         WHEN 'int4'::regtype THEN '-2147483648'::bigint
                         ELSE '-9223372036854775808'::bigint END AS least
  FROM pg_depend d
  JOIN pg_sequence q ON q.seqrelid = d.objid
  JOIN pg_class sc ON sc.oid = q.seqrelid
  WHERE a.attidentity <> '' AND d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid
    AND d.refobjsubid = a.attnum AND d.classid = 'pg_class'::regclass AND d.objsubid = 0
    AND d.deptype = 'i'
  OFFSET 0) s ON true
WHERE c.relkind IN ('r', 'p', 'f') AND c.oid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped
  AND a.attislocal AND c.reloftype = 0
