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
/// then who the people are, then the last day in small batches, in the order of time. Returns when
/// the rollups hold it all.
///
/// @param key one that may record anything
record TidemarkLoad(DataSet data, URI server, String key, TidemarkApi api, Progress progress) {

  private static final int CONNECTIONS = 8;
  private static final int HISTORY_BATCH = 1_000;
  private static final int LIVE_BATCH = 100;

  /// @return what was sent
  RowCount load() throws IOException, InterruptedException {
    RowStream rows = new RowStream(data);
    long liveFrom = data.liveFrom().toEpochMilli();
    Pace pace = new Pace(progress, "sending to Tidemark");
    RowCount sent = new RowCount();
    send(rows, HISTORY_BATCH, liveFrom, sent, pace);
    awaitRollups("waiting for the rollups of 89 days");
    sendPeople();
    send(rows, LIVE_BATCH, Long.MAX_VALUE, sent, pace);
    awaitRollups("waiting for the rollups of the last day");
    pace.done(sent.total());
    return sent;
  }

  /// @param untilMillis ends with the first batch that reaches it
  /// @param sent what was sent, added to
  private void send(
      Iterator<TimedRow> rows, int batchRows, long untilMillis, RowCount sent, Pace pace)
      throws IOException, InterruptedException {
    long reachedMillis = 0;
    try (BatchSenders senders = new BatchSenders(server, CONNECTIONS)) {
      while (rows.hasNext() && reachedMillis < untilMillis) {
        List<TimedRow> batch = new ArrayList<>(batchRows);
        while (batch.size() < batchRows && rows.hasNext()) {
          batch.add(rows.next());
        }
        senders.send(BatchRequest.ofRows(server, key, batch));
        batch.forEach(row -> sent.add(row.row()));
        reachedMillis = batch.getLast().millis();
        pace.reached(
            sent.total(),
            (reachedMillis - data.start().toEpochMilli()) / (double) DataSet.SPAN.toMillis());
      }
    }
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

  private void awaitRollups(String what) throws IOException, InterruptedException {
    api.awaitRollups(new Pace(progress, what));
  }
}
