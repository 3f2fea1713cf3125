package io.tidemark.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.LOCALE)
class MonthlyPartitionTest {

  private static final MonthlyPartition DECEMBER =
      new MonthlyPartition(PartitionedTable.USER_EVENT, YearMonth.of(2026, 12));

  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @Test
  void name_carriesTableAndMonth_andIsReadBack() {
    assertThat(DECEMBER.name()).isEqualTo("user_event_detail_2026_12");
    assertThat(MonthlyPartition.named("user_event_detail_2026_12")).contains(DECEMBER);
  }

  @Test
  void bounds_december_endInJanuary() {
    assertThat(DECEMBER.startsAt()).isEqualTo("2026-12-01 00:00:00+00");
    assertThat(DECEMBER.endsAt()).isEqualTo("2027-01-01 00:00:00+00");
  }

  @Test
  void name_localeWithOtherDigits_isTheSame() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));

    assertThat(DECEMBER.name()).isEqualTo("user_event_detail_2026_12");
    assertThat(DECEMBER.startsAt()).isEqualTo("2026-12-01 00:00:00+00");
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
        "orders_2026_12",
        "_2026_12"
      })
  void named_notOneOfOurs_isAbsent(String name) {
    assertThat(MonthlyPartition.named(name)).isEmpty();
  }
}
