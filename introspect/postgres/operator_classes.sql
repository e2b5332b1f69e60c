-- Operator classes: an index names one only where it is not its type's default.
SELECT o.oid, o.opcmethod, n.nspname, o.opcname, o.opcintype, o.opcdefault,
       o.opckeytype <> 0 AS stores_another_type
FROM pg_opclass o
JOIN pg_namespace n ON n.oid = o.opcnamespace
