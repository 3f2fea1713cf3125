package io.tidemark.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Every address of the API, from its description, so that a new one cannot be forgotten.
public final class ApiAddresses {

  /// An id or token in a path: one that there is not.
  private static final String SOME_ID = "00000000-0000-4000-8000-000000000000";

  /// @param method in capitals
  /// @param path ids filled in
  /// @param parameters of the query, by name
  public record Address(String method, String path, List<String> parameters) {

    public String line(String query) {
      return method + " " + path + (query.isEmpty() ? "" : "?" + query);
    }
  }

  private ApiAddresses() {}

  /// @param key one that may ask
  public static List<Address> list(TidemarkServer server, String key) {
    List<Address> addresses = new ArrayList<>();
    server
        .ask(key, "/v3/api-docs")
        .get("paths")
        .propertyStream()
        .forEach(path ->
            path.getValue()
                .propertyStream()
                .forEach(operation ->
                    addresses.add(
                        new Address(
                            operation.getKey().toUpperCase(Locale.ROOT),
                            path.getKey().replaceAll("\\{[^}]*}", SOME_ID),
                            parameters(operation.getValue())))));
    if (addresses.size() < 20) {
      throw new IllegalStateException("The description lists too little: " + addresses);
    }
    return addresses;
  }

  private static List<String> parameters(JsonNode operation) {
    return operation
        .path("parameters")
        .valueStream()
        .filter(parameter -> parameter.get("in").asString().equals("query"))
        .map(parameter -> parameter.get("name").asString())
        .toList();
  }
}
