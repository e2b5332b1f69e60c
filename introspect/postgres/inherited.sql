-- What the server makes of an object for each table below its own, and what it is made of: columns,
-- indexes and constraints of partitions and inheriting tables. Columns with their names, by which
-- rights know them.
--@if EXISTS (SELECT FROM pg_inherits) OR EXISTS (SELECT FROM pg_class WHERE reloftype <> 0)
SELECT 'pg_class'::regclass::oid, a.attrelid, a.attnum,
       'pg_class'::regclass::oid, p.attrelid, p.attnum, a.attname
FROM (SELECT i.inhrelid AS relation, i.inhparent AS from_relation, i.inhseqno AS place
      FROM pg_inherits i
      UNION ALL
      SELECT c.oid, t.typrelid, 1 FROM pg_class c JOIN pg_type t ON t.oid = c.reloftype) s
JOIN pg_class c ON c.oid = s.relation
JOIN pg_attribute a ON a.attrelid = s.relation
JOIN pg_attribute p ON p.attrelid = s.from_relation AND p.attname = a.attname
WHERE c.relkind IN ('r', 'p', 'f') AND c.oid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped
  AND (NOT a.attislocal OR c.reloftype <> 0)
  AND NOT EXISTS (SELECT FROM pg_inherits f
                  JOIN pg_attribute x ON x.attrelid = f.inhparent AND x.attname = a.attname
                  WHERE f.inhrelid = s.relation AND f.inhseqno < s.place)
UNION ALL
SELECT 'pg_class'::regclass, i.inhrelid, 0, 'pg_class'::regclass, i.inhparent, 0, NULL
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE c.relkind IN ('i', 'I') AND c.oid >= 16384
UNION ALL
SELECT 'pg_constraint'::regclass, k.oid, 0, 'pg_constraint'::regclass, k.conparentid, 0,
       NULL
FROM pg_constraint k
WHERE k.conparentid <> 0 AND k.oid >= 16384
