-- Materialized views. The server's text names the columns as the view does.
--@if EXISTS (SELECT FROM pg_class WHERE relkind = 'm')
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, n.nspname AS schema, c.relname AS name,
       NULL AS columns,
       NULLIF(am.amname, 'heap') AS access_method,
       CASE WHEN toast.reloptions IS NULL THEN c.reloptions
            ELSE c.reloptions || ARRAY(SELECT 'toast.' || o FROM unnest(toast.reloptions) o)
       END AS "with",
       ts.spcname AS tablespace,
       rtrim(pg_get_viewdef(c.oid), ';') AS query,
       NOT c.relispopulated AS no_data
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am am ON am.oid = c.relam
LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid AND toast.reloptions IS NOT NULL
WHERE c.relkind = 'm' AND c.oid >= 16384 AND n.nspname !~ '^pg_'
