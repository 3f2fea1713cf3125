package io.tidemark.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tidemark.platform.postgres.PostgresConnection;
import java.time.Duration;

/// The connections to the database, one pool for each kind of work, so that no kind can starve
/// another. Thread-safe.
public final class DatabasePools implements AutoCloseable {

  /// Writers are told quickly that the database is away; their clients send again.
  private static final Duration INTAKE_TIMEOUT = Duration.ofSeconds(1);

  /// A frozen database is given up after this, so that writers come back when it does.
  private static final Duration INTAKE_SILENCE = Duration.ofSeconds(20);

  /// Longer than any statement of a job should take.
  private static final Duration JOB_SILENCE = Duration.ofMinutes(5);

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final HikariDataSource intake;
  private final HikariDataSource question;
  private final HikariDataSource job;

  DatabasePools(PostgresConnection connection, DatabaseProperties properties) {
    DatabaseProperties.Pool sizes = properties.pool();
    intake =
        open(
            "intake",
            sizes.intake(),
            INTAKE_TIMEOUT,
            Duration.ZERO,
            INTAKE_SILENCE,
            connection,
            properties);
    question =
        open(
            "question",
            sizes.question(),
            sizes.timeout(),
            properties.questionTimeout(),
            properties.questionTimeout().plus(GRACE),
            connection,
            properties);
    job =
        open(
            "job",
            sizes.job(),
            sizes.timeout(),
            Duration.ZERO,
            JOB_SILENCE,
            connection,
            properties);
  }

  /// For the writers of records.
  public HikariDataSource intake() {
    return intake;
  }

  /// For questions: statements are cancelled after the configured time.
  public HikariDataSource question() {
    return question;
  }

  /// For recurring work.
  public HikariDataSource job() {
    return job;
  }

  @Override
  public void close() {
    intake.close();
    question.close();
    job.close();
  }

  private static HikariDataSource open(
      String name,
      int size,
      Duration timeout,
      Duration statementTimeout,
      Duration silence,
      PostgresConnection connection,
      DatabaseProperties properties) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(size, 2));
    config.setConnectionTimeout(timeout.toMillis());
    config.setValidationTimeout(Math.min(timeout.toMillis(), 1_000));
    config.setInitializationFailTimeout(-1);
    config.setJdbcUrl(connection.jdbcUrl());
    if (!connection.username().isEmpty()) {
      config.setUsername(connection.username());
      config.setPassword(connection.password());
    }
    config.addDataSourceProperty("ApplicationName", "tidemark " + name);
    config.addDataSourceProperty("currentSchema", properties.schema());
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // What the server quotes of a row that it refuses may be personal.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    config.addDataSourceProperty("socketTimeout", Long.toString(silence.toSeconds()));
    config.addDataSourceProperty(
        "options", "-c TimeZone=UTC -c statement_timeout=" + statementTimeout.toMillis());
    return new HikariDataSource(config);
  }
}
