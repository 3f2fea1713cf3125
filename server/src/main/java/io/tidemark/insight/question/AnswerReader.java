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
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Reads answers: each statement may take as long as its class may, and they end when nobody waits.
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
  private final SessionTimeouts sessions;

  /// What is done with the driver of a connection.
  private interface Reading<A> {
    A read(PGConnection driver) throws SQLException;
  }

  AnswerReader(DataSource question, InsightProperties.Timeout timeouts) {
    this.question = question;
    this.jdbc = JdbcClient.create(question);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(question));
    this.transactions.setReadOnly(true);
    this.timeouts = timeouts;
    this.sessions = new SessionTimeouts(jdbc);
  }

  /// Reads an answer in a transaction: all of its statements see the same state of the database.
  ///
  /// @throws ProblemException `question_timeout` when a statement took too long
  /// @throws ClientGoneException when it was cancelled
  <A> A read(WeightClass weight, Cancellation cancellation, Supplier<A> answer) {
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

  /// Reads an answer of few quick statements, each of which sees what is committed when it begins.
  /// Nothing else is sent to PostgreSQL, where a transaction would cost as much as they do.
  ///
  /// @throws ProblemException `question_timeout` when a statement took too long
  /// @throws ClientGoneException when it was cancelled
  public <A> A readEach(WeightClass weight, Cancellation cancellation, Supplier<A> answer) {
    return orProblem(
        weight,
        cancellation,
        () -> {
          Connection connection = DataSourceUtils.getConnection(question);
          TransactionSynchronizationManager.bindResource(
              question, new ConnectionHolder(connection));
          try {
            return with(
                connection,
                weight,
                cancellation,
                driver -> {
                  sessions.limit(driver, weight.timeout(timeouts));
                  return answer.get();
                });
          } finally {
            TransactionSynchronizationManager.unbindResource(question);
            DataSourceUtils.releaseConnection(connection, question);
          }
        });
  }

  private <A> A inTransaction(
      WeightClass weight, Cancellation cancellation, int fetchSize, Supplier<A> answer) {
    return orProblem(
        weight,
        cancellation,
        () ->
            transactions.execute(status -> {
              Connection connection = DataSourceUtils.getConnection(question);
              try {
                return with(
                    connection,
                    weight,
                    cancellation,
                    driver -> readBy(fetchSize, driver, weight, answer));
              } finally {
                DataSourceUtils.releaseConnection(connection, question);
              }
            }));
  }

  private <A> A readBy(int fetchSize, PGConnection driver, WeightClass weight, Supplier<A> answer)
      throws SQLException {
    driver.setDefaultFetchSize(fetchSize);
    try {
      jdbc.sql(BEGIN.formatted(weight.timeout(timeouts).toMillis())).update();
      return answer.get();
    } finally {
      driver.setDefaultFetchSize(0);
    }
  }

  private <A> A with(
      Connection connection, WeightClass weight, Cancellation cancellation, Reading<A> reading) {
    try {
      int silenceMillis = (int) weight.timeout(timeouts).plus(GRACE).toMillis();
      connection.setNetworkTimeout(Runnable::run, silenceMillis);
      PGConnection driver = connection.unwrap(PGConnection.class);
      cancellation.begin(() -> cancel(driver));
      try {
        return reading.read(driver);
      } finally {
        cancellation.end();
      }
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("The connection cannot be set up", e);
    }
  }

  private <A> A orProblem(WeightClass weight, Cancellation cancellation, Supplier<A> work) {
    try {
      return work.get();
    } catch (DataAccessException e) {
      if (!isCanceled(e)) {
        throw e;
      }
      throw cancellation.isGiven()
          ? new ClientGoneException(e)
          : tooSlow(weight, weight.timeout(timeouts));
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
