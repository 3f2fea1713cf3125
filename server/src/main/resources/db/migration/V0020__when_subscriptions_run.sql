-- One rule of when a subscription runs, for every question and view. Payment providers know many words for a subscription that
-- goes on (trialing, past_due, paused, …): only the words that end it are taken to end it. When a status ended it is kept, so that
-- expired, said after canceled, does not move the end. Currencies are kept in capitals, so that "eur" and "EUR" add up.

CREATE TABLE subscription_status (
  status  text PRIMARY KEY CHECK (status = lower(status COLLATE "C") AND status !~ '[[:space:]-]'),
  meaning text NOT NULL CHECK (meaning IN ('runs', 'ends', 'says_nothing')),
  said_by text NOT NULL
);
COMMENT ON TABLE subscription_status IS 'What the status of a subscription means; a status that is not listed runs. Add rows for your own words: they hold for records that arrive from then on.';
COMMENT ON COLUMN subscription_status.status IS 'In small letters, with underscores for blanks and hyphens';
COMMENT ON COLUMN subscription_status.meaning IS 'runs: the subscription goes on, or goes on again. ends: it is over from then on. says_nothing: it is as it was';
COMMENT ON COLUMN subscription_status.said_by IS 'Who uses the word';

INSERT INTO subscription_status (status, meaning, said_by) VALUES
  ('active', 'runs', 'Stripe, Paddle, Chargebee, RevenueCat, PayPal'),
  ('trialing', 'runs', 'Stripe, Paddle, RevenueCat'),
  ('in_trial', 'runs', 'Chargebee'),
  ('past_due', 'runs', 'Stripe, Paddle'),
  ('unpaid', 'runs', 'Stripe'),
  ('paused', 'runs', 'Stripe, Paddle, Chargebee, RevenueCat'),
  ('suspended', 'runs', 'PayPal'),
  ('non_renewing', 'runs', 'Chargebee: runs until its term ends'),
  ('in_grace_period', 'runs', 'RevenueCat'),
  ('in_billing_retry', 'runs', 'RevenueCat'),
  ('1', 'runs', 'Apple: active'),
  ('3', 'runs', 'Apple: in billing retry'),
  ('4', 'runs', 'Apple: in grace period'),
  ('subscription_state_active', 'runs', 'Google Play'),
  ('subscription_state_paused', 'runs', 'Google Play'),
  ('subscription_state_in_grace_period', 'runs', 'Google Play'),
  ('subscription_state_on_hold', 'runs', 'Google Play'),
  ('subscription_state_canceled', 'runs', 'Google Play: runs until it expires'),
  ('canceled', 'ends', 'Stripe, Paddle'),
  ('cancelled', 'ends', 'Chargebee, PayPal'),
  ('expired', 'ends', 'RevenueCat, PayPal'),
  ('incomplete_expired', 'ends', 'Stripe'),
  ('transferred', 'ends', 'Chargebee'),
  ('deleted', 'ends', 'Paddle Classic'),
  ('revoked', 'ends', 'App stores, in words'),
  ('refunded', 'ends', 'App stores, in words'),
  ('ended', 'ends', 'In words'),
  ('terminated', 'ends', 'In words'),
  ('inactive', 'ends', 'In words'),
  ('2', 'ends', 'Apple: expired'),
  ('5', 'ends', 'Apple: revoked'),
  ('subscription_state_expired', 'ends', 'Google Play'),
  ('subscription_state_pending_purchase_canceled', 'ends', 'Google Play'),
  ('incomplete', 'says_nothing', 'Stripe, RevenueCat'),
  ('future', 'says_nothing', 'Chargebee'),
  ('pending', 'says_nothing', 'In words'),
  ('unknown', 'says_nothing', 'RevenueCat'),
  ('subscription_state_pending', 'says_nothing', 'Google Play'),
  ('subscription_state_unspecified', 'says_nothing', 'Google Play');

-- Small letters of ASCII whatever the database's language: in Turkish, EXPIRED has none of these. In PL/pgSQL because it runs for
-- each record: a function in SQL would be planned anew each time.
CREATE FUNCTION subscription_status_meaning(status text) RETURNS text
  LANGUAGE plpgsql STABLE PARALLEL SAFE
  SET search_path FROM CURRENT
AS $$
DECLARE
  word text := regexp_replace(lower(btrim(coalesce(status, ''), E' \t\r\n') COLLATE "C"), '[[:space:]-]+', '_', 'g');
BEGIN
  IF word = '' THEN
    RETURN 'says_nothing';
  END IF;
  RETURN coalesce((SELECT known.meaning FROM subscription_status AS known WHERE known.status = word), 'runs');
END
$$;
COMMENT ON FUNCTION subscription_status_meaning IS 'What a status means, by the table subscription_status: runs, ends or says_nothing. Letters of any case, blanks around it, and blanks or hyphens for underscores make no difference; a status that is not listed runs, none says nothing.';

