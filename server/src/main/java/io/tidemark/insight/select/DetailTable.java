package io.tidemark.insight.select;

/// The tables of detail that events are selected from.
public enum DetailTable {
  USER_EVENT("user_event"),
  CONVERSION_FUNNEL("conversion_funnel");

  private final String fact;

  DetailTable(String fact) {
    this.fact = fact;
  }

  /// Its name in `fact_kind`, which is that of the view too.
  public String fact() {
    return fact;
  }

  /// The table behind the view, with `kind_id` instead of a name.
  public String detail() {
    return fact + "_detail";
  }
}
