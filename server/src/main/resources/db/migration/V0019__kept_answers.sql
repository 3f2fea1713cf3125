-- Answers to saved questions are kept, so that a dashboard opens at once.

ALTER TABLE installation ADD COLUMN answers_generation bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN installation.answers_generation IS 'Answers to saved questions that were asked under another number are not given';

CREATE TABLE kept_answer (
  asked_at          timestamptz,
  opened_at         timestamptz NOT NULL,
  claimed_at        timestamptz,
  tried_at          timestamptz NOT NULL,
  changed_at        timestamptz NOT NULL,
  generation        bigint NOT NULL,
  took_ms           integer,
  tried_ms          integer NOT NULL DEFAULT 0,
  shows_people      boolean NOT NULL,
  saved_question_id uuid NOT NULL REFERENCES saved_question ON DELETE CASCADE,
  answer            json,
  PRIMARY KEY (saved_question_id, shows_people)
) WITH (fillfactor = 70);
COMMENT ON TABLE kept_answer IS 'The last answer to each saved question that was opened within a week';
COMMENT ON COLUMN kept_answer.asked_at IS 'When it was asked; null while there is no answer';
COMMENT ON COLUMN kept_answer.opened_at IS 'When somebody opened it last and had it asked';
COMMENT ON COLUMN kept_answer.claimed_at IS 'Since when a server asks it; null when none does';
COMMENT ON COLUMN kept_answer.tried_at IS 'When a server began last to ask it, whatever came of it';
COMMENT ON COLUMN kept_answer.changed_at IS 'Of the saved question that was asked: when that is another, this is no answer to it';
COMMENT ON COLUMN kept_answer.generation IS 'installation.answers_generation before it was asked';
COMMENT ON COLUMN kept_answer.took_ms IS 'How long the answer took, in milliseconds';
COMMENT ON COLUMN kept_answer.tried_ms IS 'How long the last try took, in milliseconds, whatever came of it';
COMMENT ON COLUMN kept_answer.shows_people IS 'Whether it says who people are';
COMMENT ON COLUMN kept_answer.saved_question_id IS 'The question';
COMMENT ON COLUMN kept_answer.answer IS 'The answer as it is sent; null while there is none, and when it is too long to be kept';

-- Who was taken away must not stay in answers. An answer has the number that was valid before it was asked: when another is, it may have been
-- read from what is gone. That needs no lock, whenever a removal commits.
CREATE FUNCTION forget_kept_answers() RETURNS void
  LANGUAGE sql
BEGIN ATOMIC
  UPDATE installation SET answers_generation = answers_generation + 1;
END;
COMMENT ON FUNCTION forget_kept_answers IS 'From its commit on, no answer to a saved question is given that was asked before; servers ask them again within seconds';

CREATE OR REPLACE FUNCTION remove_detail_of_person(person bigint) RETURNS bigint
  LANGUAGE plpgsql
AS $$
DECLARE
  fact_table text;
  removed    bigint;
  total      bigint := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(rollup_lock());
  FOREACH fact_table IN ARRAY ARRAY['user_event', 'conversion_funnel', 'performance_metric', 'api_response_time'] LOOP
    EXECUTE format(
      'WITH gone AS (
         DELETE FROM %I WHERE user_key = $1 RETURNING ts
       ), marked AS (
         INSERT INTO rollup_stale_hour AS known (fact, hour, reason)
         SELECT $2, hour, ''removal'' FROM (SELECT DISTINCT date_bin(''1 hour'', ts, ''epoch'') AS hour FROM gone) AS touched
         ON CONFLICT (fact, hour) DO UPDATE SET reason = excluded.reason
       )
       SELECT count(*) FROM gone', fact_table || '_detail')
      INTO removed USING person, fact_table;
    total := total + removed;
  END LOOP;
  DELETE FROM person_events WHERE user_key = person;
  PERFORM forget_kept_answers();
  RETURN total;
END
$$;

-- Rollups follow a removal hour by hour; answers from rollups are true again after the last.
CREATE FUNCTION forget_kept_answers_of_stale_rollups() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  IF EXISTS (SELECT FROM counted WHERE reason = 'removal') AND NOT EXISTS (SELECT FROM rollup_stale_hour WHERE reason = 'removal') THEN
    PERFORM forget_kept_answers();
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_kept_answers_of_stale_rollups IS 'Forgets kept answers when rollups have followed all removals';

CREATE TRIGGER forget_kept_answers
  AFTER DELETE ON rollup_stale_hour
  REFERENCING OLD TABLE AS counted
  FOR EACH STATEMENT
  EXECUTE FUNCTION forget_kept_answers_of_stale_rollups();

CREATE FUNCTION forget_kept_answers_of_people() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM forget_kept_answers();
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_kept_answers_of_people IS 'Forgets kept answers when names of people are deleted';

CREATE TRIGGER forget_kept_answers
  AFTER DELETE ON app_user
  FOR EACH STATEMENT
  EXECUTE FUNCTION forget_kept_answers_of_people();
