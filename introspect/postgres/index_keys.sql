-- Part of other queries: what operator classes of an index are told, and the statistics targets of
-- its keys, each by the key's place. Made once: a server without statistics would ask again for
-- every row.
keys AS MATERIALIZED (
  SELECT a.attrelid,
         json_object_agg(a.attnum, to_json(a.attoptions)) FILTER (WHERE a.attoptions IS NOT NULL)
           AS key_parameters,
         json_object_agg(a.attnum, a.attstattarget) FILTER (WHERE a.attstattarget >= 0)
           AS key_statistics
  FROM pg_attribute a
  JOIN pg_class ic ON ic.oid = a.attrelid
  WHERE (a.attoptions IS NOT NULL OR a.attstattarget >= 0) AND a.attnum > 0
    AND ic.relkind IN ('i', 'I') AND ic.oid >= 16384
  GROUP BY a.attrelid)
