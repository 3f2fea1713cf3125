package io.tidemark.demo;

/// Writes how a visitor makes one picture: choosing an effect, waiting, and what they do with the
/// result.
///
/// The time that the picture took lowers every chance after it.
final class PictureScript {

  private static final double TIME_BETWEEN_POLLS_MILLIS = 2_000;
  private static final int MOST_POLLS = 8;

  private PictureScript() {}

  /// Whether the visitor got a picture and might make another.
  static boolean write(Visit visit) {
    if (!visit.happens(0.88)) {
      return false;
    }
    visit.think(11);
    Effect effect = Effect.choose(visit.random());
    visit.call(Endpoint.SHOW_EFFECT);
    visit.funnelStep("effect_select", effect);
    visit.endStep();
    if (!visit.happens(0.93)) {
      return false;
    }
    visit.think(5);
    visit.event("effect_apply", "/studio", effect);
    visit.funnelStep("processing_start", effect);
    boolean started = !visit.call(Endpoint.START_TASK).isFailed();
    visit.endStep();
    return started && awaitPicture(visit, effect);
  }

  private static boolean awaitPicture(Visit visit, Effect effect) {
    double tierShare = visit.visitor().tier().waitingShare();
    double millis = effect.processingMillis(visit.random(), visit.slowdown() * tierShare);
    int polls = (int) Math.min(MOST_POLLS, 1 + millis / TIME_BETWEEN_POLLS_MILLIS);
    for (int poll = 0; poll < polls; poll++) {
      visit.pass(millis / polls);
      visit.call(Endpoint.SHOW_TASK);
    }
    visit.metric("effect_processing_time", millis, "ms", "/studio", effect);
    visit.metric(
        "memory_used", 210 * Chance.lognormal(visit.random(), 0.35), "MB", "/studio", effect);
    visit.endStep();
    if (!visit.happens(Patience.FOR_PICTURE.chance(0.97, millis / 2))) {
      return false;
    }
    visit.call(Endpoint.SHOW_RESULT);
    visit.funnelStep("result_view", effect);
    visit.endStep();
    useResult(visit, effect, millis);
    return true;
  }

  private static void useResult(Visit visit, Effect effect, double waitedMillis) {
    visit.think(8);
    if (visit.happens(Patience.FOR_PICTURE.chance(0.78, waitedMillis))
        && !visit.call(Endpoint.DOWNLOAD_RESULT).isFailed()) {
      visit.event("result_download", "/result", effect);
      visit.funnelStep("result_download", effect);
      visit.endStep();
      share(visit, effect, waitedMillis);
    }
    reconsiderMembership(visit, waitedMillis);
    visit.endStep();
  }

  private static void share(Visit visit, Effect effect, double waitedMillis) {
    if (!visit.happens(Patience.FOR_PICTURE.chance(0.46, waitedMillis))) {
      return;
    }
    visit.think(6);
    boolean shared = !visit.call(Endpoint.SHARE_RESULT).isFailed();
    if (!shared && visit.happens(0.4)) {
      visit.think(3);
      shared = !visit.call(Endpoint.SHARE_RESULT).isFailed();
    }
    if (shared) {
      visit.event("result_share", "/result", effect);
      visit.funnelStep("result_share", effect);
    }
    visit.endStep();
  }

  private static void reconsiderMembership(Visit visit, double waitedMillis) {
    if (!visit.visitor().isMember()) {
      return;
    }
    Membership membership = visit.visitor().membership();
    if (membership != null) {
      double stays = Patience.FOR_PICTURE.chance(0.995, waitedMillis / 4);
      if (!visit.happens(stays) && !visit.call(Endpoint.CANCEL_SUBSCRIPTION).isFailed()) {
        visit.cancel(membership);
      }
      return;
    }
    if (!visit.happens(Patience.FOR_PICTURE.chance(0.12, waitedMillis))) {
      return;
    }
    visit.think(10);
    visit.event("page_view", "/plans");
    visit.call(Endpoint.LIST_PLANS);
    if (visit.happens(0.3) && !visit.call(Endpoint.SUBSCRIBE).isFailed()) {
      visit.event("subscription_start", "/plans");
      visit.subscribe(visit.happens(0.25) ? Tier.PREMIUM : Tier.PRO);
    }
  }
}
