-- Names of functions that the server has and somebody made too.
--@if EXISTS (SELECT FROM pg_proc WHERE oid >= 16384)
SELECT DISTINCT p.proname
FROM pg_proc p
JOIN pg_proc b ON b.proname = p.proname AND b.pronamespace = 'pg_catalog'::regnamespace
WHERE p.oid >= 16384 AND b.oid < 16384
