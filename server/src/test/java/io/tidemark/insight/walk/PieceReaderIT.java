package io.tidemark.insight.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.insight.Course;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.select.SqlPart;
import io.tidemark.platform.ClientGoneException;
import io.tidemark.platform.ProblemException;
import io.tidemark.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/// Pieces of random rows, most of them at few times.
class PieceReaderIT {

  private static final PieceReader.Size SMALL = new PieceReader.Size(50, 200, 600);
  private static final TimeRange RANGE =
      new TimeRange(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-06-01T00:00:00Z"));
  private static final PieceStatement STATEMENT =
      new PieceStatement(
          "test.pieces",
          List.of("int8send(number)"),
          new PieceTexts("word", "number % 2 = 0"),
          List.of(new SqlPart("SELECT ts, number, word FROM made WHERE TRUE", List.of())));
  private static final @Nullable String[] WORDS = {
    null,
    "",
    "a",
    "zwölf",
    "千",
    "NULL",
    "\\x00",
    "a".repeat(200),
    "a".repeat(201),
    "a".repeat(201) + "b",
    "千".repeat(67),
    "千".repeat(20_000),
    "千".repeat(19_999) + "万",
    LongTextReader.hash("a".repeat(201))
  };

  private static MigratedDatabase database;
  private static PieceReader reader;

  @BeforeAll
  static void open() {
    database = MigratedDatabase.open();
    database.jdbc().sql("CREATE TABLE made (ts timestamptz, number bigint, word text)").update();
    reader = new PieceReader(new JdbcTemplate(database.dataSource()), SMALL);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void read_randomRows_tellsEachOnceInPiecesByTime(long seed) {
    Map<Long, @Nullable String> expected = store(new Random(seed), 3_000, 150);
    Map<Long, @Nullable String> told = new TreeMap<>();
    List<Long> ends = new ArrayList<>(List.of(Micros.of(RANGE.from())));

    reader.read(
        RANGE,
        STATEMENT,
        Course.ENDLESS,
        piece -> {
          assertThat(piece.count()).isLessThanOrEqualTo(SMALL.most());
          TextColumn.Cursor words = piece.texts().cursor();
          for (int row = 0; row < piece.count(); row++) {
            assertThat(piece.at(row)).isBetween(ends.getLast(), piece.endMicros() - 1);
            long number = piece.column(1).at(row);
            told.put(number, number % 2 == 0 ? words.next() : "odd");
          }
          ends.add(piece.endMicros());
        });

    assertThat(told).isEqualTo(expected);
    assertThat(ends.getLast()).isEqualTo(Micros.of(RANGE.to()));
    assertThat(ends).hasSizeGreaterThan(20);
  }

  @Test
  void read_moreAtOneTimeThanAPieceMayHave_isRefusedWhenTheyAreTooMany() {
    store(new Random(4), 500, 500);
    AtomicInteger rows = new AtomicInteger();
    reader.read(RANGE, STATEMENT, Course.ENDLESS, piece -> rows.addAndGet(piece.count()));
    assertThat(rows).hasValue(500);

    store(new Random(5), 700, 700);
    assertThatThrownBy(() -> reader.read(RANGE, STATEMENT, Course.ENDLESS, _ -> {}))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("600 rows");
  }

  @Test
  void read_walkFails_isThrownAndReadsNoFurther() {
    store(new Random(6), 3_000, 10);
    AtomicInteger pieces = new AtomicInteger();
    assertThatThrownBy(() ->
            reader.read(
                RANGE,
                STATEMENT,
                Course.ENDLESS,
                _ -> {
                  pieces.incrementAndGet();
                  throw new IllegalArgumentException("as the test wants");
                }))
        .hasMessage("as the test wants");
    assertThat(pieces).hasValue(1);
  }

  @Test
  void read_notWantedWhileAPieceIsWalked_stopsTheWalk() {
    store(new Random(8), 3_000, 10);
    AtomicBoolean isWalking = new AtomicBoolean();
    AtomicBoolean isStopped = new AtomicBoolean();
    Course course =
        () -> {
          if (isWalking.get()) {
            throw new ClientGoneException();
          }
        };

    assertThatThrownBy(() ->
            reader.read(
                RANGE,
                STATEMENT,
                course,
                piece -> {
                  try {
                    while (piece.count() > 0) {
                      isWalking.set(true);
                      RowOrder.walk(piece, new int[piece.count()], 1, (_, _, _, _) -> {});
                    }
                  } catch (CancellationException e) {
                    isStopped.set(true);
                  }
                }))
        .isInstanceOf(ClientGoneException.class);
    assertThat(isStopped).isTrue();
  }

  @Test
  void read_notWantedAnyMore_readsNoFurther() {
    store(new Random(7), 3_000, 10);
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger pieces = new AtomicInteger();
    Course course =
        () -> {
          if (asked.incrementAndGet() > 3) {
            throw new ClientGoneException();
          }
        };

    assertThatThrownBy(() -> reader.read(RANGE, STATEMENT, course, _ -> pieces.incrementAndGet()))
        .isInstanceOf(ClientGoneException.class);
    assertThat(pieces.get()).isBetween(1, 3);
  }

  /// @param together how many have one time
  private static Map<Long, @Nullable String> store(Random random, int count, int together) {
    long span = Duration.between(RANGE.from(), RANGE.to()).toSeconds();
    Instant at = RANGE.from();
    Map<Long, @Nullable String> words = new TreeMap<>();
    List<String> ats = new ArrayList<>();
    List<@Nullable String> stored = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      if (number % together == 0) {
        at = RANGE.from().plusSeconds((long) (random.nextDouble() * span));
      }
      String word = WORDS[random.nextInt(WORDS.length)];
      ats.add(at.toString());
      stored.add(word);
      words.put((long) number, number % 2 == 0 ? word : "odd");
    }
    database.jdbc().sql("TRUNCATE made").update();
    database
        .jdbc()
        .sql(
            """
            INSERT INTO made
            SELECT at, row_number() OVER (ORDER BY place) - 1, word
              FROM unnest(?::timestamptz[], ?::text[]) WITH ORDINALITY AS row (at, word, place)
            """)
        .param(ats.toArray(new String[0]))
        .param(stored.toArray(new @Nullable String[0]))
        .update();
    return words;
  }
}
