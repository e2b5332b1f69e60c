-- Text search configurations with their mappings, in the parser's order of tokens.
--@if EXISTS (SELECT FROM pg_ts_config WHERE oid >= 16384)
SELECT 'pg_ts_config'::regclass::oid AS classid, c.oid AS objid, n.nspname AS schema,
       c.cfgname AS name,
       ARRAY[pn.nspname, p.prsname] AS parser,
       m.mappings
FROM pg_ts_config c
JOIN pg_namespace n ON n.oid = c.cfgnamespace
JOIN pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_namespace pn ON pn.oid = p.prsnamespace
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('token', t.alias, 'dictionaries', t.dictionaries)
                  ORDER BY t.tokid) AS mappings
  FROM (SELECT k.tokid, k.alias,
               json_agg(json_build_array(dn.nspname, d.dictname) ORDER BY m.mapseqno)
                 AS dictionaries
        FROM pg_ts_config_map m
        JOIN ts_token_type(c.cfgparser) k ON k.tokid = m.maptokentype
        JOIN pg_ts_dict d ON d.oid = m.mapdict
        JOIN pg_namespace dn ON dn.oid = d.dictnamespace
        WHERE m.mapcfg = c.oid
        GROUP BY k.tokid, k.alias) t) m ON true
WHERE c.oid >= 16384 AND n.nspname !~ '^pg_'
