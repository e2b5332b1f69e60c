-- Triggers that people made, on tables and views. `tgtype` is a set of bits: 1 row, 2 before,
-- 4 insert, 8 delete, 16 update, 32 truncate, 64 instead of.
--@if EXISTS (SELECT FROM pg_trigger)
SELECT 'pg_trigger'::regclass::oid AS classid, t.oid AS objid, t.tgrelid AS parent,
       t.tgname AS name,
       t.tgconstraint <> 0 AS "constraint",
       CASE WHEN t.tgtype & 64 <> 0 THEN 'instead of'
            WHEN t.tgtype & 2 <> 0 THEN 'before' ELSE 'after' END AS timing,
       (SELECT json_agg(json_build_object(
                 'event', e.word,
                 'columns', CASE WHEN e.bit = 16 AND t.tgattr <> '' THEN t.tgattr::int2[] END)
               ORDER BY e.place)
        FROM (VALUES (1, 4, 'insert'), (2, 16, 'update'), (3, 8, 'delete'), (4, 32, 'truncate'))
             e(place, bit, word)
        WHERE t.tgtype & e.bit <> 0) AS events,
       NULLIF(t.tgconstrrelid, 0) AS "from",
       t.tgdeferrable AS deferrable,
       t.tginitdeferred AS initially_deferred,
       t.tgoldtable AS old_table,
       t.tgnewtable AS new_table,
       CASE WHEN t.tgtype & 1 <> 0 THEN 'row' END AS level,
       CASE WHEN t.tgqual IS NOT NULL THEN
         substring(pg_get_triggerdef(t.oid) FROM ' WHEN \((.*)\) EXECUTE FUNCTION ')
       END AS "when",
       ARRAY[pn.nspname, p.proname] AS "execute.function",
       -- The arguments stand one after the other, each ended by a zero byte. A backslash is spelled
       -- as its number first, so that it cannot be taken for the start of one.
       CASE WHEN t.tgnargs > 0 THEN
         (SELECT array_agg(convert_from(decode(x.argument, 'escape'), getdatabaseencoding())
                           ORDER BY x.position)
          FROM unnest(string_to_array(replace(encode(t.tgargs, 'escape'), '\\', '\134'), '\000'))
               WITH ORDINALITY x(argument, position)
          WHERE x.position <= t.tgnargs)
       END AS "execute.arguments",
       CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END
         AS enabled
FROM pg_trigger t
JOIN pg_proc p ON p.oid = t.tgfoid
JOIN pg_namespace pn ON pn.oid = p.pronamespace
WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND t.oid >= 16384
