-- Plain tables: what is partitioned, a partition, inherits or is typed has no kind yet.
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, n.nspname AS schema, c.relname AS name,
       c.relpersistence = 'u' AS unlogged,
       NULLIF(am.amname, 'heap') AS access_method,
       ts.spcname AS tablespace,
       CASE WHEN toast.reloptions IS NULL THEN c.reloptions
            ELSE c.reloptions || ARRAY(SELECT 'toast.' || o FROM unnest(toast.reloptions) o)
       END AS "with"
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am am ON am.oid = c.relam
LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid AND toast.reloptions IS NOT NULL
WHERE c.relkind = 'r' AND c.oid >= 16384 AND n.nspname !~ '^pg_'
  AND c.reloftype = 0
  AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid)
