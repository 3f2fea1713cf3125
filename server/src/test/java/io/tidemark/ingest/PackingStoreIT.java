package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The steps of packing one by one.
class PackingStoreIT {

  private static final String DAY = "record_identity_2026_07_15";
  private static final long HOUR = PackedIdentity.hourOf(Facts.AT);

  private final MigratedDatabase database = MigratedDatabase.open();
  private final Ingest ingest = new Ingest(database);
  private final Packing packing = new Packing(database);
  private final PackingStore store = new PackingStore(database.dataSource(), 30_000);

  @BeforeEach
  void makeTheDay() {
    ingest.committed(List.of(Facts.event("first")));
  }

  @AfterEach
  void close() {
    ingest.close();
    database.close();
  }

  /// Slices end in the midst of a microsecond.
  @Test
  void packHour_inSlices_packsEach() throws SQLException {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO record_identity
            SELECT timestamptz '2026-07-15 12:00:01+00' + i / 40 * interval '1 microsecond', i - 500
              FROM generate_series(1, 1000) AS i
            """)
        .update();

    assertThat(new PackingStore(database.dataSource(), 70).packHour(DAY, HOUR)).isEqualTo(1_001);
    assertThat(new PackingStore(database.dataSource(), 1_001).packHour(DAY, HOUR)).isZero();
    assertThat(packing.packed()).isEqualTo(1_001);
    assertThat(packing.disorder()).isZero();
  }

  @Test
  void finish_tooMuchCameSinceTheMark_doesNothing() throws SQLException {
    PackingStore.Mark mark = store.mark();
    store.packHour(DAY, HOUR);
    addIdentities(20_001);

    assertThat(store.finish(DAY, mark)).isEmpty();
    assertThat(packing.rows()).isEqualTo(20_002);
    assertThat(packing.packed()).isEqualTo(1);
  }

  @Test
  void packSince_whatCameSinceTheMark_isPackedAndTheLastStepTakesTheRest() throws SQLException {
    PackingStore.Mark mark = store.mark();
    store.packHour(DAY, HOUR);
    addIdentities(5_000);

    PackingStore.Mark later = store.mark();
    assertThat(store.packSince(DAY, mark)).hasValue(5_000);
    ingest.committed(List.of(Facts.event("last")));
    assertThat(store.finish(DAY, later)).hasValue(1);

    assertThat(packing.rows()).isZero();
    assertThat(packing.packed()).isEqualTo(5_002);
  }

  private void addIdentities(int count) {
    database
        .jdbc()
        .sql(
            "INSERT INTO record_identity SELECT timestamptz '2026-07-15 13:00+00', i FROM generate_series(1, ?) AS i")
        .param(count)
        .update();
  }
}
