-- Procedural languages.
--@if EXISTS (SELECT FROM pg_language WHERE oid >= 16384)
WITH routine AS (
  SELECT p.oid, ARRAY[n.nspname, p.proname] AS name
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace)
SELECT 'pg_language'::regclass::oid AS classid, l.oid AS objid, l.lanname AS name,
       l.lanpltrusted AS trusted, h.name AS handler, i.name AS "inline", v.name AS validator
FROM pg_language l
JOIN routine h ON h.oid = l.lanplcallfoid
LEFT JOIN routine i ON i.oid = l.laninline
LEFT JOIN routine v ON v.oid = l.lanvalidator
WHERE l.oid >= 16384
