package io.medtwin.transports.mllp;

import java.time.Duration;
import java.util.Set;

/**
 * Where devices that speak HL7 over MLLP find us, and how much one port takes.
 *
 * @param host local address to listen at; {@code 0.0.0.0} is every one
 * @param port 1 to 65535; 0 lets the system choose, for tests
 * @param allowedPeers addresses (not names) that may connect; empty lets anyone. Connections of
 *     others are closed and counted
 * @param limits how much one port takes
 */
public record MllpConfig(String host, int port, Set<String> allowedPeers, Limits limits) {

  /** Port that is customary for MLLP; IANA has none. */
  public static final int USUAL_PORT = 2575;

  /** Most entries of {@code allowedPeers}. */
  public static final int MAX_PEERS = 1_024;

  /**
   * How much one port takes.
   *
   * @param messageBytes longest message, 1 KiB to 1 MiB; the connection of a longer one is closed
   * @param connections most at a time, 1 to 1,024; one more is closed and counted
   * @param unanswered most messages of one connection without an answer, 1 to 64; then its socket
   *     is not read
   * @param waitingBytes bytes of all messages without an answer at which no socket is read, 1 MiB
   *     to 256 MiB
   * @param frameLimit longest time from a start byte to its end bytes, 100 ms to 5 min; then the
   *     connection is closed
   */
  public record Limits(
      int messageBytes, int connections, int unanswered, int waitingBytes, Duration frameLimit) {

    /** 1 MiB, 256 connections, 8 unanswered of each, 16 MiB of all, 30 s. */
    public static final Limits DEFAULT =
        new Limits(1 << 20, 256, 8, 16 << 20, Duration.ofSeconds(30));

    public Limits {
      requireWithin("longest message", messageBytes, 1 << 10, 1 << 20);
      requireWithin("connections", connections, 1, 1_024);
      requireWithin("unanswered messages", unanswered, 1, 64);
      requireWithin("bytes of unanswered messages", waitingBytes, 1 << 20, 256 << 20);
      requireWithin("milliseconds of a frame", frameLimit.toMillis(), 100, 300_000);
    }
  }

  public MllpConfig {
    allowedPeers = Set.copyOf(allowedPeers);
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be blank; 0.0.0.0 is every address");
    }
    requireWithin("port", port, 0, 65_535);
    requireWithin("allowedPeers", allowedPeers.size(), 0, MAX_PEERS);
  }

  /** For anyone, with every default. */
  public static MllpConfig of(String host, int port) {
    return new MllpConfig(host, port, Set.of(), Limits.DEFAULT);
  }

  private static void requireWithin(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "MLLP " + what + ": expected " + min + " to " + max + ", got " + value);
    }
  }
}
