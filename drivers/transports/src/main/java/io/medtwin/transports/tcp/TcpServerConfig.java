package io.medtwin.transports.tcp;

import java.time.Duration;
import java.util.Set;

/**
 * Where a device or terminal server that dials in finds us.
 *
 * @param host local address to listen at; {@code 0.0.0.0} is every one, the default
 * @param port 1 to 65535; 0 lets the system choose, for tests
 * @param allowedPeers addresses (not names) that may connect; empty, the default, lets anyone.
 *     Connections of others are closed and counted
 * @param acceptLimit longest wait of one {@code open()} for a connection, 100 ms to 30 s; default 5
 *     s
 * @param keepAlive whether the system probes an idle connection (after 30 s, every 10 s, 3 times);
 *     default true
 * @param noDelay whether small writes leave at once (Nagle off); default true
 */
public record TcpServerConfig(
    String host,
    int port,
    Set<String> allowedPeers,
    Duration acceptLimit,
    boolean keepAlive,
    boolean noDelay) {

  /** 5 s. */
  public static final Duration DEFAULT_ACCEPT_LIMIT = Duration.ofSeconds(5);

  /** Most entries of {@code allowedPeers}. */
  public static final int MAX_PEERS = 64;

  public TcpServerConfig {
    allowedPeers = Set.copyOf(allowedPeers);
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be blank; 0.0.0.0 is every address");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, got " + port);
    }
    if (allowedPeers.size() > MAX_PEERS) {
      throw new IllegalArgumentException(
          "allowedPeers takes " + MAX_PEERS + " addresses, got " + allowedPeers.size());
    }
    if (acceptLimit.toMillis() < 100 || acceptLimit.toMillis() > 30_000) {
      throw new IllegalArgumentException("acceptLimit must be 100 ms to 30 s, got " + acceptLimit);
    }
  }

  /** On every local address, for anyone, with every default. */
  public static TcpServerConfig of(int port) {
    return new TcpServerConfig("0.0.0.0", port, Set.of(), DEFAULT_ACCEPT_LIMIT, true, true);
  }
}
