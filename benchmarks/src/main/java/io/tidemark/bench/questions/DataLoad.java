package io.tidemark.bench.questions;

import io.tidemark.bench.Progress;
import io.tidemark.bench.questions.DataSetStore.Held;
import io.tidemark.bench.rows.ComparedTable;
import io.tidemark.bench.server.BenchDatabase;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Sees to it that both schemas hold the data set: what is kept is not loaded again.
record DataLoad(BenchDatabase database, Progress progress) {

  /// What is asked about, with the report's schema loaded. To be called before the server starts:
  /// what Tidemark holds only in part is dropped.
  ///
  /// @throws IllegalStateException when Tidemark holds more than the data set, and is not to be
  ///   loaded anew
  DataSet prepare(DataOptions options) throws SQLException, IOException {
    DataSetStore store = new DataSetStore(database);
    Optional<DataSetStore.Kept> kept = store.find();
    if (kept.isPresent()) {
      DataSet data = kept.get().data();
      options.requireSame(data);
      if (kept.get().inTidemark() == Held.MORE && !options.isReload()) {
        throw new IllegalStateException(
            "Tidemark took more records with --load, so that its answers cannot be compared any more: add --reload to load it anew.");
      }
      progress.tell("kept: " + data.describe());
      if (options.isReload() || kept.get().inTidemark() == Held.NOTHING) {
        store.set(Held.NOTHING);
        database.drop(BenchDatabase.SCHEMA);
      }
      return data;
    }
    DataSet data = options.dataSet();
    progress.tell("making " + data.describe());
    database.drop(BenchDatabase.SCHEMA);
    new ReportLoad(data, database, progress).load();
    store.add(data);
    return data;
  }

  /// Sends the data set to Tidemark unless it has it. One that was cut off after the history goes
  /// on from there; what it has already is recognised.
  ///
  /// @param key one that may record anything
  /// @throws IllegalStateException when Tidemark counts other records afterwards than were sent
  void loadTidemark(DataSet data, URI server, String key, TidemarkApi api)
      throws SQLException, IOException, InterruptedException {
    DataSetStore store = new DataSetStore(database);
    DataSetStore.Kept kept = store.find().orElseThrow();
    if (kept.inTidemark() == Held.ALL) {
      return;
    }
    TidemarkLoad load = new TidemarkLoad(data, server, key, api, progress);
    RowStream rows = new RowStream(data);
    RowCount sent = new RowCount();
    if (kept.inTidemark() == Held.NOTHING) {
      load.sendHistory(rows, sent);
      store.set(Held.HISTORY);
    } else {
      load.skipHistory(rows, sent);
    }
    load.sendLastDay(rows, sent);
    for (JsonNode fact : api.readCoverage()) {
      for (ComparedTable table : ComparedTable.values()) {
        if (table.fact().equals(fact.path("fact").asString())
            && fact.path("records").asLong() != sent.of(table)) {
          throw new IllegalStateException(
              "%s: %,d records were sent, Tidemark counts %,d"
                  .formatted(table.fact(), sent.of(table), fact.path("records").asLong()));
        }
      }
    }
    store.set(Held.ALL);
  }
}
