package io.tidemark.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// What this process logs while it is open, as it would be printed.
public final class CapturedLog implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  public CapturedLog() {
    events.list = new CopyOnWriteArrayList<>(); // Other threads log while it is read.
    events.start();
    root.addAppender(events);
  }

  /// All lines, each with its stack.
  public List<String> lines() {
    return from(Level.TRACE);
  }

  /// Warnings and errors, each with its stack.
  public List<String> warnings() {
    return from(Level.WARN);
  }

  /// Errors, each with its stack.
  public List<String> errors() {
    return from(Level.ERROR);
  }

  private List<String> from(Level level) {
    return events.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(level))
        .map(CapturedLog::printed)
        .toList();
  }

  private static String printed(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return event.getLoggerName()
        + " "
        + event.getFormattedMessage()
        + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown));
  }

  @Override
  public void close() {
    root.detachAppender(events);
    events.stop();
  }
}
