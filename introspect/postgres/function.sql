-- Functions, window functions included.
--@if EXISTS (SELECT FROM pg_proc WHERE prokind IN ('f', 'w') AND oid >= 16384)
SELECT 'pg_proc'::regclass::oid AS classid, p.oid AS objid, n.nspname AS schema, p.proname AS name,
       (SELECT json_agg(json_build_object(
                 'mode', CASE x.mode WHEN 'o' THEN 'out' WHEN 'b' THEN 'inout'
                                     WHEN 'v' THEN 'variadic' END,
                 'name', NULLIF(p.proargnames[x.position], ''),
                 'type', x.type,
                 'default', CASE WHEN p.pronargdefaults > 0
                                 THEN pg_get_function_arg_default(p.oid, x.position::int) END)
               ORDER BY x.position)
        FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargmodes::text[])
             WITH ORDINALITY x(type, mode, position)
        WHERE x.mode IS DISTINCT FROM 't') AS arguments,
       p.proretset AND NOT result.is_table AS returns_set,
       CASE WHEN result.is_table OR (result.by_arguments AND NOT p.proretset) THEN NULL
            ELSE p.prorettype::text
       END AS returns,
       CASE WHEN result.is_table THEN
         (SELECT json_agg(json_build_object('name', NULLIF(p.proargnames[x.position], ''),
                                            'type', x.type)
                          ORDER BY x.position)
          FROM unnest(p.proallargtypes, p.proargmodes) WITH ORDINALITY x(type, mode, position)
          WHERE x.mode = 't')
       END AS returns_table,
       l.lanname AS language,
       p.protrftypes AS transforms,
       p.prokind = 'w' AS "window",
       CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END AS volatility,
       p.proleakproof AS leakproof,
       p.proisstrict AS strict,
       p.prosecdef AS security_definer,
       CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END AS parallel,
       CASE WHEN p.procost <> CASE WHEN l.lanname IN ('internal', 'c') THEN 1 ELSE 100 END
            THEN p.procost::numeric END AS cost,
       CASE WHEN p.proretset AND p.prorows <> 1000 THEN p.prorows::numeric END AS rows,
       CASE WHEN p.prosupport <> 0 THEN
         (SELECT ARRAY[sn.nspname, s.proname]
          FROM pg_proc s JOIN pg_namespace sn ON sn.oid = s.pronamespace
          WHERE s.oid = p.prosupport)
       END AS support,
       p.proconfig AS settings,
       p.probin AS library,
--@14+ CASE WHEN p.prosqlbody IS NULL THEN p.prosrc END AS body,
--@14+ CASE WHEN sql.text LIKE 'BEGIN%'
--@14+      THEN substr(sql.text, 14, greatest(length(sql.text) - 17, 0))
--@14+ END AS atomic,
--@14+ CASE WHEN sql.text LIKE 'RETURN %' THEN substr(sql.text, 8) END AS expression
--@<14 p.prosrc AS body
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
JOIN pg_language l ON l.oid = p.prolang
--@14+ LEFT JOIN LATERAL (SELECT pg_get_function_sqlbody(p.oid) AS text) sql
--@14+   ON p.prosqlbody IS NOT NULL
CROSS JOIN LATERAL (
  SELECT coalesce('t' = ANY (p.proargmodes), false) AS is_table,
         coalesce(p.proargmodes && ARRAY['o', 'b']::"char"[], false) AS by_arguments) result
WHERE p.prokind IN ('f', 'w') AND p.oid >= 16384 AND n.nspname !~ '^pg_'
  AND n.nspname <> 'information_schema'
