package io.medtwin.app.demo;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the log to a file, so that a table drawn in place stays whole. */
final class DemoLog implements AutoCloseable {

  private final FileAppender<ILoggingEvent> appender;

  private DemoLog(FileAppender<ILoggingEvent> appender) {
    this.appender = appender;
  }

  /** From now on, everything is logged there and nowhere else. */
  static DemoLog to(Path file) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %msg%n%ex{short}");
    encoder.start();
    var appender = new FileAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
    return new DemoLog(appender);
  }

  /** Closes the file; nothing is logged any more. */
  @Override
  public void close() {
    appender.stop();
  }
}
