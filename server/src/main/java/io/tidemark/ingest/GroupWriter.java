package io.tidemark.ingest;

import io.micrometer.core.instrument.Counter;
import io.tidemark.partition.PartitionedTable;
import io.tidemark.partition.Partitions;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.Fact;
import io.tidemark.record.FactTable;
import io.tidemark.record.Person;
import io.tidemark.record.RecordIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/// Writes a group of records in one transaction: identities, detail, people, the batch row, commit.
///
/// Invariant: a record's identity and its row are committed together or not at all, so a record is
/// stored once, whoever sends it again and whatever crashed in between. The quick way assumes that
/// nothing is a duplicate; a unique violation rolls it back and the careful way asks for each
/// identity. Days that are over have their identities elsewhere, where every group looks after it
/// has written its own: [PackedIdentityStore]. Lock order: people, then kinds (on their own),
/// untimed identities, identities, then rows of people by key. A value that PostgreSQL refuses in
/// spite of all checks is found by halving: its neighbours commit.
final class GroupWriter {

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String CHECK_VIOLATION = "23514";
  private static final String DEADLOCK = "40P01";
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final int ATTEMPTS = 5;

  private final DataSource dataSource;
  private final Partitions partitions;
  private final PersonDirectory people;
  private final KindDirectory kinds;

  /// Identities of late records that were found packed.
  private final Counter packedFound;

  /// Duplicates come in runs (a client that sends again, an import done twice): after one the next
  /// group is asked for too.
  private boolean duplicatesExpected;

  GroupWriter(
      DataSource dataSource,
      Partitions partitions,
      PersonDirectory people,
      KindDirectory kinds,
      Counter packedFound) {
    this.dataSource = dataSource;
    this.partitions = partitions;
    this.people = people;
    this.kinds = kinds;
    this.packedFound = packedFound;
  }

  /// @throws SQLException if the database is away or broken: perhaps the group was stored
  IngestOutcome.Committed write(List<CapturedRecord> records) throws SQLException {
    List<Integer> duplicates = new ArrayList<>();
    List<RefusedRecord> refused = new ArrayList<>();
    write(records, 0, duplicates, refused);
    return new IngestOutcome.Committed(duplicates, refused);
  }

  private void write(
      List<CapturedRecord> records,
      int offset,
      List<Integer> duplicates,
      List<RefusedRecord> refused)
      throws SQLException {
    RecordGroup group = new RecordGroup(records);
    try {
      commit(group);
    } catch (SQLException e) {
      if (!isValueRefused(e)) {
        throw e;
      }
      if (records.size() == 1) {
        refused.add(
            new RefusedRecord(
                offset,
                "unstorable_value",
                "PostgreSQL refuses a value of this record (SQLSTATE %s)"
                    .formatted(e.getSQLState())));
        return;
      }
      int middle = records.size() / 2;
      write(records.subList(0, middle), offset, duplicates, refused);
      write(records.subList(middle, records.size()), offset + middle, duplicates, refused);
      return;
    }
    for (int duplicate : group.duplicates()) {
      duplicates.add(offset + duplicate);
    }
  }

  private void commit(RecordGroup group) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = dataSource.getConnection()) {
        Map<Person, KnownPerson> known = people.resolve(connection, group.people());
        int[] kindIds = kinds.resolve(connection, group.records());
        makePartitions(group);
        connection.setAutoCommit(false);
        try {
          commit(connection, group, known, kindIds);
        } catch (SQLException | RuntimeException | Error e) {
          rollback(connection, e);
          throw e;
        }
        duplicatesExpected = !group.duplicates().isEmpty();
        return;
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !canTryAgain(e)) {
          throw e;
        }
      }
    }
  }

  private void commit(
      Connection connection, RecordGroup group, Map<Person, KnownPerson> known, int[] kindIds)
      throws SQLException {
    group.resetDuplicates();
    writeIdentities(connection, group);
    Map<FactTable, List<FactRow>> rows = group.rows(known, kindIds);
    Map<Person, KnownPerson> earlier = PersonDirectory.seenEarlier(group.peopleStored(), known);
    int stored = group.records().size() - group.duplicates().size();
    if (stored > 0) {
      long batchId = BatchStore.nextNumber(connection);
      for (Map.Entry<FactTable, List<FactRow>> entry : rows.entrySet()) {
        FactWriter.write(connection, entry.getKey(), batchId, entry.getValue());
      }
      PersonWriter.see(connection, earlier.values(), group.descriptions(), known);
      PersonWriter.describe(connection, group.descriptions(), known);
      PersonWriter.subscribe(connection, group.subscriptions(), known);
      BatchStore.add(connection, batchId, stored, group.duplicates().size(), rows);
    }
    connection.commit();
    people.remember(earlier);
  }

  private void writeIdentities(Connection connection, RecordGroup group) throws SQLException {
    List<RecordIdentity> untimed = group.untimedIdentities();
    if (!untimed.isEmpty()) {
      Set<RecordIdentity> fresh = IdentityStore.claimUntimed(connection, untimed);
      group.markDuplicates(identity -> identity.sentAt() == null && !fresh.contains(identity));
    }
    List<RecordIdentity> timed = group.timedIdentities();
    if (timed.isEmpty()) {
      return;
    }
    if (duplicatesExpected) {
      Set<RecordIdentity> fresh = IdentityStore.claim(connection, timed);
      group.markDuplicates(identity -> identity.sentAt() != null && !fresh.contains(identity));
    } else {
      IdentityStore.write(connection, timed);
    }
    Set<RecordIdentity> packed = PackedIdentityStore.find(connection, timed);
    if (!packed.isEmpty()) {
      packedFound.increment(packed.size());
      group.markDuplicates(packed::contains);
    }
  }

  private boolean canTryAgain(SQLException e) {
    return switch (String.valueOf(e.getSQLState())) {
      case UNIQUE_VIOLATION -> {
        duplicatesExpected = true;
        yield true;
      }
      case CHECK_VIOLATION -> {
        partitions.forget();
        yield true;
      }
      case DEADLOCK, SERIALIZATION_FAILURE -> true;
      default -> false;
    };
  }

  /// Class 22 is "data exception", 54 "program limit exceeded".
  private static boolean isValueRefused(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("22") || state.startsWith("54");
  }

  private void makePartitions(RecordGroup group) throws SQLException {
    for (CapturedRecord captured : group.records()) {
      if (captured instanceof Fact fact) {
        partitions.ensure(PartitionedTable.of(fact.table()), fact.at());
      }
    }
    for (RecordIdentity identity : group.timedIdentities()) {
      Instant sentAt = identity.sentAt();
      if (sentAt != null) {
        partitions.ensure(PartitionedTable.RECORD_IDENTITY, sentAt);
      }
    }
  }

  /// As a statement, and whatever went wrong: COPY goes past the pool, which would hand out a
  /// broken connection again and again as long as there is load, and would commit what it takes for
  /// untouched when it sets a connection back to auto-commit.
  private static void rollback(Connection connection, Throwable cause) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK /* ingest.rollback */");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
