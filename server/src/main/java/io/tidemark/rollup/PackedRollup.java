package io.tidemark.rollup;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The rollups that are packed when their time is over: one row for all that has a common bucket. A
/// view under the rollup's name shows both kinds of rows alike.
enum PackedRollup {
  API("max(requests)", Integer.MAX_VALUE, Grain.DAY),
  API_TOTAL("max(requests)", Integer.MAX_VALUE, Grain.DAY),
  METRIC("max(samples)", Integer.MAX_VALUE, Grain.DAY),
  EVENT("max(events)", Integer.MAX_VALUE, Grain.DAY),
  FUNNEL("max(completions)", Integer.MAX_VALUE, Grain.DAY),

  /// Sets of a day, and of so many people, are as small as bits, which are faster to put together.
  PEOPLE("sum(bit_count(people))", 1_000_000, Grain.HOUR);

  private final String size;
  private final long largest;
  private final Grain coarsest;

  PackedRollup(String size, long largest, Grain coarsest) {
    this.size = size;
    this.largest = largest;
    this.coarsest = coarsest;
  }

  /// The one that a view shows.
  static Optional<PackedRollup> shownBy(String view) {
    return Arrays.stream(values()).filter(rollup -> rollup.view().equals(view)).findFirst();
  }

  /// What is asked.
  String view() {
    return name().toLowerCase(Locale.ROOT) + "_rollup";
  }

  /// The table of rows by key, into which is merged.
  String unpackedTable() {
    return view() + "_unpacked";
  }

  String packedTable() {
    return view() + "_packed";
  }

  /// The rows of the packed table, as rows by key.
  String packedRows() {
    return view() + "_from_packed";
  }

  /// Of which grains it is packed.
  List<Grain> grains() {
    return Arrays.stream(Grain.values()).filter(grain -> grain.compareTo(coarsest) <= 0).toList();
  }

  /// Of a bucket, an aggregate that must not be above [#largest] for it to be packed.
  String size() {
    return size;
  }

  long largest() {
    return largest;
  }

  /// The statement that packs; takes the grain and an array of buckets.
  String packStatement() {
    return Rollup.read(view() + ".pack.sql");
  }
}
