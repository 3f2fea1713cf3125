package io.tidemark.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.authentication.ott.OneTimeTokenAuthentication;

class PermissionTest {

  @ParameterizedTest
  @CsvSource({
    "WRITE, true, false, false",
    "SECRET, true, true, true",
    "READ, false, true, false",
    "PEOPLE, false, true, true"
  })
  void key_ofAKind_mayWhatItsKindMay(
      KeyKind kind, boolean records, boolean asks, boolean seesPeople) {
    KeyAuthentication key = new KeyAuthentication(new AuthenticatedKey("k", kind, "k"));

    assertThat(Permission.RECORD.isGivenTo(key)).isEqualTo(records);
    assertThat(Permission.ASK.isGivenTo(key)).isEqualTo(asks);
    assertThat(Permission.SEE_PEOPLE.isGivenTo(key)).isEqualTo(seesPeople);
  }

  @Test
  void seeingPeople_isForPeopleAndNotForLinks() {
    assertThat(
            Permission.SEE_PEOPLE.isGivenTo(
                new OneTimeTokenAuthentication("owner", Permission.ofPeople())))
        .isTrue();
    assertThat(Permission.SEE_PEOPLE.isGivenTo(new OneTimeTokenAuthentication("other", List.of())))
        .isFalse();
    assertThat(Permission.SEE_PEOPLE.isGivenTo(null)).isFalse();
  }
}
