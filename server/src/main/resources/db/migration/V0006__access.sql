-- Who may do what: keys of programs, one-time links of people, the sessions that links open.
-- Why only hashes: neither this database nor a copy of it lets anyone in. The secrets are 256 random bits, so a plain SHA-256 is
-- enough; there is nothing to guess that a slow hash would protect.

CREATE TABLE api_key (
  created_at   timestamptz NOT NULL,
  revoked_at   timestamptz,
  last_used_on date,
  name         text NOT NULL,
  kind         text NOT NULL,
  key_hash     bytea PRIMARY KEY,
  CONSTRAINT api_key_name_is_plain CHECK (name ~ '^[A-Za-z0-9._-]{1,64}$'),
  CONSTRAINT api_key_kind_is_known CHECK (kind IN ('write', 'secret', 'read')),
  CONSTRAINT api_key_hash_is_sha256 CHECK (octet_length(key_hash) = 32)
);
CREATE UNIQUE INDEX api_key_live_name ON api_key (name) WHERE revoked_at IS NULL;
COMMENT ON TABLE api_key IS 'Keys of programs. A revoked key stays, so that what it did keeps its name; the name may then be given again.';
COMMENT ON COLUMN api_key.created_at IS 'When it was made';
COMMENT ON COLUMN api_key.revoked_at IS 'Since when it opens nothing; null while it is good';
COMMENT ON COLUMN api_key.last_used_on IS 'Day (UTC) it was last used; null if never';
COMMENT ON COLUMN api_key.name IS 'What people call it; one good key a name';
COMMENT ON COLUMN api_key.kind IS 'write: may record; secret: may record and ask; read: may ask';
COMMENT ON COLUMN api_key.key_hash IS 'SHA-256 of the key; the key itself is nowhere';

CREATE TABLE sign_in_link (
  expires_at timestamptz NOT NULL,
  person     text NOT NULL,
  token_hash bytea PRIMARY KEY,
  CONSTRAINT sign_in_link_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);
COMMENT ON TABLE sign_in_link IS 'One-time links to sign in with. A row leaves when its link is used.';
COMMENT ON COLUMN sign_in_link.expires_at IS 'Until when it may be used';
COMMENT ON COLUMN sign_in_link.person IS 'Whom it signs in';
COMMENT ON COLUMN sign_in_link.token_hash IS 'SHA-256 of the token in the link; the token itself is nowhere';

CREATE TABLE spring_session (
  creation_time         bigint NOT NULL,
  last_access_time      bigint NOT NULL,
  expiry_time           bigint NOT NULL,
  max_inactive_interval integer NOT NULL,
  primary_id            text PRIMARY KEY,
  session_id            text NOT NULL UNIQUE,
  principal_name        text
);
CREATE INDEX spring_session_expiry_time ON spring_session (expiry_time);
COMMENT ON TABLE spring_session IS 'Browsers that are signed in, so that a restart signs nobody out. Names and columns are those of Spring Session JDBC.';
COMMENT ON COLUMN spring_session.creation_time IS 'When it began, in milliseconds since 1970';
COMMENT ON COLUMN spring_session.last_access_time IS 'When it was last used, in milliseconds since 1970; up to an hour behind';
COMMENT ON COLUMN spring_session.expiry_time IS 'When it ends unless it is used, in milliseconds since 1970';
COMMENT ON COLUMN spring_session.max_inactive_interval IS 'How long it may go unused, in seconds';
COMMENT ON COLUMN spring_session.primary_id IS 'Names the session for as long as it lives';
COMMENT ON COLUMN spring_session.session_id IS 'What the cookie says; a new one is given on signing in';
COMMENT ON COLUMN spring_session.principal_name IS 'Who is signed in';

CREATE TABLE spring_session_attributes (
  session_primary_id text NOT NULL REFERENCES spring_session ON DELETE CASCADE,
  attribute_name     text NOT NULL,
  attribute_bytes    bytea NOT NULL,
  PRIMARY KEY (session_primary_id, attribute_name)
);
COMMENT ON TABLE spring_session_attributes IS 'What a session remembers: who is signed in, nothing else.';
COMMENT ON COLUMN spring_session_attributes.session_primary_id IS 'The session';
COMMENT ON COLUMN spring_session_attributes.attribute_name IS 'What is remembered';
COMMENT ON COLUMN spring_session_attributes.attribute_bytes IS 'Its value, as Java serialises it';
