-- The schema that Tidemark is compared with: the five analytics tables of the optimization report, as its indexes name the
-- columns. Keys and indexes are in report_indexes.sql, so that they may be built after the rows are there. The report leaves
-- keys and types open; they are what its Prisma models give: a random UUID as primary key, TEXT for the app's own ids. The UUID
-- is kept as UUID and not as TEXT, which would be larger. Run with the schema as the first of the search path.

CREATE TABLE ApiResponseTime (
  id           uuid NOT NULL,
  timestamp    timestamptz NOT NULL,
  userId       text,
  sessionId    text,
  endpoint     text NOT NULL,
  method       text NOT NULL,
  statusCode   integer NOT NULL,
  responseTime double precision NOT NULL,
  cacheHit     boolean
);

CREATE TABLE UserEvent (
  id         uuid NOT NULL,
  timestamp  timestamptz NOT NULL,
  userId     text,
  sessionId  text,
  eventType  text NOT NULL,
  page       text,
  properties jsonb
);

CREATE TABLE PerformanceMetric (
  id         uuid NOT NULL,
  timestamp  timestamptz NOT NULL,
  userId     text,
  sessionId  text,
  type       text NOT NULL,
  value      double precision NOT NULL,
  unit       text,
  page       text,
  properties jsonb
);

CREATE TABLE ConversionFunnel (
  id         uuid NOT NULL,
  timestamp  timestamptz NOT NULL,
  userId     text,
  sessionId  text,
  step       text NOT NULL,
  effectId   text,
  properties jsonb
);

CREATE TABLE PerformanceAlert (
  id        uuid NOT NULL,
  createdAt timestamptz NOT NULL,
  userId    text,
  severity  text NOT NULL,
  metric    text NOT NULL,
  message   text NOT NULL,
  value     double precision,
  threshold double precision,
  resolved  boolean NOT NULL DEFAULT false
);
