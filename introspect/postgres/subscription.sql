-- Subscriptions. Only a superuser may see where they connect to; a password never leaves the server.
--@if EXISTS (SELECT FROM pg_subscription)
SELECT 'pg_subscription'::regclass::oid AS classid, s.oid AS objid, s.subname AS name,
       regexp_replace(
         regexp_replace(c.info, '\s*\m(ssl)?password\s*=\s*(''(?:[^''\\]|\\.)*''|\S+)', '', 'g'),
         '(://[^:/@]*):[^@/]*@', '\1@') AS connection,
       s.subpublications AS publications,
       array_remove(ARRAY[
         CASE WHEN s.subslotname IS NULL THEN 'slot_name=none'
              WHEN s.subslotname <> s.subname THEN 'slot_name=' || s.subslotname END,
         CASE WHEN s.subsynccommit <> 'off' THEN 'synchronous_commit=' || s.subsynccommit END
--@14+   , CASE WHEN s.subbinary THEN 'binary=true' END
--@18+   , CASE s.substream WHEN 't' THEN 'streaming=on' WHEN 'f' THEN 'streaming=off' END
--@<18   , CASE to_jsonb(s) ->> 'substream' WHEN 'true' THEN 'streaming=on' WHEN 't' THEN 'streaming=on'
--@<18                                      WHEN 'p' THEN 'streaming=parallel' END
--@15+   , CASE WHEN s.subtwophasestate <> 'd' THEN 'two_phase=on' END
--@15+   , CASE WHEN s.subdisableonerr THEN 'disable_on_error=true' END
--@16+   , CASE WHEN NOT s.subpasswordrequired THEN 'password_required=false' END
--@16+   , CASE WHEN s.subrunasowner THEN 'run_as_owner=true' END
--@16+   , CASE WHEN s.suborigin <> 'any' THEN 'origin=' || s.suborigin END
--@17+   , CASE WHEN s.subfailover THEN 'failover=true' END
       ], NULL) AS "with",
       CASE WHEN c.info ~ '\mpassword\s*=|://[^:/@]*:[^@/]*@' THEN 'passwords of subscriptions' END
         AS unmanaged
FROM pg_subscription s
CROSS JOIN LATERAL (
  SELECT (xpath('/row/subconninfo/text()',
                query_to_xml(format('SELECT subconninfo FROM pg_catalog.pg_subscription '
                                    'WHERE oid = %s', s.oid), false, true, '')))[1]::text
           AS xml) x
CROSS JOIN LATERAL (
  SELECT replace(replace(replace(x.xml, '&lt;', '<'), '&gt;', '>'), '&amp;', '&') AS info) c
WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND has_column_privilege('pg_subscription', 'subconninfo', 'SELECT')
