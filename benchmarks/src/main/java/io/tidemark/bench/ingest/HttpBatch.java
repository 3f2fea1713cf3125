package io.tidemark.bench.ingest;

import io.tidemark.bench.rows.RowJson;
import io.tidemark.bench.rows.SampleRow;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A whole request of `POST /api/v1/batch`, made once; sending it again only writes new ids and
/// timestamps into it. Not thread-safe.
final class HttpBatch {

  private static final String NO_ID = "0".repeat(FreshMark.ID_CHARS);
  private static final String NO_TIME = "0".repeat(FreshMark.TIMESTAMP_CHARS);

  private final byte[] request;
  private final int[] ids;
  private final int[] timestamps;

  private HttpBatch(byte[] request, int[] ids, int[] timestamps) {
    this.request = request;
    this.ids = ids;
    this.timestamps = timestamps;
  }

  static HttpBatch of(URI base, String key, List<SampleRow> rows) {
    int[] ids = new int[rows.size()];
    int[] timestamps = new int[rows.size()];
    ByteArrayOutputStream body = new ByteArrayOutputStream(rows.size() * 260);
    put(body, "{\"records\":[");
    for (int i = 0; i < rows.size(); i++) {
      put(body, i == 0 ? "{\"id\":\"" : ",{\"id\":\"");
      ids[i] = body.size();
      put(body, NO_ID + "\",\"timestamp\":\"");
      timestamps[i] = body.size();
      put(body, NO_TIME + "\",");
      StringBuilder fields = new StringBuilder();
      RowJson.appendFields(fields, rows.get(i));
      put(body, fields.append('}').toString());
    }
    put(body, "]}");
    byte[] head =
        "POST /api/v1/batch HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(base.getHost(), base.getPort(), key, body.size())
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.size()];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body.toByteArray(), 0, request, head.length, body.size());
    for (int i = 0; i < rows.size(); i++) {
      ids[i] += head.length;
      timestamps[i] += head.length;
    }
    return new HttpBatch(request, ids, timestamps);
  }

  int rows() {
    return ids.length;
  }

  /// The bytes of the request, its rows made fresh; valid until the next call.
  byte[] refreshed(FreshMark mark) {
    long now = System.currentTimeMillis();
    for (int i = 0; i < ids.length; i++) {
      mark.draw(now);
      mark.putId(request, ids[i]);
      mark.putTimestamp(request, timestamps[i]);
    }
    return request;
  }

  private static void put(ByteArrayOutputStream target, String text) {
    target.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
