-- Collations. ICU's locale stands in another column since 15, and in yet another since 17.
--@if EXISTS (SELECT FROM pg_collation WHERE oid >= 16384)
SELECT 'pg_collation'::regclass::oid AS classid, c.oid AS objid, n.nspname AS schema,
       c.collname AS name,
       CASE WHEN locale.one IS NOT NULL THEN locale.one
            WHEN c.collcollate = c.collctype THEN c.collcollate END AS locale,
       CASE WHEN locale.one IS NULL AND c.collcollate <> c.collctype THEN c.collcollate END
         AS lc_collate,
       CASE WHEN locale.one IS NULL AND c.collcollate <> c.collctype THEN c.collctype END
         AS lc_ctype,
       CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END AS provider,
       NOT c.collisdeterministic AS nondeterministic
--@16+ , c.collicurules AS rules
FROM pg_collation c
JOIN pg_namespace n ON n.oid = c.collnamespace
CROSS JOIN LATERAL (SELECT
--@17+ c.colllocale
--@<17 to_jsonb(c) ->> 'colliculocale'
  AS one) locale
WHERE c.oid >= 16384 AND n.nspname !~ '^pg_'
