-- The schema that Tidemark is compared with: the five analytics tables of the optimization report, with all 20 indexes that
-- it defines on them (its other three are on tables that hold no analytics), as the indexes name the columns. The report
-- leaves keys and types open; they are what its Prisma models give: a random UUID as primary key, TEXT for the app's own ids.
-- The UUID is kept as UUID and not as TEXT, which would be larger. Run with the schema as the first of the search path.

CREATE TABLE ApiResponseTime (
  id           uuid PRIMARY KEY,
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
  id         uuid PRIMARY KEY,
  timestamp  timestamptz NOT NULL,
  userId     text,
  sessionId  text,
  eventType  text NOT NULL,
  page       text,
  properties jsonb
);

CREATE TABLE PerformanceMetric (
  id         uuid PRIMARY KEY,
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
  id         uuid PRIMARY KEY,
  timestamp  timestamptz NOT NULL,
  userId     text,
  sessionId  text,
  step       text NOT NULL,
  effectId   text,
  properties jsonb
);

CREATE TABLE PerformanceAlert (
  id        uuid PRIMARY KEY,
  createdAt timestamptz NOT NULL,
  userId    text,
  severity  text NOT NULL,
  metric    text NOT NULL,
  message   text NOT NULL,
  value     double precision,
  threshold double precision,
  resolved  boolean NOT NULL DEFAULT false
);

-- The same tables without any index, not even a primary key: what PostgreSQL can take at most.
CREATE TABLE UnindexedApiResponseTime (LIKE ApiResponseTime);
CREATE TABLE UnindexedUserEvent (LIKE UserEvent);
CREATE TABLE UnindexedPerformanceMetric (LIKE PerformanceMetric);
CREATE TABLE UnindexedConversionFunnel (LIKE ConversionFunnel);

CREATE INDEX idx_performance_metrics_type_time ON PerformanceMetric(type, timestamp);
CREATE INDEX idx_performance_metrics_user_session ON PerformanceMetric(userId, sessionId);
CREATE INDEX idx_performance_metrics_type ON PerformanceMetric(type);
CREATE INDEX idx_performance_metrics_timestamp ON PerformanceMetric(timestamp);

CREATE INDEX idx_api_response_endpoint_time ON ApiResponseTime(endpoint, timestamp);
CREATE INDEX idx_api_response_user_time ON ApiResponseTime(userId, timestamp);
CREATE INDEX idx_api_response_method ON ApiResponseTime(method);
CREATE INDEX idx_api_response_status ON ApiResponseTime(statusCode);

CREATE INDEX idx_conversion_funnel_user_session ON ConversionFunnel(userId, sessionId);
CREATE INDEX idx_conversion_funnel_step_time ON ConversionFunnel(step, timestamp);
CREATE INDEX idx_conversion_funnel_effect ON ConversionFunnel(effectId);
CREATE INDEX idx_conversion_funnel_timestamp ON ConversionFunnel(timestamp);

CREATE INDEX idx_user_events_type_time ON UserEvent(eventType, timestamp);
CREATE INDEX idx_user_events_user_session ON UserEvent(userId, sessionId);
CREATE INDEX idx_user_events_type ON UserEvent(eventType);
CREATE INDEX idx_user_events_user_type ON UserEvent(userId, eventType);

CREATE INDEX idx_performance_alerts_severity_time ON PerformanceAlert(severity, createdAt);
CREATE INDEX idx_performance_alerts_user_time ON PerformanceAlert(userId, createdAt);
CREATE INDEX idx_performance_alerts_resolved ON PerformanceAlert(resolved);
CREATE INDEX idx_performance_alerts_metric ON PerformanceAlert(metric);
