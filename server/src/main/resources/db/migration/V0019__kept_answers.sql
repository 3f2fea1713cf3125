-- Answers to saved questions are kept, so that a dashboard opens at once.

CREATE TABLE kept_answer (
  asked_at          timestamptz,
  opened_at         timestamptz NOT NULL,
  claimed_at        timestamptz,
  tried_at          timestamptz NOT NULL,
  changed_at        timestamptz NOT NULL,
  took_ms           integer,
  shows_people      boolean NOT NULL,
  saved_question_id uuid NOT NULL REFERENCES saved_question ON DELETE CASCADE,
  answer            json,
  PRIMARY KEY (saved_question_id, shows_people),
  CONSTRAINT kept_answer_is_whole CHECK ((asked_at IS NULL) = (answer IS NULL))
) WITH (fillfactor = 70);
COMMENT ON TABLE kept_answer IS 'The last answer to each saved question that somebody opened';
COMMENT ON COLUMN kept_answer.asked_at IS 'When it was asked; null while there is no answer';
COMMENT ON COLUMN kept_answer.opened_at IS 'When somebody opened it last, give or take a minute';
COMMENT ON COLUMN kept_answer.claimed_at IS 'Since when a server asks it; null when none does';
COMMENT ON COLUMN kept_answer.tried_at IS 'When a server began last to ask it, whatever came of it';
COMMENT ON COLUMN kept_answer.changed_at IS 'Of the saved question that was asked: when that is another, this is no answer to it';
COMMENT ON COLUMN kept_answer.took_ms IS 'How long the last try took, in milliseconds';
COMMENT ON COLUMN kept_answer.shows_people IS 'Whether it says who people are';
COMMENT ON COLUMN kept_answer.saved_question_id IS 'The question';
COMMENT ON COLUMN kept_answer.answer IS 'The answer as it is sent';

-- Who was taken out of detail must not stay in answers: when a removal commits, and again when rollups have followed it. What was
-- claimed before finds its row gone; what is claimed later sees the detail without them. Deferred, so that the lock is short.
CREATE FUNCTION forget_kept_answers() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  LOCK TABLE kept_answer IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM kept_answer;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_kept_answers IS 'Detail was taken away: no answer that was made with it is given any more';

CREATE CONSTRAINT TRIGGER forget_kept_answers_when_removed
  AFTER INSERT OR UPDATE ON rollup_stale_hour
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.reason = 'removal')
  EXECUTE FUNCTION forget_kept_answers();

CREATE CONSTRAINT TRIGGER forget_kept_answers_when_counted
  AFTER DELETE ON rollup_stale_hour
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.reason = 'removal')
  EXECUTE FUNCTION forget_kept_answers();
