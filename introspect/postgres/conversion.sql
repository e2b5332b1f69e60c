-- Conversions.
--@if EXISTS (SELECT FROM pg_conversion WHERE oid >= 16384)
SELECT 'pg_conversion'::regclass::oid AS classid, c.oid AS objid, n.nspname AS schema,
       c.conname AS name,
       c.condefault AS "default",
       pg_encoding_to_char(c.conforencoding) AS "for",
       pg_encoding_to_char(c.contoencoding) AS "to",
       ARRAY[pn.nspname, p.proname] AS "from"
FROM pg_conversion c
JOIN pg_namespace n ON n.oid = c.connamespace
JOIN pg_proc p ON p.oid = c.conproc
JOIN pg_namespace pn ON pn.oid = p.pronamespace
WHERE c.oid >= 16384 AND n.nspname !~ '^pg_'
