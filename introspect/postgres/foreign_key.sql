-- Foreign keys. The copies that partitions bring belong to the constraint that they copy.
--@if EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND oid >= 16384)
SELECT 'pg_constraint'::regclass::oid AS classid, k.oid AS objid, k.conrelid AS parent,
       k.confrelid AS refrelid, k.conname AS name,
       k.conkey AS columns,
       k.confrelid AS "references",
       k.confkey AS ref_columns,
       CASE k.confmatchtype WHEN 'f' THEN 'full' END AS match,
       CASE k.confdeltype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade'
                          WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default'
       END AS "on_delete.action",
--@15+ k.confdelsetcols AS "on_delete.columns",
       CASE k.confupdtype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade'
                          WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default'
       END AS "on_update.action",
       k.condeferrable AS deferrable,
       k.condeferred AS initially_deferred,
--@<18 NOT k.convalidated AS not_valid
--@18+ NOT k.convalidated AND k.conenforced AS not_valid,
--@18+ k.conperiod AS period, NOT k.conenforced AS not_enforced
FROM pg_constraint k
WHERE k.contype = 'f' AND k.conrelid >= 16384 AND k.conparentid = 0
