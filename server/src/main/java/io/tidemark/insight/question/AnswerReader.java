package io.tidemark.insight.question;

import io.tidemark.insight.Cancellation;
import io.tidemark.insight.InsightProperties;
import io.tidemark.platform.ClientGoneException;
import io.tidemark.platform.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Reads an answer in a transaction of its own: all of its statements see the same state of the
/// database, each may take as long as its class may, and they end when nobody waits. Thread-safe.
public final class AnswerReader {

  private static final String BEGIN =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET LOCAL statement_timeout = %d";

  /// PostgreSQL cancels before the connection is given up.
  private static final Duration GRACE = Duration.ofSeconds(5);

  /// Rows that are in memory at a time where an answer is streamed.
  private static final int STREAMED_ROWS = 1_000;

  private final DataSource question;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final InsightProperties.Timeout timeouts;

  AnswerReader(DataSource question, InsightProperties.Timeout timeouts) {
    this.question = question;
    this.jdbc = JdbcClient.create(question);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(question));
    this.transactions.setReadOnly(true);
    this.timeouts = timeouts;
  }

  /// @throws ProblemException `question_timeout` when a statement took too long
  /// @throws io.tidemark.platform.ClientGoneException when it was cancelled
  public <A> A read(WeightClass weight, Cancellation cancellation, Supplier<A> answer) {
    return inTransaction(weight, cancellation, 0, answer);
  }

  /// The same with rows that are read as they are asked for, however many.
  void stream(Cancellation cancellation, Runnable rows) {
    inTransaction(
        WeightClass.EXPORT,
        cancellation,
        STREAMED_ROWS,
        () -> {
          rows.run();
          return true;
        });
  }

  private <A> A inTransaction(
      WeightClass weight, Cancellation cancellation, int fetchSize, Supplier<A> answer) {
    Duration timeout = weight.timeout(timeouts);
    try {
      return transactions.execute(status -> {
        Connection connection = DataSourceUtils.getConnection(question);
        try {
          connection.setNetworkTimeout(Runnable::run, (int) timeout.plus(GRACE).toMillis());
          PGConnection driver = connection.unwrap(PGConnection.class);
          cancellation.begin(() -> cancel(driver));
          driver.setDefaultFetchSize(fetchSize);
          try {
            jdbc.sql(BEGIN.formatted(timeout.toMillis())).update();
            return answer.get();
          } finally {
            cancellation.end();
            driver.setDefaultFetchSize(0);
          }
        } catch (SQLException e) {
          throw new DataAccessResourceFailureException("The connection cannot be set up", e);
        } finally {
          DataSourceUtils.releaseConnection(connection, question);
        }
      });
    } catch (DataAccessException e) {
      if (!isCanceled(e)) {
        throw e;
      }
      throw cancellation.isGiven() ? new ClientGoneException(e) : tooSlow(weight, timeout);
    }
  }

  private static void cancel(PGConnection connection) {
    try {
      connection.cancelQuery();
    } catch (SQLException _) {
      // The connection has broken, and its statement with it.
    }
  }

  private static boolean isCanceled(DataAccessException e) {
    return NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException cause
        && PSQLState.QUERY_CANCELED.getState().equals(cause.getSQLState());
  }

  private static ProblemException tooSlow(WeightClass weight, Duration timeout) {
    return ProblemException.of(
        HttpStatus.SERVICE_UNAVAILABLE,
        "question_timeout",
        "The question took longer than %s, which is tidemark.insight.timeout.%s; ask for a shorter range"
            .formatted(timeout, weight.name().toLowerCase(Locale.ROOT)));
  }
}
