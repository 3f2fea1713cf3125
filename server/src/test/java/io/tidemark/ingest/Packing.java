package io.tidemark.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.partition.Partitions;
import io.tidemark.testing.MigratedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.postgresql.ds.PGSimpleDataSource;

/// The packing of one server, on a database of a test, at a time when the days of the tests are
/// over.
final class Packing {

  static final Instant LATER = Facts.AT.plus(Duration.ofDays(20));

  /// Of its connections, in `pg_stat_activity`.
  static final String NAME = "packing";

  private static final String PACKED =
      "SELECT coalesce(sum(length(hashes) / 8), 0) FROM packed_identity";

  private final MigratedDatabase database;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final IdentityPacking packing;

  Packing(MigratedDatabase database) {
    this(database, LATER);
  }

  Packing(MigratedDatabase database, Instant now) {
    this.database = database;
    InstantSource clock = InstantSource.fixed(now);
    PGSimpleDataSource connections = new PGSimpleDataSource();
    connections.setUrl(database.jdbcUrl());
    connections.setUser(database.username());
    connections.setPassword(database.password());
    connections.setCurrentSchema(MigratedDatabase.SCHEMA);
    connections.setApplicationName(NAME);
    this.packing =
        new IdentityPacking(connections, new Partitions(connections, 1, clock), clock, metrics);
  }

  void pack() throws SQLException {
    packing.pack();
  }

  /// Identities that are packed.
  long packed() {
    return database.count(PACKED);
  }

  /// Identities that are not packed.
  long rows() {
    return database.count("SELECT count(*) FROM record_identity");
  }

  /// What the metric says.
  long counted() {
    return (long) metrics.counter("tidemark.identity.packed").count();
  }

  /// Chunks that overlap the one before them, or say a wrong first hash.
  long disorder() {
    return database.count(
        """
        SELECT count(*)
          FROM (SELECT hour, first_hash, hashes,
                       lead(first_hash) OVER (PARTITION BY hour ORDER BY first_hash) AS following
                  FROM packed_identity) AS chunk
         WHERE substring(hashes FOR 8) <> int8send(first_hash)
            OR int8send(following # (1::bigint << 63))
               <= int8send(('x' || encode(substring(hashes FROM length(hashes) - 7), 'hex'))::bit(64)::bigint # (1::bigint << 63))
        """);
  }
}
