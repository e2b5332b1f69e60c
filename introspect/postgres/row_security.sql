-- Tables whose rows are under policies, or would be forced to be.
--@if EXISTS (SELECT FROM pg_class WHERE relrowsecurity OR relforcerowsecurity)
SELECT 0 AS classid, 0 AS objid, c.oid AS parent,
       NOT c.relrowsecurity AS disabled,
       c.relforcerowsecurity AS forced
FROM pg_class c
WHERE (c.relrowsecurity OR c.relforcerowsecurity) AND c.oid >= 16384
