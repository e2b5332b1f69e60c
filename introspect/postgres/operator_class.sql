-- Operator classes, with what pg_depend ties to the class; types are said where they are not the
-- class's own on both sides.
--@if EXISTS (SELECT FROM pg_opclass WHERE oid >= 16384)
WITH operators AS (
  SELECT d.refobjid AS class,
         json_agg(json_build_object(
           'number', a.amopstrategy, 'operator', json_build_array(n.nspname, o.oprname),
           'types', CASE WHEN a.amoplefttype <> c.opcintype OR a.amoprighttype <> c.opcintype
                         THEN json_build_array(a.amoplefttype, a.amoprighttype) END,
           'order_family', CASE WHEN f.oid IS NOT NULL
                                THEN json_build_array(fn.nspname, f.opfname) END)
           ORDER BY a.amopstrategy, a.amoplefttype, a.amoprighttype) AS list
  FROM pg_amop a
  JOIN pg_depend d ON d.classid = 'pg_amop'::regclass AND d.objid = a.oid
                      AND d.refclassid = 'pg_opclass'::regclass
  JOIN pg_opclass c ON c.oid = d.refobjid
  JOIN pg_operator o ON o.oid = a.amopopr
  JOIN pg_namespace n ON n.oid = o.oprnamespace
  LEFT JOIN pg_opfamily f ON f.oid = a.amopsortfamily
  LEFT JOIN pg_namespace fn ON fn.oid = f.opfnamespace
  WHERE c.oid >= 16384 GROUP BY d.refobjid),
functions AS (
  SELECT d.refobjid AS class,
         json_agg(json_build_object(
           'number', a.amprocnum,
           'function', json_build_object('function', json_build_array(n.nspname, p.proname),
                                         'arguments', to_json(p.proargtypes::oid[])),
           'types', CASE WHEN a.amproclefttype <> c.opcintype OR a.amprocrighttype <> c.opcintype
                         THEN json_build_array(a.amproclefttype, a.amprocrighttype) END)
           ORDER BY a.amprocnum, a.amproclefttype, a.amprocrighttype) AS list
  FROM pg_amproc a
  JOIN pg_depend d ON d.classid = 'pg_amproc'::regclass AND d.objid = a.oid
                      AND d.refclassid = 'pg_opclass'::regclass
  JOIN pg_opclass c ON c.oid = d.refobjid
  JOIN pg_proc p ON p.oid = a.amproc
  JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE c.oid >= 16384 GROUP BY d.refobjid)
SELECT 'pg_opclass'::regclass::oid AS classid, c.oid AS objid, n.nspname AS schema,
       c.opcname AS name,
       am.amname AS method,
       c.opcdefault AS "default",
       c.opcintype AS type,
       ARRAY[fn.nspname, f.opfname] AS family,
       operators.list AS operators,
       functions.list AS functions,
       NULLIF(c.opckeytype, 0) AS storage
FROM pg_opclass c
JOIN pg_namespace n ON n.oid = c.opcnamespace
JOIN pg_opfamily f ON f.oid = c.opcfamily
JOIN pg_namespace fn ON fn.oid = f.opfnamespace
JOIN pg_am am ON am.oid = c.opcmethod
LEFT JOIN operators ON operators.class = c.oid
LEFT JOIN functions ON functions.class = c.oid
WHERE c.oid >= 16384 AND n.nspname !~ '^pg_'
