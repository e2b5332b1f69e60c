-- Columns that a table has from others (tables above it, or its type), where it says something of its
-- own about them. What needs such a column needs the one that it comes from.
--@if EXISTS (SELECT FROM pg_inherits) OR EXISTS (SELECT FROM pg_class WHERE reloftype <> 0)
WITH source AS (
  SELECT i.inhrelid AS relation, i.inhparent AS from_relation, i.inhseqno AS place
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE c.relkind IN ('r', 'p', 'f') AND c.oid >= 16384
  UNION ALL
  SELECT c.oid, t.typrelid, 1
  FROM pg_class c JOIN pg_type t ON t.oid = c.reloftype WHERE c.relkind IN ('r', 'p')),
inherited AS (
  SELECT DISTINCT ON (a.attrelid, a.attnum)
         a.attrelid, a.attnum, a.attname, a.attnotnull, a.attstorage, a.attstattarget, a.attoptions,
         a.attfdwoptions,
--@14+   a.attcompression, p.attcompression AS from_compression,
         p.attnotnull AS from_notnull, p.attstorage AS from_storage,
         p.attrelid AS from_relation, p.attnum AS from_number,
         a.attgenerated <> '' AS generated
  FROM source s
  JOIN pg_attribute a ON a.attrelid = s.relation
  JOIN pg_attribute p ON p.attrelid = s.from_relation AND p.attname = a.attname
  JOIN pg_class c ON c.oid = a.attrelid
  WHERE a.attnum > 0 AND NOT a.attisdropped AND (NOT a.attislocal OR c.reloftype <> 0)
  ORDER BY a.attrelid, a.attnum, p.attnotnull DESC, p.atthasdef DESC, s.place),
described AS (
  SELECT i.*, d.oid AS default_id,
         CASE WHEN NOT generated THEN pg_get_expr(d.adbin, 0) END AS initial,
         CASE WHEN NOT generated THEN pg_get_expr(f.adbin, 0) END AS from_initial,
         CASE WHEN generated AND pg_get_expr(d.adbin, d.adrelid) <> pg_get_expr(f.adbin, f.adrelid)
              THEN 'expressions of inherited generated columns' END AS unmanaged,
         EXISTS (SELECT FROM pg_description x
                 WHERE x.classoid = 'pg_class'::regclass AND x.objoid = i.attrelid
                   AND x.objsubid = i.attnum)
           OR EXISTS (SELECT FROM pg_seclabel l
                      WHERE l.classoid = 'pg_class'::regclass AND l.objoid = i.attrelid
                        AND l.objsubid = i.attnum) AS spoken_of,
         NOT EXISTS (SELECT FROM pg_constraint k
                     WHERE k.contype = 'p' AND k.conrelid = i.attrelid AND k.conparentid = 0
                       AND i.attnum = ANY (k.conkey)) AS in_no_key,
         ARRAY(SELECT o FROM unnest(i.attoptions) o WHERE o NOT LIKE 'pg\_attver=%') AS options
  FROM inherited i
  LEFT JOIN pg_attrdef d ON d.adrelid = i.attrelid AND d.adnum = i.attnum
  LEFT JOIN pg_attrdef f ON f.adrelid = i.from_relation AND f.adnum = i.from_number)
SELECT 'pg_class'::regclass::oid AS classid, attrelid AS objid, attnum AS objsubid,
       attrelid AS parent, attname AS name, true AS attached, default_id, unmanaged,
       CASE WHEN attnotnull AND NOT from_notnull AND in_no_key THEN 'not null'
            WHEN from_notnull AND NOT attnotnull THEN 'null' END AS presence,
       CASE WHEN initial IS DISTINCT FROM from_initial THEN initial END AS "default",
       initial IS NULL AND from_initial IS NOT NULL AS no_default,
       CASE WHEN attstorage <> from_storage THEN
         CASE attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external'
                         WHEN 'x' THEN 'extended' ELSE 'main' END
       END AS storage,
--@14+ CASE WHEN attcompression <> from_compression THEN
--@14+   CASE attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' ELSE 'default' END
--@14+ END AS compression,
       CASE WHEN attstattarget >= 0 THEN attstattarget END AS statistics,
       options,
       attfdwoptions AS foreign_options
FROM described
WHERE unmanaged IS NOT NULL OR spoken_of
   OR (attnotnull <> from_notnull AND (in_no_key OR NOT attnotnull))
   OR initial IS DISTINCT FROM from_initial
   OR attstorage <> from_storage
--@14+ OR attcompression <> from_compression
   OR attstattarget >= 0 OR cardinality(options) > 0 OR attfdwoptions IS NOT NULL
