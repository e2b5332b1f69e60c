-- Tables of publications.
--@if EXISTS (SELECT FROM pg_publication)
SELECT 'pg_publication_rel'::regclass::oid AS classid, r.oid AS objid,
       'pg_publication'::regclass::oid AS parent_class, r.prpubid AS parent,
       r.prrelid AS refrelid, r.prrelid AS "table"
--@15+ , r.prattrs::int2[] AS columns
--@15+ , pg_get_expr(r.prqual, r.prrelid) AS "where"
FROM pg_publication_rel r
WHERE r.oid >= 16384
