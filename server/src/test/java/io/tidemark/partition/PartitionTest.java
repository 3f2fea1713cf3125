package io.tidemark.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.LOCALE)
class PartitionTest {

  private static final Partition DECEMBER =
      Partition.ofMonth(PartitionedTable.USER_EVENT, YearMonth.of(2026, 12));

  private static final Partition LEAP_DAY =
      Partition.ofDay(PartitionedTable.RECORD_IDENTITY, LocalDate.of(2028, 2, 29));

  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @Test
  void name_carriesTableAndMonth_andIsReadBack() {
    assertThat(DECEMBER.name()).isEqualTo("user_event_detail_2026_12");
    assertThat(Partition.named("user_event_detail_2026_12")).contains(DECEMBER);
  }

  @Test
  void name_ofADay_carriesTheDay_andIsReadBack() {
    assertThat(LEAP_DAY.name()).isEqualTo("record_identity_2028_02_29");
    assertThat(Partition.named("record_identity_2028_02_29")).contains(LEAP_DAY);
  }

  @Test
  void bounds_december_endInJanuary() {
    assertThat(DECEMBER.startsAt()).isEqualTo("2026-12-01T00:00:00Z");
    assertThat(DECEMBER.endsAt()).isEqualTo("2027-01-01T00:00:00Z");
  }

  @Test
  void bounds_leapDay_endInMarch() {
    assertThat(LEAP_DAY.startsAt()).isEqualTo("2028-02-29T00:00:00Z");
    assertThat(LEAP_DAY.endsAt()).isEqualTo("2028-03-01T00:00:00Z");
  }

  @Test
  void name_localeWithOtherDigits_isTheSame() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));

    assertThat(DECEMBER.name()).isEqualTo("user_event_detail_2026_12");
    assertThat(LEAP_DAY.name()).isEqualTo("record_identity_2028_02_29");
    assertThat(DECEMBER.startsAt()).hasToString("2026-12-01T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "user_event_detail",
        "user_event_2026_12",
        "user_event_detail_2026",
        "user_event_detail_2026_13",
        "user_event_detail_2026_00",
        "user_event_detail_2026_12_old",
        "record_identity_2026_02_29",
        "record_identity_2026_12_00",
        "record_identity_2026_12_1",
        "orders_2026_12",
        "_2026_12"
      })
  void named_notOneOfOurs_isAbsent(String name) {
    assertThat(Partition.named(name)).isEmpty();
  }
}
