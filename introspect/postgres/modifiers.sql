-- Modifiers of types that bring their own: only their functions can spell them.
--@if EXISTS (SELECT FROM pg_type WHERE oid >= 16384 AND typmodout <> 0)
WITH custom AS (
  SELECT e.oid AS element, t.oid
  FROM pg_type e
  JOIN pg_type t ON t.oid IN (e.oid, e.typarray)
  WHERE e.oid >= 16384 AND e.typmodout <> 0),
used AS (
  SELECT a.atttypid AS type, a.atttypmod AS modifier FROM pg_attribute a
  WHERE a.atttypmod >= 0 AND a.atttypid IN (SELECT oid FROM custom)
  UNION
  SELECT t.typbasetype, t.typtypmod FROM pg_type t
  WHERE t.typtypmod >= 0 AND t.typbasetype IN (SELECT oid FROM custom))
SELECT u.type, u.modifier,
       substr(format_type(c.element, u.modifier), length(format_type(c.element, NULL)) + 1)
FROM used u
JOIN custom c ON c.oid = u.type
