-- Operator families, with what pg_depend ties to the family itself.
--@if EXISTS (SELECT FROM pg_opfamily WHERE oid >= 16384)
WITH operators AS (
  SELECT d.refobjid AS family,
         json_agg(json_build_object(
           'number', a.amopstrategy, 'operator', json_build_array(n.nspname, o.oprname),
           'types', json_build_array(a.amoplefttype, a.amoprighttype),
           'order_family', CASE WHEN f.oid IS NOT NULL
                                THEN json_build_array(fn.nspname, f.opfname) END)
           ORDER BY a.amoplefttype, a.amoprighttype, a.amopstrategy) AS list
  FROM pg_amop a
  JOIN pg_depend d ON d.classid = 'pg_amop'::regclass AND d.objid = a.oid
                      AND d.refclassid = 'pg_opfamily'::regclass
  JOIN pg_operator o ON o.oid = a.amopopr
  JOIN pg_namespace n ON n.oid = o.oprnamespace
  LEFT JOIN pg_opfamily f ON f.oid = a.amopsortfamily
  LEFT JOIN pg_namespace fn ON fn.oid = f.opfnamespace
  WHERE d.refobjid >= 16384 GROUP BY d.refobjid),
functions AS (
  SELECT d.refobjid AS family,
         json_agg(json_build_object(
           'number', a.amprocnum,
           'function', json_build_object('function', json_build_array(n.nspname, p.proname),
                                         'arguments', to_json(p.proargtypes::oid[])),
           'types', json_build_array(a.amproclefttype, a.amprocrighttype))
           ORDER BY a.amproclefttype, a.amprocrighttype, a.amprocnum) AS list
  FROM pg_amproc a
  JOIN pg_depend d ON d.classid = 'pg_amproc'::regclass AND d.objid = a.oid
                      AND d.refclassid = 'pg_opfamily'::regclass
  JOIN pg_proc p ON p.oid = a.amproc
  JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE d.refobjid >= 16384 GROUP BY d.refobjid)
SELECT 'pg_opfamily'::regclass::oid AS classid, f.oid AS objid, n.nspname AS schema,
       f.opfname AS name,
       am.amname AS method,
       operators.list AS operators,
       functions.list AS functions
FROM pg_opfamily f
JOIN pg_namespace n ON n.oid = f.opfnamespace
JOIN pg_am am ON am.oid = f.opfmethod
LEFT JOIN operators ON operators.family = f.oid
LEFT JOIN functions ON functions.family = f.oid
WHERE f.oid >= 16384 AND n.nspname !~ '^pg_'
