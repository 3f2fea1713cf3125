package io.tidemark.demo;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// Writes what a visit to the sample app records, from the first page to sharing the result or
/// leaving before.
///
/// Each chance to go on is a usual one, lowered by how long the visitor had to wait so far: what
/// makes the sample data tell that slowness costs downloads, shares and subscriptions. Pure:
/// visitor, start and randomness decide everything.
final class SessionScript {

  private final Rhythm rhythm;
  private final double pace;

  /// @param pace how much faster than people the visitors think; 1 is people, servers are never
  ///   sped up
  SessionScript(Rhythm rhythm, double pace) {
    this.rhythm = rhythm;
    this.pace = pace;
  }

  Session write(Visitor visitor, Instant start, RandomGenerator random) {
    Visit visit = new Visit(visitor, start, rhythm.slowdown(start), pace, random);
    arrive(visit);
    return visit.end();
  }

  private void arrive(Visit visit) {
    double load = 1_300 * pageFactor(visit) * Chance.lognormal(visit.random(), 0.5);
    visit.call(Endpoint.LIST_EFFECTS);
    greet(visit);
    visit.pass(load);
    visit.funnelStep("page_visit", null);
    visit.event("page_view", "/");
    visit.metric("page_load_time", load, "ms", "/");
    visit.metric("LCP", load * (0.6 + 0.5 * visit.random().nextDouble()), "ms", "/");
    visit.metric("CLS", 0.04 * Chance.lognormal(visit.random(), 0.9), null, "/");
    visit.endStep();
    if (!visit.happens(Patience.FOR_PAGE.chance(0.82, load))) {
      return;
    }
    lookAround(visit);
    if (visit.happens(Patience.FOR_PAGE.chance(0.72, load))) {
      upload(visit);
    }
  }

  private void greet(Visit visit) {
    if (!visit.visitor().isMember()) {
      return;
    }
    if (!visit.visitor().introduced()) {
      visit.introduce();
    }
    if (visit.happens(0.25) && visit.call(Endpoint.LOG_IN).isFailed()) {
      visit.think(6);
      visit.call(Endpoint.LOG_IN);
    }
    visit.call(Endpoint.SHOW_PROFILE);
    visit.call(Endpoint.LIST_NOTIFICATIONS);
  }

  private void lookAround(Visit visit) {
    for (int seen = 0; seen < 3 && visit.happens(0.6); seen++) {
      visit.think(9);
      if (visit.happens(0.2)) {
        visit.call(Endpoint.SEARCH_EFFECTS);
      }
      visit.call(Endpoint.SHOW_EFFECT);
      visit.event("page_view", "/effects/" + Effect.choose(visit.random()).id());
      visit.endStep();
    }
    if (visit.happens(0.28)) {
      visit.think(7);
      visit.event("page_view", "/community");
      visit.call(Endpoint.LIST_POSTS);
      if (visit.happens(0.35)) {
        visit.call(Endpoint.LIKE_POST);
      }
      visit.endStep();
    }
  }

  private void upload(Visit visit) {
    visit.think(16);
    Endpoint.Answer answer = visit.call(Endpoint.UPLOAD_IMAGE);
    visit.metric("image_upload_time", answer.millis() * 1.8 * pageFactor(visit), "ms", "/studio");
    if (answer.isFailed()) {
      visit.endStep();
      return;
    }
    visit.event("image_upload", "/studio");
    visit.funnelStep("image_upload", null);
    visit.endStep();
    for (int picture = 0; picture < 3; picture++) {
      boolean finished = PictureScript.write(visit);
      if (!finished || !visit.happens(0.22)) {
        return;
      }
    }
  }

  private static double pageFactor(Visit visit) {
    double device = visit.visitor().device().equals("mobile") ? 1.25 : 0.9;
    return device * visit.slowdown();
  }
}
