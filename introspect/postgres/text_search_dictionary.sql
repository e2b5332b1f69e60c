-- Text search dictionaries. Their options are one text: `language = 'english', "Strip" = E'\\'`.
--@if EXISTS (SELECT FROM pg_ts_dict WHERE oid >= 16384)
SELECT 'pg_ts_dict'::regclass::oid AS classid, d.oid AS objid, n.nspname AS schema,
       d.dictname AS name,
       ARRAY[tn.nspname, t.tmplname] AS template,
       (SELECT array_agg(
                 CASE WHEN o.part[1] LIKE '"%' THEN replace(btrim(o.part[1], '"'), '""', '"')
                      ELSE o.part[1] END || '=' ||
                 CASE WHEN o.part[2] LIKE 'E' || chr(39) || '%'
                        THEN replace(replace(substr(o.part[2], 3, length(o.part[2]) - 3),
                                             repeat(chr(39), 2), chr(39)), '\\', '\')
                      WHEN o.part[2] LIKE chr(39) || '%'
                        THEN replace(substr(o.part[2], 2, length(o.part[2]) - 2), repeat(chr(39), 2), chr(39))
                      ELSE o.part[2] END
                 ORDER BY o.position)
        FROM regexp_matches(d.dictinitoption,
                            '("(?:[^"]|"")*"|[^ ",]+) = (E?''(?:[^'']|'''')*''|[^,]+)', 'g')
             WITH ORDINALITY o(part, position)) AS options
FROM pg_ts_dict d
JOIN pg_namespace n ON n.oid = d.dictnamespace
JOIN pg_ts_template t ON t.oid = d.dicttemplate
JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
WHERE d.oid >= 16384 AND n.nspname !~ '^pg_'
