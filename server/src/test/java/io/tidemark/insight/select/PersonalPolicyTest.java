package io.tidemark.insight.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which names say who someone is.
class PersonalPolicyTest {

  private static final PersonalPolicy POLICY =
      new PersonalPolicy(
          Set.of("segment"),
          List.of(
              "email",
              "*_email",
              "address",
              "*_address",
              "firstName",
              "contact*",
              "*secret*",
              "ip"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "email",
        "EMAIL",
        "userEmail",
        "user-email",
        "User_Email",
        "billing.email",
        "first_name",
        "FirstName",
        "first name",
        "contact",
        "contactPerson",
        "contact_id",
        "top_secret_plan",
        "IP",
        "_ip_",
        "*email*",
        "emails",
        "userEmails",
        "EMAIL2",
        "first_name_1",
        "address1",
        "address_2",
        "addresses",
        "USEREmail",
        "IPAddress",
        "ＥＭＡＩＬ"
      })
  void property_thatIsNamedInAnyWay_isPersonal(String name) {
    assertThat(POLICY.isPersonalProperty(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "plans", "femail", "clip", "name", "description", "", "é", "*"})
  void property_thatIsNot_isOpen(String name) {
    assertThat(POLICY.isPersonalProperty(name)).isFalse();
  }

  @Test
  void trait_isPersonalUnlessItIsNamedAsItIsWritten() {
    assertThat(POLICY.isPersonalTrait("country")).isTrue();
    assertThat(POLICY.isPersonalTrait("Segment")).isTrue();
    assertThat(POLICY.isPersonalTrait("segment")).isFalse();
  }

  @Test
  void attribute_saysWhichOfItsFieldsIsPersonal() {
    assertThat(Breakdown.trait("country").personalField(POLICY)).isEqualTo("trait");
    assertThat(Breakdown.trait("segment").personalField(POLICY)).isNull();
    assertThat(Breakdown.property("Email").personalField(POLICY)).isEqualTo("property");
    assertThat(Breakdown.property("plan").personalField(POLICY)).isNull();
    assertThat(Attribute.of(null, null, "session_id").isPersonal(POLICY)).isTrue();
    assertThat(Attribute.of(null, null, "subscription_tier").isPersonal(POLICY)).isFalse();
  }
}
