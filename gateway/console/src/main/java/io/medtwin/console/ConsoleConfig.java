package io.medtwin.console;

import io.medtwin.console.access.ScrapeToken;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the console is.
 *
 * @param address to listen at, a name or number; until the console is claimed it listens at {@code
 *     127.0.0.1} whatever this says
 * @param port to listen at, 0 for any that is free
 * @param folder of its files: users and this machine's token; the journal's
 * @param tls certificate, where it speaks HTTPS itself
 * @param https whether browsers see it by HTTPS: also where a proxy before it does that
 * @param scrape what a Prometheus on another machine says, where one may ask
 */
public record ConsoleConfig(
    String address,
    int port,
    Path folder,
    Optional<Certificate> tls,
    boolean https,
    Optional<ScrapeToken> scrape) {

  /** Default port. */
  public static final int PORT = 8480;

  /** Address of this machine alone. */
  public static final String LOOPBACK = "127.0.0.1";

  /**
   * Files of a certificate.
   *
   * @param certificates PEM, the console's own first, then those that vouch for it
   * @param key PEM, PKCS #8, not encrypted
   */
  public record Certificate(Path certificates, Path key) {}

  public ConsoleConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, got " + port);
    }
    if (tls.isPresent()) {
      https = true;
    }
  }

  /** At this machine alone, without TLS. */
  public static ConsoleConfig local(int port, Path folder) {
    return new ConsoleConfig(LOOPBACK, port, folder, Optional.empty(), false, Optional.empty());
  }
}
