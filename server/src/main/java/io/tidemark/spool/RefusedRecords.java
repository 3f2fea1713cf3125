package io.tidemark.spool;

import io.tidemark.ingest.RefusalLog;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.Fact;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.SubscriptionState;
import java.io.IOException;

/// What becomes of records that the database does not take although their senders were told that
/// they are stored: they are counted in the reject log and kept in the spool's folder, for a person
/// to look at.
final class RefusedRecords {

  /// What the reject log says instead of a key: whose record it was is not known any more.
  static final String KEY_NAME = "(spool)";

  private final SpoolDirectory directory;
  private final RefusalLog refusals;

  RefusedRecords(SpoolDirectory directory, RefusalLog refusals) {
    this.directory = directory;
    this.refusals = refusals;
  }

  void refuse(SpooledEntry entry, String code, String detail) throws IOException {
    directory.keepRefused(RecordCodec.encode(entry.captured()));
    refusals.count(KEY_NAME, typeOf(entry.captured()), code, detail);
  }

  void refuseUnreadable(byte[] payload) throws IOException {
    directory.keepRefused(payload);
    refusals.count(
        KEY_NAME, "unknown", "unreadable_record", "This version does not know such a record");
  }

  private static String typeOf(CapturedRecord captured) {
    return switch (captured) {
      case Fact fact -> fact.table().tableName();
      case PersonDescription description -> "user";
      case SubscriptionState state -> "subscription";
    };
  }
}
