package io.medtwin.transports.coap;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link CoapServerHub} listens and how much it takes.
 *
 * @param bind address to listen on
 * @param plainPort UDP port without security, 0 for any free one, or null for none; only on
 *     loopback or with {@code allowPlain}
 * @param securePort UDP port with DTLS 1.2 and pre-shared keys, 0 for any free one, or null for
 *     none
 * @param allowPlain whether the installer insists on a plain port that others can reach: what comes
 *     there may be forged by anyone in the network
 * @param limits how much one hub takes
 */
public record CoapServerConfig(
    InetAddress bind,
    @Nullable Integer plainPort,
    @Nullable Integer securePort,
    boolean allowPlain,
    Limits limits) {

  /** Registered port of CoAP (RFC 7252 section 12.6). */
  public static final int PLAIN_PORT = 5683;

  /** Registered port of CoAP over DTLS (RFC 7252 section 12.7). */
  public static final int SECURE_PORT = 5684;

  /**
   * How much one hub takes, for each of its ports.
   *
   * @param bodyBytes largest body, 1,024 to 65,536; more is answered 4.13
   * @param blockBytes largest block of a transfer: 16, 32 ... 1,024 (RFC 7959)
   * @param peers most peers with state, 1 to 100,000; the longest silent one is forgotten
   * @param observers most observe relations on the server side, 1 to 10,000
   */
  public record Limits(int bodyBytes, int blockBytes, int peers, int observers) {

    /** 64 KiB bodies in blocks of 512 octets, 1,000 peers, 64 observers. */
    public static final Limits DEFAULT = new Limits(65_536, 512, 1_000, 64);

    public Limits {
      requireWithin("largest body", bodyBytes, 1_024, 65_536);
      requireWithin("block size", blockBytes, 16, 1_024);
      if (Integer.bitCount(blockBytes) != 1) {
        throw new IllegalArgumentException(
            "block size: expected a power of two from 16 to 1024, got " + blockBytes);
      }
      requireWithin("peers", peers, 1, 100_000);
      requireWithin("observers", observers, 1, 10_000);
    }
  }

  public CoapServerConfig {
    if (plainPort == null && securePort == null) {
      throw new IllegalArgumentException(
          "CoAP server: expected a plain or a secure port, got neither");
    }
    if (plainPort != null) {
      requireWithin("CoAP plain port", plainPort, 0, 65_535);
      if (!allowPlain && !bind.isLoopbackAddress()) {
        throw new IllegalArgumentException(
            "CoAP plain port "
                + plainPort
                + " on "
                + bind.getHostAddress()
                + ": anyone in the network could post as any device; use the secure port, bind to"
                + " loopback, or set allowPlain");
      }
    }
    if (securePort != null) {
      requireWithin("CoAP secure port", securePort, 0, 65_535);
      if (plainPort != null && securePort != 0 && securePort.equals(plainPort)) {
        throw new IllegalArgumentException(
            "CoAP server: plain and secure port are both " + plainPort);
      }
    }
  }

  private static void requireWithin(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + ": expected " + min + " to " + max + ", got " + value);
    }
  }
}
