-- Check constraints of tables, but those that they have from others alone, and domains.
--@if EXISTS (SELECT FROM pg_constraint WHERE contype = 'c' AND oid >= 16384)
-- To print an expression the server makes all that it wants to know of a table. What is the same
-- tree over columns of the same names, as in schemas made from one mould, is printed once; of a row
-- as a whole its table is a part.
WITH alike AS MATERIALIZED (
  SELECT k.oid,
         sha256(convert_to(concat_ws(' ', k.conbin::text,
           CASE WHEN k.conrelid <> 0 THEN
             ARRAY(SELECT a.attname FROM pg_attribute a
                   WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
                   ORDER BY a.attnum)::text
           END,
           CASE WHEN 0 = ANY (k.conkey) THEN k.conrelid END), 'UTF8')) AS digest
  FROM pg_constraint k
  WHERE k.contype = 'c' AND k.oid >= 16384 AND (k.conrelid = 0 OR k.conislocal)),
printed AS MATERIALIZED (
  SELECT f.digest, pg_get_expr(k.conbin, k.conrelid) AS expression
  FROM (SELECT digest, min(oid) AS oid FROM alike GROUP BY digest) f
  JOIN pg_constraint k ON k.oid = f.oid)
SELECT 'pg_constraint'::regclass::oid AS classid, k.oid AS objid,
       CASE WHEN k.conrelid <> 0 THEN 'pg_class'::regclass::oid ELSE 'pg_type'::regclass::oid END
         AS parent_class,
       CASE WHEN k.conrelid <> 0 THEN k.conrelid ELSE k.contypid END AS parent,
       k.conname AS name,
       p.expression,
       k.connoinherit AS no_inherit,
--@<18 NOT k.convalidated AS not_valid
--@18+ NOT k.convalidated AND k.conenforced AS not_valid, NOT k.conenforced AS not_enforced
FROM alike s
JOIN printed p ON p.digest = s.digest
JOIN pg_constraint k ON k.oid = s.oid
