package io.tidemark.insight.select;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.platform.ProblemException;
import org.jspecify.annotations.Nullable;

/// By what an answer is told apart: a property of the event, a trait of the person or a field. The
/// values with the most people or events are shown, all others are one.
///
/// @param limit how many values are shown; 10 when it is left out in a document
@Schema(description = "Tells the answer apart by a property, trait or field")
public record Breakdown(
    @Schema(description = "Key of the event's properties", example = "device")
        @Nullable String property,
    @Schema(description = "Trait of the person, as last said") @Nullable String trait,
    @Schema(description = "page (of events), effect_id (of steps), subscription_tier")
        @Nullable String field,
    @Schema(description = "How many values are shown, 1 to 100; the rest is other", example = "10")
        @Nullable Integer limit)
    implements MayNamePeople {

  public static final int MOST_VALUES = 100;
  private static final int FEW_VALUES = 10;

  /// Says who someone is, to whoever has the client's logs.
  private static final String SESSION = "session_id";

  public Breakdown {
    Attribute.of(property, trait, field);
    if (SESSION.equals(field)) {
      throw ProblemException.invalidField(
          "field", "field must be page, effect_id or subscription_tier: a session is no group");
    }
    limit = limit == null ? FEW_VALUES : limit;
    if (limit < 1 || limit > MOST_VALUES) {
      throw ProblemException.invalidField(
          "limit", "limit must be from 1 to %d".formatted(MOST_VALUES));
    }
  }

  public static Breakdown property(String name) {
    return new Breakdown(name, null, null, FEW_VALUES);
  }

  public static Breakdown trait(String name) {
    return new Breakdown(null, name, null, FEW_VALUES);
  }

  @Override
  public @Nullable String personalField(PersonalPolicy policy) {
    Attribute attribute = Attribute.of(property, trait, field);
    return attribute.isPersonal(policy) ? attribute.field() : null;
  }

  /// How many values are shown.
  public int shown() {
    return limit == null ? FEW_VALUES : limit;
  }

  /// Refuses events that do not have the field.
  ///
  /// @throws ProblemException naming `breakdown.field`
  public void requireOf(EventSelector events) {
    if (!Attribute.of(property, trait, field).isOf(events.table())) {
      throw ProblemException.invalidField(
          "breakdown.field",
          "%s is not a field of %s"
              .formatted(field, events.table() == DetailTable.USER_EVENT ? "events" : "steps"));
    }
  }

  /// The value of a row of detail as text, whole; null when it is not known. A trait is looked up
  /// for each row: ask for it where a person has few.
  ///
  /// @param row alias of the row of detail, or of any row with a `user_key` for what is known of
  ///   people
  public SqlPart value(String row) {
    if (!ofPerson()) {
      return Attribute.of(property, trait, field).text(row);
    }
    SqlPart ofPerson = personValue("person");
    return new SqlPart(
        "(SELECT %s FROM app_user AS person WHERE person.user_key = %s.user_key)"
            .formatted(ofPerson.sql(), row),
        ofPerson.parameters());
  }

  /// The value of a person, where it is known of people, as [#value(String)].
  ///
  /// @param person alias of a row of `app_user`
  public SqlPart personValue(String person) {
    return Attribute.of(property, trait, field).text(person);
  }

  /// Whether it is known of the person rather than of the event.
  public boolean ofPerson() {
    return Attribute.of(property, trait, field).belongsToPerson();
  }
}
