package io.medtwin.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a line of the log looks. */
public final class LogFormat {

  /** Environment variable that chooses it: {@code text}, which is the default, or {@code json}. */
  public static final String VARIABLE = "MEDTWIN_LOG_FORMAT";

  private LogFormat() {}

  /**
   * Does what the environment asks for.
   *
   * @return false where it asks for something that there is not; nothing was changed
   */
  public static boolean use(Map<String, String> variables) {
    var wanted = variables.getOrDefault(VARIABLE, "text");
    if (wanted.equals("json")) {
      json();
    }
    return wanted.equals("json") || wanted.equals("text") || wanted.isEmpty();
  }

  /** A time in which nothing is logged, until it is closed. */
  public interface Quiet extends AutoCloseable {
    @Override
    void close();
  }

  /** From now on nothing is logged: for those who tell everything else themselves. */
  public static Quiet quiet() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    var ours = context.getLogger("io.medtwin");
    var before = root.getLevel();
    var oursBefore = ours.getLevel();
    root.setLevel(Level.OFF);
    ours.setLevel(Level.OFF);
    return () -> {
      root.setLevel(before);
      ours.setLevel(oursBefore);
    };
  }

  /**
   * From now on the log is one JSON object a line on standard error, for those who collect logs.
   */
  private static void json() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithArguments(false);
    encoder.setWithMessage(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
  }
}
