package io.tidemark.demo;

import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The effects of the sample app: how long one takes and how often it is chosen. Two of them are
/// slow.
enum Effect {
  ANIME_PORTRAIT("anime-portrait", 3_200, 20),
  BACKGROUND_REMOVAL("background-removal", 1_800, 17),
  OIL_PAINTING("oil-painting", 4_000, 12),
  OLD_PHOTO_REPAIR("old-photo-repair", 9_500, 11),
  HANFU_STYLE("hanfu-style", 5_200, 10),
  SKIN_RETOUCH("skin-retouch", 2_400, 9),
  CYBERPUNK_CITY("cyberpunk-city", 4_500, 7),
  WATERCOLOR("watercolor", 3_800, 6),
  HD_UPSCALE("hd-upscale", 12_000, 5),
  PIXEL_ART("pixel-art", 2_100, 3);

  private static final double SPREAD = 0.5;
  private static final Effect[] ALL = values();
  private static final int[] WEIGHTS = Stream.of(ALL).mapToInt(effect -> effect.weight).toArray();

  private final String id;
  private final double medianMillis;
  private final int weight;

  Effect(String id, double medianMillis, int weight) {
    this.id = id;
    this.medianMillis = medianMillis;
    this.weight = weight;
  }

  String id() {
    return id;
  }

  /// How long it takes to process one picture, in milliseconds, on a server slowed down by that
  /// factor.
  double processingMillis(RandomGenerator random, double slowdown) {
    return medianMillis * slowdown * Chance.lognormal(random, SPREAD);
  }

  /// One effect, the popular ones more often.
  static Effect choose(RandomGenerator random) {
    return Chance.weighted(random, ALL, WEIGHTS);
  }
}
