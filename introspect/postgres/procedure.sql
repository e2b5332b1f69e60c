-- Procedures.
--@if EXISTS (SELECT FROM pg_proc WHERE prokind = 'p' AND oid >= 16384)
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
       l.lanname AS language,
       p.protrftypes AS transforms,
       p.prosecdef AS security_definer,
       p.proconfig AS settings,
       p.probin AS library,
--@14+ CASE WHEN p.prosqlbody IS NULL THEN p.prosrc END AS body,
--@14+ substr(sql.text, 14, greatest(length(sql.text) - 17, 0)) AS atomic
--@<14 p.prosrc AS body
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
JOIN pg_language l ON l.oid = p.prolang
--@14+ LEFT JOIN LATERAL (SELECT pg_get_function_sqlbody(p.oid) AS text) sql
--@14+   ON p.prosqlbody IS NOT NULL
WHERE p.prokind = 'p' AND p.oid >= 16384 AND n.nspname !~ '^pg_'
  AND n.nspname <> 'information_schema'
