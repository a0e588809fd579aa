package io.medtwin.transports.coap;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One resource of a sensor to observe.
 *
 * @param uri {@code coap://host[:port]/path} or {@code coaps://host[:port]/path}
 * @param device id of the device whose resource it is
 * @param accept media type asked for ({@code application/senml+cbor}), or null to leave the choice
 *     to the sensor
 * @param identity our DTLS identity at the sensor, with {@code coaps} only
 * @param keys where our key of that identity is looked up; {@link PskStore#empty} with {@code coap}
 * @param registerAgainMin shortest wait past Max-Age before registering again
 * @param registerAgainMax longest wait past Max-Age before registering again
 */
public record CoapObserveConfig(
    URI uri,
    String device,
    @Nullable String accept,
    @Nullable String identity,
    PskStore keys,
    Duration registerAgainMin,
    Duration registerAgainMax) {

  /** Shortest wait past Max-Age unless configured. */
  public static final Duration REGISTER_AGAIN_MIN = Duration.ofSeconds(5);

  /** Longest wait past Max-Age unless configured. */
  public static final Duration REGISTER_AGAIN_MAX = Duration.ofSeconds(15);

  /** Longest wait past Max-Age that may be configured. */
  private static final Duration REGISTER_AGAIN_LIMIT = Duration.ofMinutes(5);

  public CoapObserveConfig {
    var scheme = uri.getScheme();
    if (!"coap".equals(scheme) && !"coaps".equals(scheme) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "observed resource: expected coap://host/path or coaps://host/path, got " + uri);
    }
    if (uri.getUserInfo() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          "observed resource: a CoAP URI has no user and no fragment");
    }
    if ("coaps".equals(scheme) && (identity == null || identity.isBlank())) {
      throw new IllegalArgumentException("observed resource " + uri + ": coaps needs an identity");
    }
    if (accept != null && ContentFormats.numberOf(accept).isEmpty()) {
      throw new IllegalArgumentException(
          "observed resource " + uri + ": CoAP has no number for " + accept);
    }
    if (registerAgainMin.isNegative()
        || registerAgainMax.compareTo(registerAgainMin) < 0
        || registerAgainMax.compareTo(REGISTER_AGAIN_LIMIT) > 0) {
      throw new IllegalArgumentException(
          "observed resource "
              + uri
              + ": expected 0 <= registerAgainMin <= registerAgainMax <= "
              + REGISTER_AGAIN_LIMIT);
    }
  }

  /** A resource without security, with the usual waits; for the bench. */
  public static CoapObserveConfig plain(URI uri, String device) {
    return new CoapObserveConfig(
        uri, device, null, null, PskStore.empty(), REGISTER_AGAIN_MIN, REGISTER_AGAIN_MAX);
  }

  /** A resource over DTLS with a pre-shared key, with the usual waits. */
  public static CoapObserveConfig secure(URI uri, String device, String identity, PskStore keys) {
    return new CoapObserveConfig(
        uri, device, null, identity, keys, REGISTER_AGAIN_MIN, REGISTER_AGAIN_MAX);
  }

  /** Whether DTLS carries it. */
  boolean isSecure() {
    return "coaps".equals(uri.getScheme());
  }
}
