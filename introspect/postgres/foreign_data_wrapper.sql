-- Foreign data wrappers.
--@if EXISTS (SELECT FROM pg_foreign_data_wrapper)
SELECT 'pg_foreign_data_wrapper'::regclass::oid AS classid, w.oid AS objid, w.fdwname AS name,
       CASE WHEN h.oid IS NOT NULL THEN ARRAY[hn.nspname, h.proname] END AS handler,
       CASE WHEN v.oid IS NOT NULL THEN ARRAY[vn.nspname, v.proname] END AS validator,
       w.fdwoptions AS options
FROM pg_foreign_data_wrapper w
LEFT JOIN pg_proc h ON h.oid = w.fdwhandler
LEFT JOIN pg_namespace hn ON hn.oid = h.pronamespace
LEFT JOIN pg_proc v ON v.oid = w.fdwvalidator
LEFT JOIN pg_namespace vn ON vn.oid = v.pronamespace
WHERE w.oid >= 16384
