package io.tidemark.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tidemark.platform.postgres.PostgresConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;

/// The connections to the database, one pool for each kind of work, so that no kind can starve
/// another. Thread-safe.
public final class DatabasePools implements AutoCloseable {

  /// Writers are told quickly that there is no connection; their clients send again.
  private static final Duration INTAKE_TIMEOUT = Duration.ofMillis(500);

  /// The longest that a statement of a writer may wait, such as for another server that writes the
  /// same records. A silent database is given up sooner, by the watch.
  private static final Duration INTAKE_SILENCE = Duration.ofSeconds(20);

  /// What a writer had begun when it was cut off must not keep its records locked for long: they
  /// are sent again.
  private static final Duration IDLE_TRANSACTION = Duration.ofSeconds(5);

  /// Longer than any statement of a job should take.
  private static final Duration JOB_SILENCE = Duration.ofMinutes(5);

  /// Flyway's: for its table, for the migrations, for events.
  private static final int MIGRATION_CONNECTIONS = 3;

  /// For sessions, links and what is saved, which take a row or a few. Questions say how long they
  /// may take, and stop what takes longer.
  private static final Duration LOOKUP_SILENCE = Duration.ofSeconds(15);

  /// A connection made anew reaches a database that is back when packets of the old one may not.
  private static final Duration PROBE_SILENCE = Duration.ofSeconds(5);

  private final PhysicalConnections intakeConnections;
  private final HikariDataSource intake;
  private final HikariDataSource question;
  private final HikariDataSource job;
  private final DriverProperties driver;
  private final Duration timeout;
  private final Supplier<PostgresConnection> database;

  /// @param database where it is; asked for each connection that is made
  DatabasePools(Supplier<PostgresConnection> database, DatabaseProperties properties) {
    this.database = database;
    this.driver = new DriverProperties(properties.schema());
    DatabaseProperties.Pool sizes = properties.pool();
    this.timeout = sizes.timeout();
    intakeConnections =
        new PhysicalConnections(
            database, driver.of("intake", INTAKE_SILENCE, Duration.ZERO, IDLE_TRANSACTION));
    intake = open("intake", sizes.intake(), INTAKE_TIMEOUT, intakeConnections);
    // A pool that fills itself pauses ever longer while the database is away. This one makes a
    // connection when somebody wants one, and keeps it.
    intake.setMinimumIdle(0);
    intake.setIdleTimeout(0);
    question =
        open(
            "question",
            sizes.question(),
            timeout,
            new PhysicalConnections(
                database, driver.of("question", LOOKUP_SILENCE, Duration.ZERO, Duration.ZERO)));
    job =
        open(
            "job",
            sizes.job(),
            timeout,
            new PhysicalConnections(
                database, driver.of("job", JOB_SILENCE, Duration.ZERO, Duration.ZERO)));
  }

  /// For the writers of records.
  public HikariDataSource intake() {
    return intake;
  }

  /// For questions and what is looked up for those who ask.
  public HikariDataSource question() {
    return question;
  }

  /// For recurring work.
  public HikariDataSource job() {
    return job;
  }

  /// For bringing the schema up to date, where a statement may rewrite all that is stored and takes
  /// as long as it needs. To be closed by the caller.
  HikariDataSource openForMigration() {
    return open(
        "migration",
        MIGRATION_CONNECTIONS,
        timeout,
        new PhysicalConnections(
            database, driver.of("migration", Duration.ZERO, Duration.ZERO, Duration.ZERO)));
  }

  /// @throws SettingsLostException when what a connection says of itself does not reach PostgreSQL
  void requireSettings(DataSource connections) throws SQLException {
    SessionSettingReader.require(connections, driver.said());
  }

  /// Watches the intake, with a connection beside the pools.
  ///
  /// @param whenAway told again and again while the database is away
  DatabaseWatch watch(Runnable whenAway) {
    WriteProbe probe =
        new WriteProbe(
            new PhysicalConnections(
                database, driver.of("watch", PROBE_SILENCE, PROBE_SILENCE, Duration.ZERO)));
    return new DatabaseWatch(intake, intakeConnections, probe, whenAway).start();
  }

  @Override
  public void close() {
    intake.close();
    question.close();
    job.close();
  }

  private static HikariDataSource open(
      String name, int size, Duration timeout, PhysicalConnections connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(size, 2));
    config.setConnectionTimeout(timeout.toMillis());
    config.setValidationTimeout(Math.min(timeout.toMillis(), 1_000));
    config.setInitializationFailTimeout(-1);
    config.setDataSource(connections);
    return new HikariDataSource(config);
  }
}
