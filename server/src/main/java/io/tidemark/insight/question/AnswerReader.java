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
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Reads answers: each may take as long as its class may, and ends when nobody waits. Thread-safe.
public final class AnswerReader {

  /// For this transaction alone: a pooler gives its connection to others afterwards.
  private static final String BEGIN =
      "SET TRANSACTION /* insight.begin */ ISOLATION LEVEL REPEATABLE READ; SET LOCAL statement_timeout = %d; SET LOCAL jit = off";

  /// PostgreSQL cancels before the connection is given up.
  private static final Duration GRACE = Duration.ofSeconds(5);

  /// Rows that are in memory at a time where an answer is streamed.
  private static final int STREAMED_ROWS = 1_000;

  private final DataSource question;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final AnswerRoom room;
  private final InsightProperties.Timeout timeouts;

  /// What is done with the driver of a connection.
  private interface Reading<A> {
    A read(PGConnection driver) throws SQLException;
  }

  AnswerReader(DataSource question, AnswerRoom room, InsightProperties.Timeout timeouts) {
    this.room = room;
    this.question = question;
    this.jdbc = JdbcClient.create(question);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(question));
    this.transactions.setReadOnly(true);
    this.timeouts = timeouts;
  }

  /// Reads an answer in a transaction of its own: all of its statements see the same state of the
  /// database, and all together may take as long as their class may.
  ///
  /// @throws ProblemException `question_timeout` when it took too long, statements and all
  /// @throws ClientGoneException when it was cancelled
  public <A> A read(WeightClass weight, Cancellation cancellation, Function<Course, A> answer) {
    AnswerTime time = AnswerTime.start(weight, timeouts, cancellation);
    try (AnswerRoom.Place _ = room.enter(time);
        AnswerTime.Watch _ = time.watch()) {
      return inTransaction(time, 0, answer);
    }
  }

  /// The same with rows that are read as they are asked for, however many. How fast is up to who
  /// reads them: they too have as long as exports may take.
  void stream(Cancellation cancellation, Consumer<Course> rows) {
    AnswerTime time = AnswerTime.start(WeightClass.EXPORT, timeouts, cancellation);
    try (AnswerRoom.Place _ = room.enter(time);
        AnswerTime.Watch _ = time.watch()) {
      inTransaction(
          time,
          STREAMED_ROWS,
          course -> {
            rows.accept(course);
            return true;
          });
    }
  }

  /// Reads an answer of few quick statements, each of which sees what is committed when it begins;
  /// all together may take as long as their class may. Nothing else is sent to PostgreSQL, where a
  /// transaction would cost as much as they do.
  ///
  /// @throws ProblemException `question_timeout` when it took too long
  /// @throws ClientGoneException when it was cancelled
  public <A> A readEach(WeightClass weight, Cancellation cancellation, Supplier<A> answer) {
    AnswerTime time = AnswerTime.start(weight, timeouts, cancellation);
    return orProblem(
        time,
        () -> {
          Connection connection = DataSourceUtils.getConnection(question);
          TransactionSynchronizationManager.bindResource(
              question, new ConnectionHolder(connection));
          try (AnswerTime.Watch _ = time.watch()) {
            return on(connection, time, driver -> answer.get());
          } finally {
            TransactionSynchronizationManager.unbindResource(question);
            DataSourceUtils.releaseConnection(connection, question);
          }
        });
  }

  private <A> A inTransaction(AnswerTime time, int fetchSize, Function<Course, A> answer) {
    return orProblem(
        time,
        () ->
            transactions.execute(status -> {
              Connection connection = DataSourceUtils.getConnection(question);
              try {
                return on(connection, time, driver -> readBy(fetchSize, driver, time, answer));
              } finally {
                DataSourceUtils.releaseConnection(connection, question);
              }
            }));
  }

  private <A> A readBy(
      int fetchSize, PGConnection driver, AnswerTime time, Function<Course, A> answer)
      throws SQLException {
    driver.setDefaultFetchSize(fetchSize);
    try {
      jdbc.sql(BEGIN.formatted(time.timeout().toMillis())).update();
      return answer.apply(time);
    } finally {
      driver.setDefaultFetchSize(0);
    }
  }

  private static <A> A on(Connection connection, AnswerTime time, Reading<A> reading) {
    Cancellation cancellation = time.cancellation();
    try {
      int silenceMillis = (int) time.timeout().plus(GRACE).toMillis();
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

  private static <A> A orProblem(AnswerTime time, Supplier<A> work) {
    try {
      return work.get();
    } catch (DataAccessException e) {
      if (!isCanceled(e)) {
        throw e;
      }
      throw time.cancellation().isGiven() ? new ClientGoneException(e) : time.tooLong();
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
