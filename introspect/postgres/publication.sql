-- Publications. An option is said where it is not what a new publication has.
--@if EXISTS (SELECT FROM pg_publication)
SELECT 'pg_publication'::regclass::oid AS classid, p.oid AS objid, p.pubname AS name,
       p.puballtables AS all_tables,
       array_remove(ARRAY[
         CASE WHEN NOT (p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate) THEN
           'publish=' || concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END,
                                         CASE WHEN p.pubupdate THEN 'update' END,
                                         CASE WHEN p.pubdelete THEN 'delete' END,
                                         CASE WHEN p.pubtruncate THEN 'truncate' END) END,
         CASE WHEN p.pubviaroot THEN 'publish_via_partition_root=true' END
--@18+   , CASE WHEN p.pubgencols = 's' THEN 'publish_generated_columns=stored' END
       ], NULL) AS "with"
FROM pg_publication p
WHERE p.oid >= 16384
