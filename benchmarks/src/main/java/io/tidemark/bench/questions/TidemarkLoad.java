package io.tidemark.bench.questions;

import io.tidemark.bench.Progress;
import io.tidemark.bench.rows.TimedRow;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Stores a data set in Tidemark over HTTP, as an app would: all but the last day in large batches,
/// then who the people are, then the last day in small batches, in the order of time.
///
/// @param key one that may record anything
record TidemarkLoad(DataSet data, URI server, String key, TidemarkApi api, Progress progress) {

  private static final int CONNECTIONS = 8;
  private static final int HISTORY_BATCH = 1_000;
  private static final int LIVE_BATCH = 100;

  /// Returns when all but the last day is stored.
  ///
  /// @param rows from the first one
  /// @param sent counts what was sent
  void sendHistory(RowStream rows, RowCount sent) throws IOException, InterruptedException {
    Pace pace = new Pace(progress, "sending 89 days to Tidemark");
    send(rows, HISTORY_BATCH, data.liveFrom().toEpochMilli(), sent, pace);
  }

  /// The same without sending: for a load that was cut off after the history.
  void skipHistory(RowStream rows, RowCount sent) {
    long reachedMillis = 0;
    while (rows.hasNext() && reachedMillis < data.liveFrom().toEpochMilli()) {
      List<TimedRow> batch = next(rows, HISTORY_BATCH);
      batch.forEach(row -> sent.add(row.row()));
      reachedMillis = batch.getLast().millis();
    }
  }

  /// Returns when the rollups hold everything.
  ///
  /// @param rows what follows the history
  void sendLastDay(RowStream rows, RowCount sent) throws IOException, InterruptedException {
    api.awaitRollups(new Pace(progress, "waiting for the rollups of 89 days"));
    sendPeople();
    Pace pace = new Pace(progress, "sending the last day to Tidemark");
    send(rows, LIVE_BATCH, Long.MAX_VALUE, sent, pace);
    api.awaitRollups(new Pace(progress, "waiting for the rollups of the last day"));
  }

  /// @param untilMillis ends with the first batch that reaches it
  /// @param sent what was sent, added to
  private void send(
      Iterator<TimedRow> rows, int batchRows, long untilMillis, RowCount sent, Pace pace)
      throws IOException, InterruptedException {
    long before = sent.total();
    long reachedMillis = 0;
    try (BatchSenders senders = new BatchSenders(server, CONNECTIONS)) {
      while (rows.hasNext() && reachedMillis < untilMillis) {
        List<TimedRow> batch = next(rows, batchRows);
        senders.send(BatchRequest.ofRows(server, key, batch));
        batch.forEach(row -> sent.add(row.row()));
        reachedMillis = batch.getLast().millis();
        pace.reached(
            sent.total() - before,
            (reachedMillis - data.start().toEpochMilli()) / (double) DataSet.SPAN.toMillis());
      }
    }
    pace.done(sent.total() - before);
  }

  private static List<TimedRow> next(Iterator<TimedRow> rows, int most) {
    List<TimedRow> batch = new ArrayList<>(most);
    while (batch.size() < most && rows.hasNext()) {
      batch.add(rows.next());
    }
    return batch;
  }

  private void sendPeople() throws IOException, InterruptedException {
    progress.tell("sending %,d people".formatted(data.people()));
    Instant at = data.liveFrom();
    try (BatchSenders senders = new BatchSenders(server, CONNECTIONS)) {
      for (int first = 0; first < data.people(); first += HISTORY_BATCH) {
        List<SamplePerson> people = new ArrayList<>();
        for (int i = first; i < Math.min(data.people(), first + HISTORY_BATCH); i++) {
          people.add(new SamplePerson(i));
        }
        senders.send(BatchRequest.ofPeople(server, key, people, at));
      }
    }
  }
}
