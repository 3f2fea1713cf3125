package io.tidemark.spool;

import java.time.Instant;

/// What a record says of itself.
enum Form {
  /// An id and a timestamp.
  TIMED(
      """
      "id": "%1$s", "timestamp": "%2$s",\
      """),
  /// An id alone.
  UNTIMED(
      """
      "id": "%1$s",\
      """),
  /// Neither.
  WITHOUT_ID("");

  private final String fields;

  Form(String fields) {
    this.fields = fields;
  }

  /// @param page also its id where it has one
  String record(String page, Instant at) {
    return ("{\"type\": \"user_event\", "
            + fields
            + "\"event_type\": \"away\", \"user_id\": \"u\", \"page\": \"%1$s\"}")
        .formatted(page, at);
  }
}
