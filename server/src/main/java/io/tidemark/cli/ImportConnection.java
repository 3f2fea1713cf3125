package io.tidemark.cli;

import io.tidemark.capture.accesslog.ImportSession;
import io.tidemark.capture.accesslog.TimePolicy;
import io.tidemark.capture.accesslog.TimeVerdict;
import io.tidemark.ingest.GroupCommit;
import io.tidemark.partition.RetentionPolicy;
import io.tidemark.record.FactTable;
import io.tidemark.rollup.Rollups;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Connects an import with the installation it writes to. What it wrote is rolled up before it lets
/// go, so that the page shows it whether or not a server runs.
final class ImportConnection {

  private static final Logger LOG = LoggerFactory.getLogger(ImportConnection.class);

  private static final String SALT = "SELECT /* import.salt */ pseudonym_salt FROM installation";

  private ImportConnection() {}

  static ImportSession open(ServerOptions server) {
    ConfigurableApplicationContext installation = Installation.openForWriting(server);
    UUID salt =
        JdbcClient.create(installation.getBean("job", DataSource.class))
            .sql(SALT)
            .query(UUID.class)
            .single();
    return new ImportSession(
        installation.getBean(GroupCommit.class)::store,
        new RetentionTimes(installation.getBean(RetentionPolicy.class), Clock.systemUTC()),
        salt,
        () -> disconnect(installation));
  }

  private static void disconnect(ConfigurableApplicationContext installation) {
    try (installation) {
      installation.getBean(Rollups.class).refreshAll();
    } catch (SQLException e) {
      LOG.warn(
          "The rollups are not up to date yet; the next server that runs will see to it: {}",
          e.getMessage());
    }
  }

  private record RetentionTimes(RetentionPolicy retention, InstantSource clock)
      implements TimePolicy {

    @Override
    public TimeVerdict judge(FactTable table, Instant at) {
      Instant now = clock.instant();
      if (retention.isTooOld(table, at, now)) {
        return TimeVerdict.TOO_OLD;
      }
      return retention.isTooFarAhead(at, now) ? TimeVerdict.TOO_FAR_AHEAD : TimeVerdict.TAKEN;
    }

    @Override
    public Period keptFor(FactTable table) {
      return retention.detailKept(table);
    }
  }
}
