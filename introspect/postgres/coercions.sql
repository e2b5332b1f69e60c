-- Pairs of types of which the first can stand for the second as it is.
SELECT castsource, casttarget
FROM pg_cast
WHERE castmethod = 'b' AND castcontext = 'i'
