package io.tidemark.capture;

import static io.tidemark.capture.RecordField.*;

import io.tidemark.partition.RetentionPolicy;
import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FactTable;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.Person;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.SubscriptionState;
import io.tidemark.record.UserEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a record of the fields that were sent, or says why not. Pure.
final class RecordRules {

  private static final Duration BACKDATING_TOLERATED = Duration.ofHours(24);
  private static final BigDecimal HIGHEST_PRICE = new BigDecimal("1e15");

  private static final Set<String> TYPES =
      Set.of(
          "user_event",
          "conversion_funnel",
          "performance_metric",
          "api_response_time",
          "user",
          "subscription");

  private final RetentionPolicy retention;

  RecordRules(RetentionPolicy retention) {
    this.retention = retention;
  }

  static boolean isKnownType(String type) {
    return TYPES.contains(type);
  }

  CaptureOutcome judge(RecordFields fields, CaptureContext context) {
    try {
      fields.throwRefusal();
      return new CaptureOutcome.Accepted(make(fields, context), fields.warning());
    } catch (CaptureRefusal refusal) {
      return refusal.outcome();
    }
  }

  private CapturedRecord make(RecordFields fields, CaptureContext context) throws CaptureRefusal {
    String type = fields.requiredText(TYPE);
    return switch (type) {
      case "user_event" ->
          new UserEvent(
              origin(FactTable.USER_EVENT, fields, context),
              fields.requiredText(EVENT_TYPE),
              fields.text(PAGE));
      case "conversion_funnel" ->
          new FunnelStep(
              origin(FactTable.CONVERSION_FUNNEL, fields, context),
              fields.requiredText(STEP),
              fields.text(EFFECT_ID));
      case "performance_metric" ->
          new MetricSample(
              origin(FactTable.PERFORMANCE_METRIC, fields, context),
              fields.requiredText(METRIC),
              fields.requiredNumber(VALUE),
              fields.text(UNIT),
              fields.text(PAGE));
      case "api_response_time" ->
          new ApiCall(
              origin(FactTable.API_RESPONSE_TIME, fields, context),
              fields.requiredText(ENDPOINT),
              fields.requiredText(METHOD).toUpperCase(Locale.ROOT),
              statusCode(fields),
              responseTime(fields),
              fields.flag(CACHE_HIT));
      case "user" ->
          new PersonDescription(
              moment(fields, context).at(),
              moment(fields, context).identity(),
              Person.user(fields.requiredText(USER_ID)),
              fields.text(SUBSCRIPTION_TIER),
              fields.text(TRAITS));
      case "subscription" -> subscription(fields, context);
      default ->
          throw new CaptureRefusal(
              "unknown_type",
              "type must be user_event, conversion_funnel, performance_metric, api_response_time, user or subscription");
    };
  }

  private FactOrigin origin(FactTable table, RecordFields fields, CaptureContext context)
      throws CaptureRefusal {
    Moment moment = moment(fields, context);
    if (retention.isTooOld(table, moment.at(), context.receivedAt())) {
      throw new CaptureRefusal(
          "timestamp_too_old",
          "timestamp is older than %s detail is kept (%s)"
              .formatted(table.tableName(), retention.detailKept(table)));
    }
    return new FactOrigin(
        moment.at(),
        moment.identity(),
        person(fields),
        fields.text(SESSION_ID),
        fields.text(PROPERTIES));
  }

  private record Moment(Instant at, @Nullable RecordIdentity identity) {}

  private Moment moment(RecordFields fields, CaptureContext context) throws CaptureRefusal {
    String id = fields.text(ID);
    Instant sent = fields.instant(TIMESTAMP);
    RecordIdentity identity = id == null ? null : RecordIdentity.of(id, sent);
    if (sent == null) {
      return new Moment(context.receivedAt(), identity);
    }
    Instant at = sent.plus(context.clockError());
    if (retention.isTooFarAhead(at, context.receivedAt())) {
      throw new CaptureRefusal(
          "timestamp_in_future",
          "timestamp must not be more than %d hours ahead of the time of arrival"
              .formatted(RetentionPolicy.FUTURE_TOLERATED.toHours()));
    }
    if (!context.mayRecordAnything()
        && at.isBefore(context.receivedAt().minus(BACKDATING_TOLERATED))) {
      throw new CaptureRefusal(
          "timestamp_backdated",
          "timestamp must not be more than %d hours before the time of arrival with a write key; a secret key may"
              .formatted(BACKDATING_TOLERATED.toHours()));
    }
    return new Moment(at, identity);
  }

  private SubscriptionState subscription(RecordFields fields, CaptureContext context)
      throws CaptureRefusal {
    if (!context.mayRecordAnything()) {
      throw new CaptureRefusal(
          "key_may_not", "subscriptions may be recorded with a secret key only");
    }
    BigDecimal price = fields.number(PRICE);
    if (price != null && (price.signum() < 0 || price.compareTo(HIGHEST_PRICE) > 0)) {
      throw CaptureRefusal.invalid(PRICE.fieldName(), "a number from 0 to 1e15");
    }
    return new SubscriptionState(
        moment(fields, context).at(),
        fields.requiredText(ID),
        Person.user(fields.requiredText(USER_ID)),
        fields.text(TIER),
        price,
        fields.text(CURRENCY),
        fields.text(STATUS),
        fields.instant(STARTED_AT),
        fields.instant(ENDED_AT));
  }

  private static @Nullable Person person(RecordFields fields) {
    String userId = fields.text(USER_ID);
    if (userId != null && !userId.isEmpty()) {
      return Person.user(userId);
    }
    String anonymousId = fields.text(ANONYMOUS_ID);
    return anonymousId == null || anonymousId.isEmpty() ? null : Person.anonymous(anonymousId);
  }

  private static int statusCode(RecordFields fields) throws CaptureRefusal {
    double code = fields.requiredNumber(STATUS_CODE);
    if (code < 100 || code > 599 || code != Math.rint(code)) {
      throw CaptureRefusal.invalid(STATUS_CODE.fieldName(), "an integer from 100 to 599");
    }
    return (int) code;
  }

  private static double responseTime(RecordFields fields) throws CaptureRefusal {
    double millis = fields.requiredNumber(RESPONSE_TIME_MS);
    if (millis < 0) {
      throw CaptureRefusal.invalid(RESPONSE_TIME_MS.fieldName(), "a number that is not negative");
    }
    return millis;
  }
}
