package io.tidemark.bench.questions;

import io.tidemark.bench.Progress;
import io.tidemark.bench.rows.BinaryRow;
import io.tidemark.bench.rows.ComparedTable;
import io.tidemark.bench.rows.ReportSchema;
import io.tidemark.bench.rows.TimedRow;
import io.tidemark.bench.server.BenchDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/// Stores a data set in the report's schema: COPY into tables without indexes, then the indexes.
/// That is quicker than row by row, and leaves the indexes as compact as they can be.
record ReportLoad(DataSet data, BenchDatabase database, Progress progress) {

  private static final int BUFFER_BYTES = 256 * 1024;
  private static final String IN_SCHEMA = "SET search_path = " + BenchDatabase.COMPARED_SCHEMA;

  RowCount load() throws SQLException, IOException {
    database.drop(BenchDatabase.COMPARED_SCHEMA);
    ReportSchema.create(database, ReportSchema.TABLES, ReportSchema.APP_TABLES);
    copyPeople();
    RowCount rows = copyRows();
    buildIndexes();
    return rows;
  }

  /// One COPY for each table, all at the same time, each in a transaction of its own.
  private RowCount copyRows() throws SQLException, IOException {
    Pace pace = new Pace(progress, "COPY into the report's schema");
    RowCount rows = new RowCount();
    Map<ComparedTable, Target> targets = new EnumMap<>(ComparedTable.class);
    try {
      for (ComparedTable table : ComparedTable.values()) {
        targets.put(table, Target.open(database, table));
      }
      long startMillis = data.start().toEpochMilli();
      for (RowStream stream = new RowStream(data); stream.hasNext(); ) {
        TimedRow row = stream.next();
        rows.add(row.row());
        target(targets, row).add(row);
        if (rows.total() % 1_000 == 0) {
          pace.reached(
              rows.total(), (row.millis() - startMillis) / (double) DataSet.SPAN.toMillis());
        }
      }
      for (Target target : targets.values()) {
        target.end();
      }
    } finally {
      for (Target target : targets.values()) {
        target.connection().close();
      }
    }
    pace.done(rows.total());
    return rows;
  }

  private static Target target(Map<ComparedTable, Target> targets, TimedRow row) {
    return Objects.requireNonNull(targets.get(ComparedTable.of(row.row())));
  }

  private void copyPeople() throws SQLException, IOException {
    StringBuilder people = new StringBuilder();
    StringBuilder subscriptions = new StringBuilder();
    for (int number = 0; number < data.people(); number++) {
      SamplePerson person = new SamplePerson(number);
      people.append(person.userId()).append('\t').append(person.tier()).append('\n');
      if (person.hasSubscription()) {
        subscriptions.append(
            "%s\t%s\t%s\t%d\t%s\n"
                .formatted(
                    person.subscriptionId(),
                    person.userId(),
                    person.tier(),
                    person.price(),
                    person.subscriptionStatus()));
      }
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(IN_SCHEMA);
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      copy.copyIn("COPY \"User\" (id, subscription_tier) FROM STDIN", bytes(people));
      copy.copyIn(
          "COPY Subscription (id, user_id, tier, price_rmb, status) FROM STDIN",
          bytes(subscriptions));
    }
  }

  private void buildIndexes() throws SQLException, IOException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(IN_SCHEMA);
      statement.execute("SET maintenance_work_mem = '512MB'");
      for (String index : ReportSchema.INDEXES.statements()) {
        progress.tell("building the report's indexes · " + index);
        statement.execute(index);
      }
    }
  }

  private static ByteArrayInputStream bytes(StringBuilder text) {
    return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// A table that a COPY is under way into.
  private record Target(Connection connection, CopyIn copy, ByteArrayOutputStream buffer) {

    static Target open(BenchDatabase database, ComparedTable table) throws SQLException {
      Connection connection = database.connect();
      CopyIn copy =
          connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copyStatement());
      ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER_BYTES + 1_000);
      BinaryRow.appendHeader(buffer);
      return new Target(connection, copy, buffer);
    }

    void add(TimedRow row) throws SQLException {
      BinaryRow.append(buffer, row);
      if (buffer.size() >= BUFFER_BYTES) {
        flush();
      }
    }

    void end() throws SQLException {
      BinaryRow.appendEnd(buffer);
      flush();
      copy.endCopy();
    }

    private void flush() throws SQLException {
      copy.writeToCopy(buffer.toByteArray(), 0, buffer.size());
      buffer.reset();
    }
  }
}
