package io.tidemark.platform;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Optional;

/// Why the database takes no writes: in the words of the log, of health, and of who asks.
public enum DatabaseFault {
  AWAY("The database is away"),
  SILENT("The database is connected and does not answer"),
  OUT_OF_CONNECTIONS("The database has no connection left"),
  READ_ONLY("The database is read-only"),
  DISK_FULL("The disk of the database is full"),
  REFUSING("The database refuses to write");

  private final String sentence;

  DatabaseFault(String sentence) {
    this.sentence = sentence;
  }

  /// What is wrong, for people.
  public String sentence() {
    return sentence;
  }

  /// Whether questions may still be answered.
  boolean leavesReads() {
    return switch (this) {
      case READ_ONLY, DISK_FULL, REFUSING -> true;
      case AWAY, SILENT, OUT_OF_CONNECTIONS -> false;
    };
  }

  /// What an exception says about the database; empty when it is about what was written or about
  /// others who write the same (SQLSTATE classes 22, 23, 40, 54, 55, and a cancelled statement). A
  /// transaction that was ended because this process stood still is a lost connection.
  static Optional<DatabaseFault> of(SQLException e) {
    if (e instanceof SQLTimeoutException || hasTimedOut(e)) {
      return Optional.of(SILENT);
    }
    String state = e.getSQLState();
    if (state == null || state.length() < 5) {
      return Optional.of(AWAY);
    }
    return switch (state) {
      case "53100" -> Optional.of(DISK_FULL);
      case "53300" -> Optional.of(OUT_OF_CONNECTIONS);
      case "25006" -> Optional.of(READ_ONLY);
      case "57014", "25P02" -> Optional.empty();
      case "25P03", "25P04" -> Optional.of(AWAY);
      default ->
          switch (state.substring(0, 2)) {
            case "08", "57" -> Optional.of(AWAY);
            case "22", "23", "40", "54", "55" -> Optional.empty();
            default -> Optional.of(REFUSING);
          };
    };
  }

  private static boolean hasTimedOut(SQLException e) {
    return e.getCause() instanceof SocketTimeoutException;
  }
}
