-- Part of other queries: what the keys of indexes say. Operator classes' parameters and statistics
-- targets, each by the key's place; made once: a server without statistics would ask again for
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
  GROUP BY a.attrelid),
-- What the server prints of expressions and predicates, once for all that are the same over columns
-- of the same names, as with checks.
alike AS MATERIALIZED (
  SELECT i.indexrelid,
         sha256(convert_to(concat_ws(' ', coalesce(i.indexprs::text, '-'),
           coalesce(i.indpred::text, '-'), i.indkey::text, n.names,
           CASE WHEN concat(i.indexprs::text, i.indpred::text) LIKE '%:varattno 0 %'
                THEN i.indrelid END), 'UTF8')) AS digest
  FROM pg_index i
  JOIN (
    SELECT t.indrelid, a.names
    FROM (SELECT DISTINCT indrelid FROM pg_index
          WHERE (indexprs IS NOT NULL OR indpred IS NOT NULL) AND indexrelid >= 16384) t
    CROSS JOIN LATERAL (
      SELECT array_agg(a.attname ORDER BY a.attnum)::text AS names
      FROM pg_attribute a WHERE a.attrelid = t.indrelid AND a.attnum > 0 OFFSET 0) a) n
    ON n.indrelid = i.indrelid
  WHERE (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL) AND i.indexrelid >= 16384),
prints AS MATERIALIZED (
  SELECT f.digest, pg_get_expr(i.indpred, i.indrelid) AS predicate,
         CASE WHEN i.indexprs IS NULL THEN NULL
              WHEN cardinality(array_positions(i.indkey::int2[], 0::int2)) = 1
                THEN ARRAY[pg_get_expr(i.indexprs, i.indrelid)]
              ELSE ARRAY(SELECT CASE WHEN d LIKE '(%' THEN substr(d, 2, length(d) - 2) ELSE d END
                         FROM unnest(array_positions(i.indkey::int2[], 0::int2)) p,
                              pg_get_indexdef(i.indexrelid, p + 1, false) d)
         END AS expressions
  FROM (SELECT digest, min(indexrelid) AS indexrelid FROM alike GROUP BY digest) f
  JOIN pg_index i ON i.indexrelid = f.indexrelid),
printed AS MATERIALIZED (
  SELECT a.indexrelid, p.expressions, p.predicate
  FROM alike a JOIN prints p ON p.digest = a.digest)
