-- Rules but those that make views. What they do can only be read from the whole text: it stands
-- behind the first DO that is in no quotes.
--@if EXISTS (SELECT FROM pg_rewrite WHERE rulename <> '_RETURN' AND oid >= 16384)
SELECT 'pg_rewrite'::regclass::oid AS classid, w.oid AS objid, w.ev_class AS parent,
       w.rulename AS name,
       CASE w.ev_type WHEN '1' THEN 'select' WHEN '2' THEN 'update' WHEN '3' THEN 'insert'
                      ELSE 'delete' END AS event,
       substring(head.text FROM ' WHERE (.*)$') AS "where",
       CASE WHEN body.text = 'NOTHING' THEN
              CASE WHEN w.is_instead THEN 'instead nothing' ELSE 'nothing' END
            WHEN w.is_instead THEN 'instead' ELSE 'also' END AS mode,
       CASE WHEN body.text <> 'NOTHING' THEN body.text END AS commands,
       CASE w.ev_enabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END
         AS enabled
FROM pg_rewrite w
JOIN pg_class c ON c.oid = w.ev_class
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT pg_get_ruledef(w.oid) AS text) def
CROSS JOIN LATERAL (
  SELECT substr(def.text, strpos(def.text, ' ON ')) AS text) rest
CROSS JOIN LATERAL (
  SELECT substring(rest.text FROM '^((?:[^''"]|''[^'']*''|"[^"]*")*?) DO\s') AS text) head
CROSS JOIN LATERAL (
  SELECT regexp_replace(substr(rest.text, length(head.text) + 5), '^INSTEAD\s', '') AS text) action
CROSS JOIN LATERAL (
  SELECT CASE WHEN action.text LIKE '(%);' THEN btrim(substr(action.text, 2, length(action.text) - 3), E' \n;')
              ELSE btrim(action.text, E' \n;') END AS text) body
WHERE w.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT (w.rulename = '_RETURN' AND c.relkind IN ('v', 'm'))
