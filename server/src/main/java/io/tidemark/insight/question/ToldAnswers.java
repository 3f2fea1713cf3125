package io.tidemark.insight.question;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Tells answers that were made for all who may not see who people are to one audience: puts its
/// pseudonyms where people are. Thread-safe.
final class ToldAnswers {

  private final Pseudonyms pseudonyms;
  private final JsonMapper mapper;

  ToldAnswers(Pseudonyms pseudonyms, JsonMapper mapper) {
    this.pseudonyms = pseudonyms;
    this.mapper = mapper;
  }

  /// @param answer is left as it is: others are told it too
  Object told(Object answer, Audience audience) {
    return audience.showsPeople() ? answer : tree(answer, audience);
  }

  /// The same, to be added to.
  ObjectNode tree(Object answer, Audience audience) {
    ObjectNode tree = mapper.valueToTree(answer);
    if (!audience.showsPeople()) {
      tellWithin(tree, audience);
    }
    return tree;
  }

  RowSink told(RowSink rows, Audience audience) {
    return new ToldRows(rows, pseudonyms, audience);
  }

  private record ToldRows(RowSink rows, Pseudonyms pseudonyms, Audience audience)
      implements RowSink {

    @Override
    public void head(AnswerHead head) {
      rows.head(head);
    }

    @Override
    public void columns(String... names) {
      rows.columns(names);
    }

    @Override
    public void row(@Nullable Object... cells) {
      for (int place = 0; place < cells.length; place++) {
        if (cells[place] instanceof PersonName(long userKey, String name)) {
          cells[place] = name == null ? pseudonyms.of(audience, userKey) : name;
        }
      }
      rows.row(cells);
    }
  }

  private void tellWithin(JsonNode within, Audience audience) {
    switch (within) {
      case ObjectNode object ->
          object.properties().forEach(each -> each.setValue(tell(each.getValue(), audience)));
      case ArrayNode list -> {
        for (int place = 0; place < list.size(); place++) {
          list.set(place, tell(list.get(place), audience));
        }
      }
      default -> {}
    }
  }

  private JsonNode tell(JsonNode part, Audience audience) {
    if (part instanceof ObjectNode && part.size() == 1 && part.has(PersonName.PSEUDONYM_OF)) {
      long userKey = part.get(PersonName.PSEUDONYM_OF).asLong();
      return StringNode.valueOf(pseudonyms.of(audience, userKey));
    }
    tellWithin(part, audience);
    return part;
  }
}
