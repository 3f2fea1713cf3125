package io.tidemark.bench.questions;

import java.util.random.RandomGenerator;

/// Someone who uses the app, known by a number. Two in five were there before the data begins, the
/// others join one by one; one in ten comes four times as often as the others.
///
/// @param number from 0
record SamplePerson(int number) {

  private static final double THERE_BEFORE = 0.4;
  private static final int EAGER_WEIGHT = 4;

  /// Someone who has a session.
  ///
  /// @param people that there are in the end
  /// @param passed how much of the time has passed, from 0 to 1
  static SamplePerson draw(RandomGenerator random, int people, double passed) {
    int joined = Math.max(1, (int) (people * (THERE_BEFORE + (1 - THERE_BEFORE) * passed)));
    SamplePerson person = new SamplePerson(random.nextInt(joined));
    while (!person.isEager() && random.nextInt(EAGER_WEIGHT) != 0) {
      person = new SamplePerson(random.nextInt(joined));
    }
    return person;
  }

  String userId() {
    return "u-" + Integer.toString(1_000_000 + number).substring(1);
  }

  String tier() {
    return hasSubscription() ? hash() % 3 == 0 ? "studio" : "pro" : "free";
  }

  /// One in twelve has or had one.
  boolean hasSubscription() {
    return hash() % 12 == 0;
  }

  String subscriptionId() {
    return "sub-" + number;
  }

  String subscriptionStatus() {
    return hash() % 5 == 0 ? "CANCELED" : "ACTIVE";
  }

  int price() {
    return tier().equals("studio") ? 98 : 38;
  }

  private boolean isEager() {
    return hash() % 10 == 0;
  }

  private int hash() {
    int mixed = (number + 1) * 0x9E3779B1;
    return (mixed ^ (mixed >>> 15)) & 0x7FFF_FFFF;
  }
}
