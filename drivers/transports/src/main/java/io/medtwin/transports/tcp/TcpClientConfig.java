package io.medtwin.transports.tcp;

import java.time.Duration;

/**
 * Where a TCP device or a terminal server's port listens.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param connectLimit longest wait for the connection, 100 ms to 30 s; default 5 s
 * @param keepAlive whether the system probes an idle connection (after 30 s, every 10 s, 3 times);
 *     default true
 * @param noDelay whether small writes leave at once (Nagle off); default true
 */
public record TcpClientConfig(
    String host, int port, Duration connectLimit, boolean keepAlive, boolean noDelay) {

  /** 5 s. */
  public static final Duration DEFAULT_CONNECT_LIMIT = Duration.ofSeconds(5);

  public TcpClientConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be blank");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be 1 to 65535, got " + port);
    }
    if (connectLimit.toMillis() < 100 || connectLimit.toMillis() > 30_000) {
      throw new IllegalArgumentException(
          "connectLimit must be 100 ms to 30 s, got " + connectLimit);
    }
  }

  /** With every default. */
  public static TcpClientConfig of(String host, int port) {
    return new TcpClientConfig(host, port, DEFAULT_CONNECT_LIMIT, true, true);
  }
}
