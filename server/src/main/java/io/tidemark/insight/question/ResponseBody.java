package io.tidemark.insight.question;

import io.tidemark.platform.ClientPresence;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// The body of a response of any length. Nothing is sent until 32 KB are there or it is closed, so
/// that what fails soon is answered with a problem. One thread writes while another looks whether
/// the client is still there.
final class ResponseBody extends BufferedOutputStream {

  private static final int BUFFER_BYTES = 32 * 1024;

  private final Sending sending;

  ResponseBody(HttpServletResponse response, ClientPresence client) {
    this(new Sending(response, client));
  }

  private ResponseBody(Sending sending) {
    super(sending, BUFFER_BYTES);
    this.sending = sending;
  }

  void head(AnswerHead head) {
    sending.head = head;
  }

  /// Whether something was sent: it cannot be answered with a problem any more.
  boolean isBegun() {
    return sending.response.isCommitted();
  }

  boolean isClientGone() {
    return sending.isClientGone();
  }

  private static final class Sending extends OutputStream {

    private final HttpServletResponse response;
    private final ClientPresence client;
    private @Nullable AnswerHead head;
    private boolean isBegun;

    private Sending(HttpServletResponse response, ClientPresence client) {
      this.response = response;
      this.client = client;
    }

    @Override
    public void write(int oneByte) throws IOException {
      write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      begin();
      response.getOutputStream().write(bytes, offset, length);
    }

    @Override
    public synchronized void close() throws IOException {
      begin();
      response.flushBuffer();
    }

    private synchronized boolean isClientGone() {
      return client.isGone();
    }

    private void begin() {
      if (isBegun) {
        return;
      }
      isBegun = true;
      response.setContentType("text/csv;charset=UTF-8");
      response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"answer.csv\"");
      if (head != null) {
        response.setHeader("Tidemark-From", head.range().from().toString());
        response.setHeader("Tidemark-To", head.range().to().toString());
        response.setHeader("Tidemark-Zone", head.zone().getId());
        response.setHeader("Tidemark-As-Of", head.freshness().asOf().toString());
        response.setHeader("Tidemark-Exact", Boolean.toString(head.exact()));
        if (head.peopleNeeded() != null) {
          response.setHeader("Tidemark-People-Needed", head.peopleNeeded().toString());
        }
      }
    }
  }
}
