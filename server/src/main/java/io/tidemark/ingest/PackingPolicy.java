package io.tidemark.ingest;

import io.tidemark.partition.PartitionSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Decides which partitions of identities are packed. Pure: no clock, no database.
///
/// Most late records come within hours, from clients that were offline. Packing is dear for few
/// identities among many that are packed, so what came after the first time waits until it is much,
/// or until hardly anything comes any more.
final class PackingPolicy {

  /// After the end of a partition, when there is much in it.
  static final Duration PAUSE_FOR_MUCH = Duration.ofHours(6);

  /// After the end of a partition, whatever is in it.
  static final Duration PAUSE_FOR_ANYTHING = Duration.ofDays(2);

  /// Much: some 190,000 identities.
  static final long MUCH_BYTES = 8L * 1024 * 1024;

  private PackingPolicy() {}

  static List<PartitionSize> listDue(List<PartitionSize> partitions, Instant now) {
    return partitions.stream().filter(partition -> isDue(partition, now)).toList();
  }

  private static boolean isDue(PartitionSize partition, Instant now) {
    if (partition.bytes() == 0) {
      return false;
    }
    Duration pause = partition.bytes() < MUCH_BYTES ? PAUSE_FOR_ANYTHING : PAUSE_FOR_MUCH;
    return !partition.endsAt().plus(pause).isAfter(now);
  }
}
