-- What is called from psql, by whatever search path the session has, finds its tables and takes the lock that the servers take.
-- Functions with a body of SQL are bound to their tables when they are made and need nothing. Those of PL/pgSQL look at each call.

CREATE OR REPLACE FUNCTION rollup_lock() RETURNS bigint
  LANGUAGE sql STABLE
  RETURN (SELECT hashtext(nspname || ' rollup')
          FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
          WHERE pg_class.oid = 'rollup_horizon'::regclass);

ALTER FUNCTION remove_detail_of_person(bigint) SET search_path FROM CURRENT;
ALTER FUNCTION forget_kept_answers_of_stale_rollups() SET search_path FROM CURRENT;
ALTER FUNCTION forget_kept_answers_of_people() SET search_path FROM CURRENT;
ALTER PROCEDURE update_session(text, bigint, integer, bigint, text, text) SET search_path FROM CURRENT;
