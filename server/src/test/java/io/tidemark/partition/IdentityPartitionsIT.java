package io.tidemark.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Partitions of identities: days near now, months far away and in installations that had months.
class IdentityPartitionsIT {

  private static final Instant NOW = Instant.parse("2026-07-15T12:00:00Z");

  private final MigratedDatabase database = MigratedDatabase.open();
  private final Partitions partitions = partitions(NOW);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void makeAhead_newInstallation_makesThreeDays() throws SQLException {
    partitions.makeAhead();

    assertThat(names())
        .containsExactly(
            "record_identity_2026_07_15",
            "record_identity_2026_07_16",
            "record_identity_2026_07_17");
    assertThat(partitions.makeAhead()).isZero();
  }

  @Test
  void makeAhead_monthWithFewRows_isDividedAndKeepsThem() throws SQLException {
    makeMonth("2026_07", "2026-07-01", "2026-08-01");
    insert("'2026-07-01 00:00+00'", "1");
    insert("'2026-07-31 23:59:59.999999+00'", "2");

    partitions.makeAhead();

    assertThat(names()).hasSize(31).doesNotContain("record_identity_2026_07");
    assertThat(database.count("SELECT count(*) FROM record_identity_2026_07_01")).isEqualTo(1);
    assertThat(database.count("SELECT count(*) FROM record_identity_2026_07_31")).isEqualTo(1);
    assertThat(database.count("SELECT count(*) FROM record_identity WHERE id_hash IN (1, 2)"))
        .isEqualTo(2);
  }

  @Test
  void makeAhead_monthWithManyRows_goesOn() throws SQLException {
    makeMonth("2026_07", "2026-07-01", "2026-08-01");
    insert("'2026-07-02 00:00+00'", "generate_series(1, 200000)");

    partitions.makeAhead();
    partitions.ensure(PartitionedTable.RECORD_IDENTITY, NOW);
    partitions(NOW).ensure(PartitionedTable.RECORD_IDENTITY, NOW);

    assertThat(names()).containsExactly("record_identity_2026_07");
  }

  /// A wrong clock had the month made long before.
  @Test
  void makeAhead_nextMonthWasMadeByAWrongClock_isDividedInTime() throws SQLException {
    Instant ahead = Instant.parse("2026-08-20T00:00:00Z");
    partitions.ensure(PartitionedTable.RECORD_IDENTITY, ahead);
    insert("'2026-08-20 00:00+00'", "1");
    partitions.makeAhead();
    assertThat(names()).contains("record_identity_2026_08");

    partitions(Instant.parse("2026-07-30T12:00:00Z")).makeAhead();

    assertThat(names()).contains("record_identity_2026_08_01", "record_identity_2026_08_20");
    assertThat(names()).doesNotContain("record_identity_2026_08");
    partitions.ensure(PartitionedTable.RECORD_IDENTITY, ahead.plusSeconds(1));
    insert("'2026-08-20 00:00:01+00'", "1");
    assertThat(database.count("SELECT count(*) FROM record_identity")).isEqualTo(2);
  }

  @Test
  void makeAhead_monthIsInUse_isLeftForLater() throws SQLException {
    makeMonth("2026_07", "2026-07-01", "2026-08-01");
    try (Connection writer = database.dataSource().getConnection();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("INSERT INTO record_identity VALUES ('2026-07-15 00:00+00', 1)");

      partitions.makeAhead();

      assertThat(names()).containsExactly("record_identity_2026_07");
      writer.commit();
    }
    partitions.makeAhead();
    assertThat(names()).hasSize(31);
  }

  /// Any day that a sender may name, asked for by two servers whose clocks differ.
  @Test
  void ensure_anyDayFromTwoServers_makesPartitionsThatDoNotOverlap() throws Exception {
    Partitions other = partitions(NOW.plusSeconds(7 * 86_400));
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = LocalDate.of(2023, 11, 1);
        day.isBefore(LocalDate.of(2026, 12, 31));
        day = day.plusDays(5)) {
      days.add(day);
    }
    Collections.shuffle(days, new Random(1));
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (LocalDate day : days) {
      for (Partitions server : List.of(partitions, other)) {
        calls.add(() -> {
          server.ensure(PartitionedTable.RECORD_IDENTITY, Instant.parse(day + "T10:00:00Z"));
          return true;
        });
      }
    }

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        assertThat(call.get()).isTrue();
      }
    }

    for (LocalDate day : days) {
      insert("'" + day + " 10:00+00'", "1");
    }
    assertThat(names()).hasSizeLessThan(days.size());
  }

  private Partitions partitions(Instant now) {
    return new Partitions(database.dataSource(), 1, InstantSource.fixed(now));
  }

  private void makeMonth(String name, String from, String to) {
    database
        .jdbc()
        .sql(
            "CREATE TABLE record_identity_%s PARTITION OF record_identity FOR VALUES FROM ('%s 00:00+00') TO ('%s 00:00+00')"
                .formatted(name, from, to))
        .update();
  }

  private void insert(String sentAt, String idHash) {
    database
        .jdbc()
        .sql("INSERT INTO record_identity SELECT %s, %s".formatted(sentAt, idHash))
        .update();
  }

  private List<String> names() throws SQLException {
    return partitions.listSizes(PartitionedTable.RECORD_IDENTITY).stream()
        .map(PartitionSize::name)
        .toList();
  }
}
