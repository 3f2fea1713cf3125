package io.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrowdTest {

  private static final Instant AT = Instant.parse("2026-11-09T12:00:00Z");

  @Test
  void arrive_manyTimes_bringsMembersBackAndPassersByOnce() {
    List<Visitor> visitors = visitors(new Crowd(Instant.MIN), 5_000);
    List<String> members =
        visitors.stream().map(Visitor::userId).filter(Objects::nonNull).distinct().toList();
    List<String> passersBy =
        visitors.stream().map(Visitor::anonymousId).filter(Objects::nonNull).toList();

    assertThat(members).hasSizeBetween(300, 2_000);
    assertThat(passersBy).hasSizeBetween(1_500, 2_000).doesNotHaveDuplicates();
  }

  @Test
  void arrive_manyTimes_bringsEveryTier() {
    assertThat(visitors(new Crowd(Instant.MIN), 5_000))
        .extracting(Visitor::tier)
        .contains(Tier.FREE, Tier.PRO, Tier.PREMIUM);
  }

  @Test
  void arrive_memberWhoJoinedBeforeTheCrowdWasKnown_isIntroduced() {
    assertThat(visitors(new Crowd(Instant.MAX), 500)).allMatch(Visitor::introduced);
    assertThat(visitors(new Crowd(Instant.MIN), 500))
        .filteredOn(Visitor::isMember)
        .noneMatch(Visitor::introduced);
  }

  @Test
  void arrive_memberAfterLeaving_isAsTheVisitLeftThem() {
    Crowd crowd = new Crowd(Instant.MIN);
    Membership membership = new Membership("sub-1", Tier.PREMIUM, AT);
    List<Visitor> before = visitors(crowd, 500);

    before.forEach(visitor -> crowd.leave(visitor.withMembership(membership).asIntroduced()));

    assertThat(visitors(crowd, 500))
        .filteredOn(Visitor::isMember)
        .isNotEmpty()
        .allMatch(visitor -> visitor.introduced() && visitor.tier() == Tier.PREMIUM);
  }

  private static List<Visitor> visitors(Crowd crowd, int number) {
    SplittableRandom random = new SplittableRandom(11);
    return Stream.generate(() -> crowd.arrive(AT, random)).limit(number).toList();
  }
}
