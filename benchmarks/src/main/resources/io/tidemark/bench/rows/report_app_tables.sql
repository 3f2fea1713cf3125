-- The app's own tables as far as the optimization report speaks of them: people and subscriptions, which its views join, and the
-- three tables of its other three indexes. Those hold no analytics and stay empty.

CREATE TABLE "User" (
  id                text PRIMARY KEY,
  subscription_tier text
);

CREATE TABLE Subscription (
  id         text PRIMARY KEY,
  user_id    text NOT NULL REFERENCES "User",
  tier       text NOT NULL,
  price_rmb  numeric NOT NULL,
  status     text NOT NULL
);

CREATE TABLE user_activities (
  id        uuid PRIMARY KEY,
  user_id   text NOT NULL,
  timestamp timestamptz NOT NULL
);

CREATE TABLE tasks (
  id         uuid PRIMARY KEY,
  status     text NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE effects (
  id          uuid PRIMARY KEY,
  likes_count integer NOT NULL,
  created_at  timestamptz NOT NULL
);

CREATE INDEX idx_user_activity_timestamp ON user_activities(user_id, timestamp);
CREATE INDEX idx_effect_processing_status ON tasks(status, created_at);
CREATE INDEX idx_effect_popularity ON effects(likes_count, created_at);
