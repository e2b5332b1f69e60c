-- Part of other queries. `parameters` has what operator classes of an index are told, `targets` the
-- statistics targets of its keys, each by the key's place. Both are made once: a server without
-- statistics would ask again for every row.
parameters AS MATERIALIZED (
  SELECT a.attrelid, json_object_agg(a.attnum, to_json(a.attoptions)) AS key_parameters
  FROM pg_attribute a
  JOIN pg_class ic ON ic.oid = a.attrelid
  WHERE a.attoptions IS NOT NULL AND ic.relkind IN ('i', 'I') AND ic.oid >= 16384
  GROUP BY a.attrelid),
targets AS MATERIALIZED (
  SELECT a.attrelid, json_object_agg(a.attnum, a.attstattarget) AS key_statistics
  FROM pg_attribute a
  JOIN pg_class ic ON ic.oid = a.attrelid
  WHERE a.attstattarget >= 0 AND ic.relkind IN ('i', 'I') AND ic.oid >= 16384 AND a.attnum > 0
  GROUP BY a.attrelid)
