-- Triggers of partitions that fire otherwise than the one further up that they were made of.
--@if EXISTS (SELECT FROM pg_inherits)
SELECT 'pg_trigger'::regclass::oid AS classid, t.oid AS objid, t.tgrelid AS parent,
       t.tgname AS trigger,
       CASE t.tgenabled WHEN 'O' THEN 'enabled' WHEN 'D' THEN 'disabled'
                        WHEN 'R' THEN 'replica' ELSE 'always' END AS state
FROM pg_trigger t
JOIN pg_trigger p ON p.oid = t.tgparentid
WHERE NOT t.tgisinternal AND t.oid >= 16384 AND t.tgenabled <> p.tgenabled
