package io.tidemark.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The people of the sample app: a loyal circle, members who joined lately and come back for a few
/// days, passers-by.
///
/// A member is a number: their traits follow from it, so that the same people turn up in every run.
/// What visits changed (introductions, memberships) is remembered for as long as the crowd lives.
/// Thread-safe: the memory is a concurrent map of at most one entry a member, everything else is
/// immutable. Of two visits a member makes at once, the one that ends last is remembered.
final class Crowd {

  private static final Instant OPENED = Instant.parse("2025-01-01T00:00:00Z");
  private static final Duration BETWEEN_JOINERS = Duration.ofMinutes(48);
  private static final int LOYAL_MEMBERS = 600;

  private static final double MEMBERS_SHARE = 0.65;
  private static final double LOYAL_SHARE = 0.5;
  private static final double NEWCOMERS_REACH = 90;
  private static final double PRO_SHARE = 0.18;
  private static final double PREMIUM_SHARE = 0.06;

  private static final String[] DEVICES = {"mobile", "desktop", "tablet"};
  private static final int[] DEVICE_WEIGHTS = {66, 28, 6};
  private static final String[] CITIES = {
    "Shanghai", "Beijing", "Shenzhen", "Guangzhou", "Chengdu", "Hangzhou", "Wuhan", "Xi'an"
  };
  private static final int[] CITY_WEIGHTS = {20, 18, 14, 12, 11, 10, 8, 7};

  private final Instant knownBefore;
  private final ConcurrentMap<String, Visitor> changed = new ConcurrentHashMap<>();

  /// @param knownBefore members who joined before then are taken as introduced already
  Crowd(Instant knownBefore) {
    this.knownBefore = knownBefore;
  }

  /// Who comes at that instant.
  Visitor arrive(Instant at, RandomGenerator random) {
    if (random.nextDouble() >= MEMBERS_SHARE) {
      String anonymousId = "a-" + Long.toHexString(random.nextLong());
      return new Visitor(null, anonymousId, device(random), city(random), true, null);
    }
    Visitor member = member(memberNumber(at, random));
    return changed.getOrDefault(String.valueOf(member.userId()), member);
  }

  /// Remembers a member as a visit left them; passers-by are forgotten.
  void leave(Visitor visitor) {
    String userId = visitor.userId();
    if (userId != null) {
      changed.put(userId, visitor);
    }
  }

  private static int memberNumber(Instant at, RandomGenerator random) {
    if (random.nextDouble() < LOYAL_SHARE) {
      double skewed = Math.pow(random.nextDouble(), 1.7);
      return (int) (LOYAL_MEMBERS * skewed);
    }
    long joined = Math.max(0, Duration.between(OPENED, at).dividedBy(BETWEEN_JOINERS));
    long joinersAgo = (long) (NEWCOMERS_REACH * random.nextExponential());
    return (int) (LOYAL_MEMBERS + Math.max(0, joined - joinersAgo));
  }

  /// The member of that number, untouched by any visit.
  private Visitor member(int number) {
    RandomGenerator own = new SplittableRandom(Chance.seed(number, 0, 0));
    String userId = "u-%06d".formatted(number);
    boolean introduced = joinedAt(number).isBefore(knownBefore);
    return new Visitor(
        userId, null, device(own), city(own), introduced, firstMembership(number, userId, own));
  }

  private static Instant joinedAt(int number) {
    int joiner = Math.max(0, number - LOYAL_MEMBERS);
    return OPENED.plus(BETWEEN_JOINERS.multipliedBy(joiner));
  }

  private static @Nullable Membership firstMembership(
      int number, String userId, RandomGenerator own) {
    double share = own.nextDouble();
    if (number >= LOYAL_MEMBERS || share >= PRO_SHARE + PREMIUM_SHARE) {
      return null;
    }
    Instant startedAt = OPENED.plus(Duration.ofHours(own.nextInt(300 * 24)));
    return new Membership("sub-" + userId, share < PRO_SHARE ? Tier.PRO : Tier.PREMIUM, startedAt);
  }

  private static String device(RandomGenerator random) {
    return Chance.weighted(random, DEVICES, DEVICE_WEIGHTS);
  }

  private static String city(RandomGenerator random) {
    return Chance.weighted(random, CITIES, CITY_WEIGHTS);
  }
}
