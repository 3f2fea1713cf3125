package io.tidemark.platform;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// A problem (RFC 9457) as it is written where no framework is there yet to write it.
///
/// @param field the parameter or header that is wrong; null when it is none
record ProblemDocument(int status, String code, @Nullable String field, String detail) {

  static final String MEDIA_TYPE = "application/problem+json";

  /// In ASCII, so that it needs no charset.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  static ProblemDocument of(ProblemException problem) {
    return new ProblemDocument(
        problem.status().value(), problem.code(), problem.field(), problem.detail());
  }

  /// Where the status is all that is known.
  static ProblemDocument ofStatus(int status) {
    return new ProblemDocument(status, code(status), null, detail(status));
  }

  /// The name of the status: `not_found`, `method_not_allowed`, …
  static String code(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    if (known == HttpStatus.INTERNAL_SERVER_ERROR) {
      return "internal_error";
    }
    return known == null ? "status_" + status : known.name().toLowerCase(Locale.ROOT);
  }

  /// What was expected.
  static String detail(int status) {
    return switch (status) {
      case 400 ->
          "The request cannot be read: its address, a header, its length or its body is malformed";
      case 403 ->
          "A page of another site may send POST alone, with no headers but Authorization, Content-Type, Content-Encoding and X-Retry-Count";
      case 404 -> "There is no such address; /v3/api-docs lists those of the API";
      case 405 -> "The address does not take this method";
      case 406 -> "Accept must name a type that the address answers with, such as application/json";
      case 408 -> "The request did not arrive in time";
      case 413 -> "The body is too large";
      case 414 -> "The address is too long: it may have 8 KB, the headers included";
      case 415 -> "The address does not take a body of this type";
      case 416 -> "There is no such range of bytes; leave the header Range out";
      case 417 -> "Expect must be 100-continue";
      case 431 -> "The headers are too large: there may be 100, of 8 KB, the address included";
      case 500 -> "Tidemark failed to answer; its log says why";
      case 501 -> "Neither is the method known, nor any Transfer-Encoding but chunked";
      case 505 -> "The server speaks HTTP/1.1 and HTTP/1.0";
      default -> "The request was refused";
    };
  }

  void write(Writer out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("detail", detail);
      json.writeNumberProperty("status", status);
      HttpStatus known = HttpStatus.resolve(status);
      if (known != null) {
        json.writeStringProperty("title", known.getReasonPhrase());
      }
      json.writeStringProperty("code", code);
      if (field != null) {
        json.writeStringProperty("field", field);
      }
      json.writeEndObject();
    }
  }
}
