-- Extended statistics, all of whose kinds mean that none was named. The server names them in an
-- order of its own, and keeps those of expressions by themselves. The order of columns means
-- nothing; the server has them by their numbers, of which one that is made anew gets another.
--@if EXISTS (SELECT FROM pg_statistic_ext)
SELECT 'pg_statistic_ext'::regclass::oid AS classid, e.oid AS objid, e.stxrelid AS parent,
       t.nspname AS schema, e.stxname AS name,
       CASE WHEN NOT e.stxkind @> ARRAY['d', 'f', 'm']::"char"[] THEN
         ARRAY(SELECT k.word
               FROM (VALUES ('d', 'ndistinct'), ('f', 'dependencies'), ('m', 'mcv')) k(letter, word)
               WHERE k.letter = ANY (e.stxkind::text[]))
       END AS kinds,
       (SELECT json_agg(json_build_object('column', k.number, 'expression', k.expression)
                        ORDER BY k.name, k.position)
        FROM (SELECT a.attname AS name, 0 AS position, a.attnum AS number,
                     NULL::text AS expression
              FROM pg_attribute a WHERE a.attrelid = e.stxrelid AND a.attnum = ANY (e.stxkeys)
--@14+        UNION ALL
--@14+        SELECT NULL, position, NULL, x.expression
--@14+        FROM unnest(pg_get_statisticsobjdef_expressions(e.oid))
--@14+             WITH ORDINALITY x(expression, position)
             ) k) AS keys,
       CASE WHEN e.stxstattarget >= 0 THEN e.stxstattarget END AS target,
       CASE WHEN e.stxnamespace <> c.relnamespace THEN n.nspname END AS in_schema
FROM pg_statistic_ext e
JOIN pg_namespace n ON n.oid = e.stxnamespace
JOIN pg_class c ON c.oid = e.stxrelid
JOIN pg_namespace t ON t.oid = c.relnamespace
WHERE e.oid >= 16384 AND n.nspname !~ '^pg_'
