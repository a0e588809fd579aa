package io.medtwin.transports.udp;

import org.jspecify.annotations.Nullable;

/**
 * A local UDP port and, if it is known, the device's.
 *
 * @param bindHost local address; {@code 0.0.0.0} is every one, the default
 * @param bindPort local port, 0 to 65535; 0, the default, lets the system choose
 * @param peerHost name or address of the device; null, the default, takes whoever sends first
 * @param peerPort port of the device, 1 to 65535; 0 exactly when {@code peerHost} is null
 */
public record UdpConfig(String bindHost, int bindPort, @Nullable String peerHost, int peerPort) {

  public UdpConfig {
    if (bindHost.isBlank()) {
      throw new IllegalArgumentException("bindHost must not be blank; 0.0.0.0 is every address");
    }
    if (bindPort < 0 || bindPort > 65_535) {
      throw new IllegalArgumentException("bindPort must be 0 to 65535, got " + bindPort);
    }
    if (peerHost == null) {
      if (peerPort != 0) {
        throw new IllegalArgumentException("peerPort " + peerPort + " needs a peerHost");
      }
      if (bindPort == 0) {
        throw new IllegalArgumentException(
            "without a peer the device must find us: give a bindPort of 1 to 65535");
      }
    } else if (peerHost.isBlank() || peerPort < 1 || peerPort > 65_535) {
      throw new IllegalArgumentException(
          "peer must be a host and a port of 1 to 65535, got " + peerHost + ":" + peerPort);
    }
  }

  /** Sends to and reads from one device, from a port the system chooses. */
  public static UdpConfig toPeer(String host, int port) {
    return new UdpConfig("0.0.0.0", 0, host, port);
  }

  /** Reads whoever sends first to a local port. */
  public static UdpConfig atPort(int port) {
    return new UdpConfig("0.0.0.0", port, null, 0);
  }
}
