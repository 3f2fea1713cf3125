package io.tidemark;

/// Entry point of the one jar: every command of the launcher starts here.
public final class Tidemark {

  private Tidemark() {}

  static void main(String[] arguments) {
    System.exit(arguments.length == 0 ? 2 : 0);
  }
}
