-- Aggregates. Where the last argument is VARIADIC on both sides of ORDER BY, it is there once.
--@if EXISTS (SELECT FROM pg_aggregate WHERE aggfnoid >= 16384)
WITH argument AS (
  SELECT p.oid,
         json_agg(x.argument ORDER BY x.position)
           FILTER (WHERE a.aggkind = 'n' OR x.position <= a.aggnumdirectargs) AS direct,
         json_agg(x.argument ORDER BY x.position)
           FILTER (WHERE a.aggkind <> 'n'
                         AND x.position > least(a.aggnumdirectargs, p.pronargs - 1)) AS ordered
  FROM pg_aggregate a
  JOIN pg_proc p ON p.oid = a.aggfnoid
  CROSS JOIN LATERAL (
    SELECT u.position, json_build_object('mode', CASE u.mode WHEN 'v' THEN 'variadic' END,
                                         'name', NULLIF(p.proargnames[u.position], ''),
                                         'type', u.type) AS argument
    FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargmodes::text[])
         WITH ORDINALITY u(type, mode, position)) x
  WHERE p.oid >= 16384 GROUP BY p.oid),
routine AS (
  SELECT p.oid, ARRAY[n.nspname, p.proname] AS name
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.oid IN (SELECT unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggserialfn,
                                      aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn])
                  FROM pg_aggregate WHERE aggfnoid >= 16384))
SELECT 'pg_proc'::regclass::oid AS classid, p.oid AS objid, n.nspname AS schema, p.proname AS name,
       x.direct AS arguments,
       x.ordered AS order_by,
       a.aggkind = 'h' AS hypothetical,
       f.name AS sfunc,
       a.aggtranstype AS stype,
       NULLIF(a.aggtransspace, 0) AS sspace,
       ff.name AS finalfunc,
       a.aggfinalextra AS finalfunc_extra,
       CASE WHEN a.aggfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::"char"
            THEN CASE a.aggfinalmodify WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable'
                                       ELSE 'read_write' END END AS finalfunc_modify,
       cf.name AS combinefunc,
       sf.name AS serialfunc,
       df.name AS deserialfunc,
       a.agginitval AS initcond,
       mf.name AS msfunc,
       mi.name AS minvfunc,
       NULLIF(a.aggmtranstype, 0) AS mstype,
       NULLIF(a.aggmtransspace, 0) AS msspace,
       mff.name AS mfinalfunc,
       a.aggmfinalextra AS mfinalfunc_extra,
       CASE WHEN a.aggmtransfn <> 0
                 AND a.aggmfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::"char"
            THEN CASE a.aggmfinalmodify WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable'
                                        ELSE 'read_write' END END AS mfinalfunc_modify,
       a.aggminitval AS minitcond,
       CASE WHEN o.oid IS NOT NULL THEN ARRAY[oprn.nspname, o.oprname] END AS sortop,
       CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END AS parallel
FROM pg_aggregate a
JOIN pg_proc p ON p.oid = a.aggfnoid
JOIN pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN argument x ON x.oid = p.oid
LEFT JOIN routine f ON f.oid = a.aggtransfn
LEFT JOIN routine ff ON ff.oid = a.aggfinalfn
LEFT JOIN routine cf ON cf.oid = a.aggcombinefn
LEFT JOIN routine sf ON sf.oid = a.aggserialfn
LEFT JOIN routine df ON df.oid = a.aggdeserialfn
LEFT JOIN routine mf ON mf.oid = a.aggmtransfn
LEFT JOIN routine mi ON mi.oid = a.aggminvtransfn
LEFT JOIN routine mff ON mff.oid = a.aggmfinalfn
LEFT JOIN pg_operator o ON o.oid = a.aggsortop
LEFT JOIN pg_namespace oprn ON oprn.oid = o.oprnamespace
WHERE p.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
