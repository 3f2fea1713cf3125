package io.tidemark.capture.accesslog;

/// Why a line of a log is not a request. None of the texts repeats what the line says, which may be
/// personal.
public enum UnreadableReason {
  TOO_LONG("longer than 64 KB"),
  NOT_COMBINED("not in the combined format"),
  SEVERAL_HOSTS("more than one address or host before the time"),
  NO_AGENT("ends before the user agent, as lines of the common format and cut lines do"),
  OPEN_QUOTE("a quote is not closed"),
  BAD_TIME("the time is none of the form [17/May/2015:10:05:03 +0000]"),
  BAD_STATUS("the status is not between 100 and 599"),
  NO_REQUEST("the client sent no request"),
  NOT_HTTP("what the client sent is not an HTTP request");

  private final String text;

  UnreadableReason(String text) {
    this.text = text;
  }

  /// For people.
  public String text() {
    return text;
  }
}
