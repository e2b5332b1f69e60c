-- Primary keys with the options of their indexes.
--@if EXISTS (SELECT FROM pg_constraint WHERE contype = 'p' AND oid >= 16384)
SELECT 'pg_constraint'::regclass::oid AS classid, k.oid AS objid, k.conrelid AS parent,
       k.conname AS name,
       k.conkey AS columns,
       CASE WHEN i.indnatts > i.indnkeyatts THEN
         (i.indkey::int2[])[i.indnkeyatts:i.indnatts - 1]
       END AS include,
       k.condeferrable AS deferrable,
       k.condeferred AS initially_deferred,
       c.reloptions AS "with",
       ts.spcname AS tablespace,
       CASE WHEN i.indisreplident THEN
         (SELECT r.relreplident = 'i' FROM pg_class r WHERE r.oid = k.conrelid)
       END AS replica_identity,
       i.indisclustered AS cluster,
       said.description AS index_comment
--@18+ , k.conperiod AS without_overlaps
FROM pg_constraint k
JOIN pg_index i ON i.indexrelid = k.conindid
JOIN pg_class c ON c.oid = k.conindid
LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_description said ON said.classoid = 'pg_class'::regclass AND said.objoid = k.conindid
                                 AND said.objsubid = 0
WHERE k.contype = 'p' AND k.conrelid >= 16384 AND k.conparentid = 0
