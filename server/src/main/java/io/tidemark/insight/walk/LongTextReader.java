package io.tidemark.insight.walk;

import io.tidemark.insight.select.SqlPart;
import io.tidemark.platform.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads the long texts of pieces, each once for all pieces. One thread reads, others look.
final class LongTextReader {

  private static final int ROWS_AT_ONCE = 100;

  private final JdbcTemplate jdbc;
  private final Map<String, String> byHash = new ConcurrentHashMap<>();
  private long bytes;

  LongTextReader(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// By SHA-256; goes on growing.
  Map<String, String> byHash() {
    return byHash;
  }

  /// To be read in the transaction of the piece, or texts may be gone.
  ///
  /// @param distinct a statement of one column
  /// @throws ProblemException when they do not fit into memory
  void read(SqlPart distinct) {
    jdbc.query(
        connection -> {
          PreparedStatement prepared = connection.prepareStatement(distinct.sql());
          new ArgumentPreparedStatementSetter(distinct.parameters().toArray()).setValues(prepared);
          prepared.setFetchSize(ROWS_AT_ONCE);
          return prepared;
        },
        row -> {
          add(row.getString(1));
        });
  }

  private void add(String text) {
    if (byHash.putIfAbsent(hash(text), text) == null) {
      bytes += ValueNumbers.bytesOf(text);
      ValueNumbers.requireRoom(bytes, byHash.size());
    }
  }

  static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
