package io.tidemark.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.CapturedRecord;
import io.tidemark.record.Person;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.RecordIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LastingIdentitiesTest {

  private static final Instant NOW = Instant.parse("2026-07-16T01:02:03.123456Z");

  private final LastingIdentities identities = new LastingIdentities(InstantSource.fixed(NOW));

  @Test
  void give_recordsWithoutIdentity_getOneEach() {
    List<CapturedRecord> twice = new ArrayList<>();
    RecordCodecTest.records().filter(each -> each.identity() == null).forEach(twice::add);
    twice.addAll(List.copyOf(twice));

    List<RecordIdentity> given =
        identities.give(twice).stream()
            .map(CapturedRecord::identity)
            .filter(Objects::nonNull)
            .toList();

    assertThat(given).hasSize(10).doesNotHaveDuplicates();
    assertThat(given).allSatisfy(identity -> assertThat(identity.sentAt()).isEqualTo(NOW));
  }

  @Test
  void give_recordsWithTimestamp_keepTheirs() {
    List<CapturedRecord> records = Records.events(0, 10);

    assertThat(identities.give(records)).isEqualTo(records);
  }

  @Test
  void give_recordWithIdAlone_isNotedToBeHeld() {
    RecordIdentity sent = RecordIdentity.of("a", null);

    List<CapturedRecord> given =
        identities.give(List.of(new PersonDescription(NOW, sent, Person.user("u"), "pro", null)));

    assertThat(given)
        .singleElement()
        .extracting(CapturedRecord::identity)
        .isEqualTo(new RecordIdentity(null, sent.idHash(), NOW));
  }

  @Test
  void give_changesNothingElse() {
    List<CapturedRecord> records = RecordCodecTest.records().toList();

    List<CapturedRecord> given = identities.give(records);

    assertThat(given).hasSameSizeAs(records);
    assertThat(Stream.of(given, records).map(LastingIdentitiesTest::withoutIdentities).distinct())
        .hasSize(1);
  }

  private static List<String> withoutIdentities(List<CapturedRecord> records) {
    return records.stream()
        .map(each -> each.toString().replaceAll("identity=(null|RecordIdentity\\[[^]]*])", ""))
        .toList();
  }
}
