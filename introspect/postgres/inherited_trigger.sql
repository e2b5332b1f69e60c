-- Triggers of partitions that fire otherwise than the one further up that they were made of. Before
-- 15 the server calls those internal, as it does the ones of foreign keys.
--@if EXISTS (SELECT FROM pg_inherits)
SELECT 'pg_trigger'::regclass::oid AS classid, t.oid AS objid, t.tgrelid AS parent,
       t.tgname AS trigger,
       CASE t.tgenabled WHEN 'O' THEN 'enabled' WHEN 'D' THEN 'disabled'
                        WHEN 'R' THEN 'replica' ELSE 'always' END AS state
FROM pg_trigger t
JOIN pg_trigger p ON p.oid = t.tgparentid
WHERE t.oid >= 16384 AND t.tgenabled <> p.tgenabled
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.oid = t.tgconstraint AND k.contype = 'f')