-- A record may arrive after newer ones. Of the records that end a subscription those after the newest that lets it run are kept:
-- then the outcome does not depend on the order of arrival. At the same instant, what arrives last holds.
CREATE FUNCTION subscription_ends(ends timestamptz[], ran_at timestamptz, more_ends timestamptz[], runs_at timestamptz) RETURNS timestamptz[]
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
BEGIN
  IF ends = '{}' AND more_ends = '{}' THEN
    RETURN ends;
  END IF;
  RETURN (
    SELECT coalesce(array_agg(numbered.at ORDER BY numbered.at), '{}')
    FROM (SELECT later.at, row_number() OVER (ORDER BY later.at) AS place, count(*) OVER () AS last_place
          FROM (SELECT DISTINCT said.at FROM unnest(ends || more_ends) AS said (at)
                WHERE (ran_at IS NULL OR said.at >= ran_at) AND (runs_at IS NULL OR said.at > runs_at)) AS later) AS numbered
    WHERE place < 16 OR place = last_place
  );
END
$$;
COMMENT ON FUNCTION subscription_ends IS 'The instants at which a subscription was said to have ended, with what another record says: its instant in more_ends if it ends the subscription, in runs_at if it lets it run. At most 16: the earliest, and the last';

ALTER TABLE subscription
  ADD COLUMN first_described_at timestamptz,
  ADD COLUMN start_told_at timestamptz,
  ADD COLUMN end_told_at timestamptz,
  ADD COLUMN ran_at timestamptz,
  ADD COLUMN ends_said_at timestamptz[] NOT NULL DEFAULT '{}';

-- What is stored already. That a currency is written otherwise is no change of the subscription.
ALTER TABLE subscription DISABLE TRIGGER keep_subscription_change;
UPDATE subscription AS known
SET currency = nullif(upper(btrim(currency, E' \t\r\n') COLLATE "C"), ''),
    status = nullif(btrim(status, E' \t\r\n'), ''),
    first_described_at = least(described_at, (SELECT min(changed_at) FROM subscription_change WHERE subscription_id = known.subscription_id)),
    start_told_at = CASE WHEN started_at IS NOT NULL THEN described_at END,
    end_told_at = CASE WHEN ended_at IS NOT NULL THEN described_at END,
    ran_at = CASE WHEN subscription_status_meaning(status) = 'runs' THEN described_at END,
    ends_said_at = CASE WHEN subscription_status_meaning(status) = 'ends' THEN ARRAY[described_at] ELSE '{}' END;
ALTER TABLE subscription ENABLE TRIGGER keep_subscription_change;

UPDATE subscription_change
SET currency_before = nullif(upper(btrim(currency_before, E' \t\r\n') COLLATE "C"), ''),
    currency = nullif(upper(btrim(currency, E' \t\r\n') COLLATE "C"), '');
DELETE FROM subscription_change
WHERE (tier_before, price_before, currency_before) IS NOT DISTINCT FROM (tier, price, currency);

ALTER TABLE subscription ALTER COLUMN first_described_at SET NOT NULL;
COMMENT ON COLUMN subscription.currency IS 'ISO 4217 code, in capitals';
COMMENT ON COLUMN subscription.status IS 'ACTIVE, CANCELED, … as sent; what it means is in subscription_status';
COMMENT ON COLUMN subscription.started_at IS 'When it began; null when nobody said';
COMMENT ON COLUMN subscription.ended_at IS 'When it ended or will end; null when nobody said';
COMMENT ON COLUMN subscription.described_at IS 'Event time of the newest record; older ones tell when it ran, and what no other has said';
COMMENT ON COLUMN subscription.first_described_at IS 'Event time of the oldest record';
COMMENT ON COLUMN subscription.start_told_at IS 'Event time of the newest record that said started_at';
COMMENT ON COLUMN subscription.end_told_at IS 'Event time of the newest record that said ended_at';
COMMENT ON COLUMN subscription.ran_at IS 'Event time of the newest record whose status runs';
COMMENT ON COLUMN subscription.ends_said_at IS 'Event times of the records since then whose status ends, ascending';

CREATE VIEW subscription_period AS
SELECT subscription_id, user_key, tier, price, currency,
       coalesce(started_at, least(first_described_at, ended_at, ends_said_at[1])) AS starts_at,
       coalesce(ended_at, ends_said_at[1], 'infinity') AS ends_at,
       started_at AS began_at
FROM subscription;
COMMENT ON VIEW subscription_period IS 'When each subscription runs: the one rule that questions and views share. Tier, price and currency as they stand now.';
COMMENT ON COLUMN subscription_period.subscription_id IS 'Which subscription';
COMMENT ON COLUMN subscription_period.user_key IS 'Whose it is';
COMMENT ON COLUMN subscription_period.tier IS 'Tier bought';
COMMENT ON COLUMN subscription_period.price IS 'Price of one period, in currency';
COMMENT ON COLUMN subscription_period.currency IS 'ISO 4217 code, in capitals';
COMMENT ON COLUMN subscription_period.starts_at IS 'From when on it is known to run: started_at; when nobody said, the first record about it, or its end if that is earlier';
COMMENT ON COLUMN subscription_period.ends_at IS 'When it ends, not included: ended_at; when nobody said, the first record that ended it since it last ran; infinity while it runs';
COMMENT ON COLUMN subscription_period.began_at IS 'When it began (started_at); null when nobody said';
