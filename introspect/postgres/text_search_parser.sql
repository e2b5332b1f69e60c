-- Text search parsers.
--@if EXISTS (SELECT FROM pg_ts_parser WHERE oid >= 16384)
WITH routine AS (
  SELECT p.oid, ARRAY[n.nspname, p.proname] AS name
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace)
SELECT 'pg_ts_parser'::regclass::oid AS classid, t.oid AS objid, n.nspname AS schema,
       t.prsname AS name, s.name AS start, g.name AS gettoken, e.name AS "end", l.name AS lextypes,
       h.name AS headline
FROM pg_ts_parser t
JOIN pg_namespace n ON n.oid = t.prsnamespace
JOIN routine s ON s.oid = t.prsstart
JOIN routine g ON g.oid = t.prstoken
JOIN routine e ON e.oid = t.prsend
JOIN routine l ON l.oid = t.prslextype
LEFT JOIN routine h ON h.oid = t.prsheadline
WHERE t.oid >= 16384 AND n.nspname !~ '^pg_'
