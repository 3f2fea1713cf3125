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
import org.jspecify.annotations.Nullable;

/// Makes a record of the fields that were sent, or says why not. Pure.
final class RecordRules {

  private static final Duration BACKDATING_TOLERATED = Duration.ofHours(24);
  private static final BigDecimal HIGHEST_PRICE = new BigDecimal("1e15");

  private final RetentionPolicy retention;

  RecordRules(RetentionPolicy retention) {
    this.retention = retention;
  }

  CaptureOutcome judge(RecordFields fields, CaptureContext context) {
    try {
      RecordType type = type(fields);
      fields.keepOnly(type.fields());
      fields.throwRefusal();
      return new CaptureOutcome.Accepted(make(type, fields, context), fields.warning());
    } catch (CaptureRefusal refusal) {
      return refusal.outcome();
    }
  }

  private static RecordType type(RecordFields fields) throws CaptureRefusal {
    String name = fields.text(TYPE);
    RecordType type = name == null ? null : RecordType.named(name);
    if (type != null) {
      return type;
    }
    fields.throwRefusal();
    fields.requiredText(TYPE);
    throw new CaptureRefusal(
        "unknown_type",
        "type must be user_event, conversion_funnel, performance_metric, api_response_time, user or subscription");
  }

  private CapturedRecord make(RecordType type, RecordFields fields, CaptureContext context)
      throws CaptureRefusal {
    return switch (type) {
      case USER_EVENT ->
          new UserEvent(
              origin(FactTable.USER_EVENT, fields, context),
              fields.requiredText(EVENT_TYPE),
              fields.text(PAGE));
      case CONVERSION_FUNNEL ->
          new FunnelStep(
              origin(FactTable.CONVERSION_FUNNEL, fields, context),
              fields.requiredText(STEP),
              fields.text(EFFECT_ID));
      case PERFORMANCE_METRIC ->
          new MetricSample(
              origin(FactTable.PERFORMANCE_METRIC, fields, context),
              fields.requiredText(METRIC),
              fields.requiredNumber(VALUE),
              fields.text(UNIT),
              fields.text(PAGE));
      case API_RESPONSE_TIME ->
          new ApiCall(
              origin(FactTable.API_RESPONSE_TIME, fields, context),
              fields.requiredText(ENDPOINT),
              fields.requiredText(METHOD).toUpperCase(Locale.ROOT),
              statusCode(fields),
              responseTime(fields),
              fields.flag(CACHE_HIT));
      case USER ->
          new PersonDescription(
              moment(fields, context).at(),
              moment(fields, context).identity(),
              Person.user(fields.requiredText(USER_ID)),
              fields.text(SUBSCRIPTION_TIER),
              fields.text(TRAITS));
      case SUBSCRIPTION -> subscription(fields, context);
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
    RecordIdentity identity = id == null || id.isEmpty() ? null : RecordIdentity.of(id, sent);
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
    SubscriptionState state =
        new SubscriptionState(
            moment(fields, context).at(),
            fields.requiredText(ID),
            Person.user(fields.requiredText(USER_ID)),
            fields.text(TIER),
            price,
            fields.text(CURRENCY),
            fields.text(STATUS),
            fields.instant(STARTED_AT),
            fields.instant(ENDED_AT));
    if (fields.text(CURRENCY) != null && state.currency() == null) {
      throw CaptureRefusal.invalid(CURRENCY.fieldName(), "a code such as EUR, or absent");
    }
    return state;
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
