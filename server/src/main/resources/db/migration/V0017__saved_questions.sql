-- Questions and dashboards that people keep and share, and keys that see who people are.
-- Why links are a hash: as with keys, neither this database nor a copy of it opens anything.

ALTER TABLE api_key
  DROP CONSTRAINT api_key_kind_is_known,
  ADD CONSTRAINT api_key_kind_is_known CHECK (kind IN ('write', 'secret', 'read', 'people'));
COMMENT ON COLUMN api_key.kind IS 'write: may record; secret: may record, ask and see who people are; read: may ask; people: may ask and see who people are';

CREATE TABLE saved_question (
  created_at        timestamptz NOT NULL,
  changed_at        timestamptz NOT NULL,
  saved_question_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name              text NOT NULL,
  description       text NOT NULL,
  owner             text NOT NULL,
  document          json NOT NULL
);
COMMENT ON TABLE saved_question IS 'Questions that are kept, to be asked again by their id or a link';
COMMENT ON COLUMN saved_question.created_at IS 'When it was saved first';
COMMENT ON COLUMN saved_question.changed_at IS 'When it was changed last';
COMMENT ON COLUMN saved_question.saved_question_id IS 'What it is asked by';
COMMENT ON COLUMN saved_question.name IS 'What people call it; several may have the same';
COMMENT ON COLUMN saved_question.description IS 'What it is for; may be empty';
COMMENT ON COLUMN saved_question.owner IS 'Who saved it: the name of a person or of a key';
COMMENT ON COLUMN saved_question.document IS 'What is asked, as it was sent';

CREATE TABLE dashboard (
  created_at   timestamptz NOT NULL,
  changed_at   timestamptz NOT NULL,
  dashboard_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name         text NOT NULL,
  description  text NOT NULL,
  owner        text NOT NULL
);
COMMENT ON TABLE dashboard IS 'Saved questions that are looked at together';
COMMENT ON COLUMN dashboard.created_at IS 'When it was made';
COMMENT ON COLUMN dashboard.changed_at IS 'When it was changed last';
COMMENT ON COLUMN dashboard.dashboard_id IS 'What it is called by in addresses';
COMMENT ON COLUMN dashboard.name IS 'What people call it; several may have the same';
COMMENT ON COLUMN dashboard.description IS 'What it is for; may be empty';
COMMENT ON COLUMN dashboard.owner IS 'Who made it: the name of a person or of a key';

CREATE TABLE dashboard_question (
  dashboard_id      uuid NOT NULL REFERENCES dashboard ON DELETE CASCADE,
  saved_question_id uuid NOT NULL REFERENCES saved_question ON DELETE CASCADE,
  place             integer NOT NULL,
  PRIMARY KEY (dashboard_id, saved_question_id)
);
CREATE INDEX dashboard_question_saved_question ON dashboard_question (saved_question_id);
COMMENT ON TABLE dashboard_question IS 'Which questions are on a dashboard. One that is deleted leaves it.';
COMMENT ON COLUMN dashboard_question.dashboard_id IS 'The dashboard';
COMMENT ON COLUMN dashboard_question.saved_question_id IS 'The question';
COMMENT ON COLUMN dashboard_question.place IS 'Its place, from 0; there may be gaps';

CREATE TABLE share_link (
  created_at        timestamptz NOT NULL,
  share_link_id     uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  saved_question_id uuid REFERENCES saved_question ON DELETE CASCADE,
  dashboard_id      uuid REFERENCES dashboard ON DELETE CASCADE,
  created_by        text NOT NULL,
  token_hash        bytea NOT NULL UNIQUE,
  CONSTRAINT share_link_is_of_one_thing CHECK (num_nonnulls(saved_question_id, dashboard_id) = 1),
  CONSTRAINT share_link_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX share_link_saved_question ON share_link (saved_question_id);
CREATE INDEX share_link_dashboard ON share_link (dashboard_id);
COMMENT ON TABLE share_link IS 'Links that show one question or one dashboard to whoever has them. A row leaves when its link is revoked.';
COMMENT ON COLUMN share_link.created_at IS 'When it was made';
COMMENT ON COLUMN share_link.share_link_id IS 'What it is revoked by';
COMMENT ON COLUMN share_link.saved_question_id IS 'The question it shows; null when it shows a dashboard';
COMMENT ON COLUMN share_link.dashboard_id IS 'The dashboard it shows; null when it shows a question';
COMMENT ON COLUMN share_link.created_by IS 'Who made it: the name of a person or of a key';
COMMENT ON COLUMN share_link.token_hash IS 'SHA-256 of the token in the link; the token itself is nowhere';
