-- Event triggers.
--@if EXISTS (SELECT FROM pg_event_trigger)
SELECT 'pg_event_trigger'::regclass::oid AS classid, e.oid AS objid, e.evtname AS name,
       e.evtevent AS event, e.evttags AS tags,
       ARRAY[n.nspname, p.proname] AS "execute.function", NULL AS "execute.arguments",
       CASE e.evtenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END
         AS enabled
FROM pg_event_trigger e
JOIN pg_proc p ON p.oid = e.evtfoid
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE e.oid >= 16384
