package io.tidemark.record;

import org.jspecify.annotations.Nullable;

/// A call of the app's API with its timing.
///
/// @param endpoint path or route, without query
/// @param method HTTP method
/// @param statusCode HTTP status, 100 to 599
/// @param responseTimeMillis finite, not negative; null when the source did not say
/// @param cacheHit whether a cache answered; null when not said
public record ApiCall(
    FactOrigin origin,
    String endpoint,
    String method,
    int statusCode,
    @Nullable Double responseTimeMillis,
    @Nullable Boolean cacheHit)
    implements Fact {

  @Override
  public FactTable table() {
    return FactTable.API_RESPONSE_TIME;
  }

  @Override
  public FactKind kind() {
    return new FactKind(FactTable.API_RESPONSE_TIME, endpoint, method);
  }
}
