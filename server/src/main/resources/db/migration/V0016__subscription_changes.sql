-- A subscription is kept as it stands now. What changed and when is kept beside it, so that questions about revenue can say
-- what people moved to. Written by the database itself, whoever writes subscriptions; what changed before this is not known.

CREATE TABLE subscription_change (
  change_id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subscription_id  text NOT NULL REFERENCES subscription ON DELETE CASCADE,
  changed_at       timestamptz NOT NULL,
  tier_before      text,
  tier             text,
  price_before     numeric,
  price            numeric,
  currency_before  text,
  currency         text
);
CREATE INDEX subscription_change_changed_at ON subscription_change (changed_at);
CREATE INDEX subscription_change_subscription_id ON subscription_change (subscription_id);
COMMENT ON TABLE subscription_change IS 'Each time that tier, price or currency of a subscription became another.';
COMMENT ON COLUMN subscription_change.change_id IS 'Which one';
COMMENT ON COLUMN subscription_change.subscription_id IS 'Of which subscription';
COMMENT ON COLUMN subscription_change.changed_at IS 'Event time of the record that said so';
COMMENT ON COLUMN subscription_change.tier_before IS 'Tier until then; null when none was said';
COMMENT ON COLUMN subscription_change.tier IS 'Tier from then on';
COMMENT ON COLUMN subscription_change.currency_before IS 'Currency of price_before';
COMMENT ON COLUMN subscription_change.currency IS 'Currency of price';
COMMENT ON COLUMN subscription_change.price_before IS 'Price of one period until then, in currency_before';
COMMENT ON COLUMN subscription_change.price IS 'Price of one period from then on, in currency';

CREATE FUNCTION keep_subscription_change() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path FROM CURRENT
AS $$
BEGIN
  INSERT INTO subscription_change (subscription_id, changed_at, tier_before, tier, price_before, price, currency_before, currency)
  VALUES (NEW.subscription_id, NEW.described_at, OLD.tier, NEW.tier, OLD.price, NEW.price, OLD.currency, NEW.currency);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION keep_subscription_change IS 'Keeps what a subscription was before it changed';

CREATE TRIGGER keep_subscription_change
AFTER UPDATE ON subscription FOR EACH ROW
WHEN ((OLD.tier, OLD.price, OLD.currency) IS DISTINCT FROM (NEW.tier, NEW.price, NEW.currency))
EXECUTE FUNCTION keep_subscription_change();
