-- Check constraints of tables, but those that they have from others alone, and domains.
--@if EXISTS (SELECT FROM pg_constraint WHERE contype = 'c' AND oid >= 16384)
SELECT 'pg_constraint'::regclass::oid AS classid, k.oid AS objid,
       CASE WHEN k.conrelid <> 0 THEN 'pg_class'::regclass::oid ELSE 'pg_type'::regclass::oid END
         AS parent_class,
       CASE WHEN k.conrelid <> 0 THEN k.conrelid ELSE k.contypid END AS parent,
       k.conname AS name,
       pg_get_expr(k.conbin, k.conrelid) AS expression,
       k.connoinherit AS no_inherit,
--@<18 NOT k.convalidated AS not_valid
--@18+ NOT k.convalidated AND k.conenforced AS not_valid, NOT k.conenforced AS not_enforced
FROM pg_constraint k
WHERE k.contype = 'c' AND k.oid >= 16384 AND (k.conrelid = 0 OR k.conislocal)
