-- Security labels. Those on subscriptions belong to the whole server.
--@if EXISTS (SELECT FROM pg_seclabel) OR EXISTS (SELECT FROM pg_shseclabel)
SELECT 0 AS classid, 0 AS objid, l.classoid AS parent_class, l.objoid AS parent,
       l.objsubid AS parent_sub, l.provider, l.label
FROM pg_seclabel l
WHERE l.objoid >= 16384
   OR (l.classoid = 'pg_namespace'::regclass
       AND l.objoid = (SELECT oid FROM pg_namespace WHERE nspname = 'public'))
UNION ALL
SELECT 0, 0, l.classoid, l.objoid, 0, l.provider, l.label
FROM pg_shseclabel l
JOIN pg_subscription s ON s.oid = l.objoid
WHERE l.classoid = 'pg_subscription'::regclass
  AND s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
