package io.tidemark.platform;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/// Whether the client of a request is still there, for those who answer slowly. The servlet API
/// cannot tell; Tomcat looks whether there is more to read when it is asked how much there is, and
/// says one byte when there is nothing left to read from: the client has closed its connection, or
/// the half of it that it writes to. What it finds to read, of a client that asks the next question
/// already, stays in its buffer.
///
/// To be asked while the request lasts, when its body has been read and nobody writes the answer.
public final class ClientPresence {

  private static final String ATTRIBUTE = ClientPresence.class.getName();
  private static final int BROKEN = 1;

  private final org.apache.coyote.Request connection;

  private ClientPresence(org.apache.coyote.Request connection) {
    this.connection = connection;
  }

  /// That of the client who sent a request.
  public static ClientPresence of(ServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof ClientPresence presence) {
      return presence;
    }
    throw new IllegalStateException("The request did not come through Tomcat's valve");
  }

  public boolean isGone() {
    connection.action(ActionCode.AVAILABLE, true);
    return connection.getAvailable() == BROKEN;
  }

  /// Closes the connection without an end of the answer, so that half of it does not look whole.
  public void hangUp() {
    connection.getResponse().action(ActionCode.CLOSE_NOW, null);
  }

  /// Puts it into every request.
  static final class Valve extends ValveBase {

    Valve() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      request.setAttribute(ATTRIBUTE, new ClientPresence(request.getCoyoteRequest()));
      getNext().invoke(request, response);
    }
  }
}
