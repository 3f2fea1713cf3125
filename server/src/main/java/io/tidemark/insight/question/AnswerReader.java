package io.tidemark.insight.question;

import io.tidemark.insight.Cancellation;
import io.tidemark.insight.Course;
import io.tidemark.insight.InsightProperties;
import io.tidemark.platform.ClientGoneException;
import io.tidemark.platform.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Reads an answer in a transaction of its own: all of its statements see the same state of the
/// database, all together may take as long as their class may, and they end when nobody waits.
/// Thread-safe.
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

  /// @throws ProblemException `question_timeout` when it took too long, statements and all
  /// @throws io.tidemark.platform.ClientGoneException when it was cancelled
  public <A> A read(WeightClass weight, Cancellation cancellation, Function<Course, A> answer) {
    AnswerTime time = AnswerTime.start(weight, timeouts, cancellation);
    try (AnswerTime.Watch _ = time.watch()) {
      return inTransaction(time, 0, answer);
    }
  }

  /// The same with rows that are read as they are asked for, however many. How fast is up to who
  /// reads them, so the time counts for each statement, and for work that asks whether to go on.
  void stream(Cancellation cancellation, Consumer<Course> rows) {
    inTransaction(
        AnswerTime.start(WeightClass.EXPORT, timeouts, cancellation),
        STREAMED_ROWS,
        course -> {
          rows.accept(course);
          return true;
        });
  }

  private <A> A inTransaction(AnswerTime time, int fetchSize, Function<Course, A> answer) {
    Duration timeout = time.timeout();
    Cancellation cancellation = time.cancellation();
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
            return answer.apply(time);
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
      throw cancellation.isGiven() ? new ClientGoneException(e) : time.tooLong();
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
}
