-- Triggers of partitions that fire otherwise than the one further up that they were made of, or that
-- have a comment. Before 15 the server calls those internal, as it does the ones of foreign keys.
--@if EXISTS (SELECT FROM pg_inherits)
SELECT 'pg_trigger'::regclass::oid AS classid, t.oid AS objid, t.tgrelid AS parent,
       t.tgname AS trigger,
       CASE WHEN t.tgenabled <> p.tgenabled THEN
         CASE t.tgenabled WHEN 'O' THEN 'enabled' WHEN 'D' THEN 'disabled'
                          WHEN 'R' THEN 'replica' ELSE 'always' END
       END AS state
FROM pg_trigger t
JOIN pg_trigger p ON p.oid = t.tgparentid
WHERE t.oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.oid = t.tgconstraint AND k.contype = 'f')
  AND (t.tgenabled <> p.tgenabled
       OR EXISTS (SELECT FROM pg_description d
                  WHERE d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid))
