package io.tidemark.insight.performance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.question.AnswerHead;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How conversion goes with latency.
///
/// @param curve all sessions together first, then by value of the breakdown
/// @param endpoints the largest number of conversions fewer first; none when a metric was asked for
/// @param largest the first of them whose difference is clear of zero; null when there is none
public record PerformanceAnswer(
    @JsonUnwrapped AnswerHead head,
    @Schema(description = "What kind of statement this is", example = "association") String finding,
    Conversion overall,
    @Schema(
            description =
                "Sessions left out since they have more than 200,000 calls or samples, as those of machines do")
        long leftOut,
    List<Stratum> curve,
    List<Endpoint> endpoints,
    @Schema(
            description =
                "The endpoint whose slowness goes with the most conversions fewer, if that is clear of chance (95 %)")
        @Nullable Endpoint largest) {

  /// Nothing in an answer says more than this.
  static final String ASSOCIATION = "association";

  /// @param value of the breakdown; null for all sessions, for those without a value, and for
  ///   others
  /// @param isAll whether it is all sessions
  /// @param isOther whether it is all values together that are not shown
  @Schema(name = "PerformanceStratum")
  public record Stratum(
      @Nullable String value, boolean isAll, boolean isOther, List<Bucket> buckets) {

    public Stratum {
      buckets = List.copyOf(buckets);
    }
  }

  /// Sessions by the 75th percentile of what they met before they converted.
  ///
  /// @param from included; null for the first
  /// @param to not included; null for the last
  @Schema(name = "PerformanceBucket")
  public record Bucket(
      @Schema(description = "Included; null: no lower end") @Nullable Double from,
      @Schema(description = "Not included; null: no upper end") @Nullable Double to,
      Conversion conversion) {}

  /// Sessions that met an endpoint, slow or not.
  ///
  /// @param difference of the rate when fast and when slow, each stratum by its slow sessions; null
  ///   when no stratum has both
  /// @param fewerConversions the difference times these slow sessions; null as the difference is
  @Schema(name = "PerformanceEndpoint")
  public record Endpoint(
      String endpoint,
      String method,
      @Schema(description = "A call that takes longer is slow here") double slowAboveMs,
      @Schema(description = "Sessions that met it slow") Conversion slow,
      @Schema(description = "Sessions that met it, but never slow") Conversion fast,
      @Schema(
              description =
                  "Conversion of fast minus slow sessions, within strata: an association, not an effect")
          @Nullable Double difference,
      @Schema(description = "Lower end of its 95 % interval") @Nullable Double differenceLow,
      @Schema(description = "Upper end of its 95 % interval") @Nullable Double differenceHigh,
      @Schema(
              description =
                  "How many conversions fewer slow sessions had than if they had converted like fast ones")
          @Nullable Double fewerConversions,
      @Schema(description = "People who met it slow") long people,
      @Schema(
              description =
                  "Prices of a period of their subscriptions that ran in the range, by currency")
          List<Revenue> revenue) {

    public Endpoint {
      revenue = List.copyOf(revenue);
    }
  }

  /// @param currency null when not said
  @Schema(name = "PerformanceAmount")
  public record Revenue(@Nullable String currency, BigDecimal amount, long subscriptions) {}

  public PerformanceAnswer {
    curve = List.copyOf(curve);
    endpoints = List.copyOf(endpoints);
  }
}
