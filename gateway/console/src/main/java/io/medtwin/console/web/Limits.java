package io.medtwin.console.web;

import java.time.Duration;

/** How much a browser may ask for. */
public final class Limits {

  /** Most connections; more wait to be accepted. */
  public static final int CONNECTIONS = 256;

  /** Most connections that wait to be accepted; the system refuses more. */
  public static final int ACCEPT_QUEUE = 64;

  /** Most event streams of all kinds; one more is answered 429. */
  public static final int STREAMS = 64;

  /** Most events that wait for one client; a client that lets more wait is dropped. */
  public static final int EVENTS = 16;

  /** Longest body; a longer one is answered 413 and not read to its end. */
  public static final int BODY_BYTES = 64 * 1024;

  /** All header lines together; more is answered 431. */
  public static final int HEADER_BYTES = 16 * 1024;

  /** A connection over which nothing goes for so long is closed. */
  public static final Duration IDLE = Duration.ofSeconds(30);

  /** A body that is not there after so long is answered 400, and the connection closed. */
  public static final Duration BODY_TIME = Duration.ofSeconds(30);

  /** Longest page, script or picture. */
  public static final int FILE_BYTES = 2 * 1024 * 1024;

  /** Most files kept in memory. */
  public static final int FILES = 256;

  private Limits() {}
}
