package io.tidemark;

import io.tidemark.cli.CommandLineMain;

/// Entry point of the one jar: every command of the launcher starts here.
public final class Tidemark {

  private Tidemark() {}

  static void main(String[] arguments) {
    System.exit(CommandLineMain.run(arguments));
  }
}
