package io.tidemark.platform;

/// The client went away while it was answered: nobody is left to be told.
public final class ClientGoneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ClientGoneException() {
    super("The client went away before it had its answer");
  }

  public ClientGoneException(Throwable cause) {
    super("The client went away before it had its answer", cause);
  }
}
