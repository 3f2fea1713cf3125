-- Spring Session writes with every request that a session was used. Idle time is counted in days, so a row is written only when
-- something else changed, or an hour has passed and the database takes writes. Why a procedure: a database that is read-only refuses
-- an UPDATE whether or not it meets a row, and with it the question of someone who is signed in.

CREATE PROCEDURE update_session(
  session_id text, last_access_time bigint, max_inactive_interval integer, expiry_time bigint, principal_name text, primary_id text)
  LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
  IF EXISTS (
    SELECT FROM spring_session AS kept
     WHERE kept.primary_id = update_session.primary_id
       AND ((kept.session_id, kept.max_inactive_interval, kept.principal_name)
              IS DISTINCT FROM (update_session.session_id, update_session.max_inactive_interval, update_session.principal_name)
            OR (kept.last_access_time <= update_session.last_access_time - 3600000
                AND NOT current_setting('transaction_read_only')::boolean)))
  THEN
    UPDATE spring_session AS kept
       SET session_id = update_session.session_id,
           last_access_time = update_session.last_access_time,
           max_inactive_interval = update_session.max_inactive_interval,
           expiry_time = update_session.expiry_time,
           principal_name = update_session.principal_name
     WHERE kept.primary_id = update_session.primary_id;
  END IF;
END
$$;
COMMENT ON PROCEDURE update_session IS 'Writes what changed of a session; when it was last used, once an hour and only where the database takes writes';
