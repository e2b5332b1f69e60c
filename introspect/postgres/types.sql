-- Names of all types but arrays, which the row of their element type names.
SELECT t.oid, n.nspname, t.typname, t.typarray, t.typtype, t.typcategory, t.typispreferred,
       t.typbasetype
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typcategory <> 'A' OR t.typarray <> 0
