package io.medtwin.app.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last {@value #MOST_LINES} lines of the log, in memory. The log has no payload and no secret.
 */
public final class LogTail {

  /** Most lines kept. */
  public static final int MOST_LINES = 500;

  private static final int MOST_CHARS = 1_000;
  private static final LogTail ONE = new LogTail();

  private final Deque<String> lines = new ArrayDeque<>();

  private LogTail() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var appender =
        new AppenderBase<ILoggingEvent>() {
          @Override
          protected void append(ILoggingEvent event) {
            keep(event);
          }
        };
    appender.setContext(context);
    appender.setName("tail");
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  /** That of this process; it keeps lines from the first call on. */
  public static LogTail get() {
    return ONE;
  }

  private void keep(ILoggingEvent event) {
    var text = event.getInstant() + " " + event.getLevel() + " " + event.getFormattedMessage();
    synchronized (lines) {
      if (lines.size() == MOST_LINES) {
        lines.removeFirst();
      }
      lines.addLast(text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) + "…" : text);
    }
  }

  /** The lines, oldest first. */
  public List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }
}
