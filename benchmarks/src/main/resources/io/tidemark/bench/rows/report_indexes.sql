-- The primary keys of the five analytics tables, and all 20 indexes that the optimization report defines on them, by its names.

ALTER TABLE ApiResponseTime ADD PRIMARY KEY (id);
ALTER TABLE UserEvent ADD PRIMARY KEY (id);
ALTER TABLE PerformanceMetric ADD PRIMARY KEY (id);
ALTER TABLE ConversionFunnel ADD PRIMARY KEY (id);
ALTER TABLE PerformanceAlert ADD PRIMARY KEY (id);

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
