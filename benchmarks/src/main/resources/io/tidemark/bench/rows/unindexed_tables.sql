-- The same tables without any index, not even a primary key: what PostgreSQL can take at most.
CREATE TABLE UnindexedApiResponseTime (LIKE ApiResponseTime);
CREATE TABLE UnindexedUserEvent (LIKE UserEvent);
CREATE TABLE UnindexedPerformanceMetric (LIKE PerformanceMetric);
CREATE TABLE UnindexedConversionFunnel (LIKE ConversionFunnel);
