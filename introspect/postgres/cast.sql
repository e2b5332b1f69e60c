-- Casts.
--@if EXISTS (SELECT FROM pg_cast WHERE oid >= 16384)
SELECT 'pg_cast'::regclass::oid AS classid, k.oid AS objid,
       k.castsource AS "types.source", k.casttarget AS "types.target",
       CASE k.castmethod WHEN 'b' THEN 'without function' WHEN 'i' THEN 'with inout' END AS method,
       CASE WHEN p.oid IS NOT NULL THEN
         json_build_object('function', json_build_array(n.nspname, p.proname),
                           'arguments', (SELECT json_agg(a.type ORDER BY a.position)
                                         FROM unnest(p.proargtypes)
                                              WITH ORDINALITY a(type, position)))
       END AS function,
       CASE k.castcontext WHEN 'a' THEN 'assignment' WHEN 'i' THEN 'implicit' END AS context
FROM pg_cast k
LEFT JOIN pg_proc p ON p.oid = k.castfunc
LEFT JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE k.oid >= 16384
