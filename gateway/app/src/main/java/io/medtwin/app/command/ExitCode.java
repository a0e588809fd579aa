package io.medtwin.app.command;

/**
 * What a script learns from how {@code medtwin} ends. Documented in the README; numbers do not
 * change.
 */
public final class ExitCode {

  /** All went well. */
  public static final int OK = 0;

  /** Something failed that nobody foresaw. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** The configuration, a profile or a plugin is wrong. */
  public static final int CONFIG = 3;

  /** The demo ended before every simulated device was a live twin. */
  public static final int NOT_LIVE = 4;

  private ExitCode() {}
}
