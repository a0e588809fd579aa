package io.medtwin.transports.mqtt;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One broker connection.
 *
 * @param broker {@code tcp://host:1883} or {@code ssl://host:8883} ({@code mqtt:} and {@code
 *     mqtts:} are read as the same); the port may be left out
 * @param version default {@link Version#AUTO}
 * @param clientId fixed, since the broker keeps the session under it; 1 to 128 characters, and no
 *     other client may use it
 * @param username null, the default, for none
 * @param password asked at each connecting; null, the default, for none
 * @param tls for {@code ssl}; null takes {@link MqttTls#systemTrust}
 * @param keepAlive longest silence before a ping, 5 s to 20 min; default 30 s
 * @param sessionExpiry how long the broker keeps our session while we are away, 0 to 7 days; MQTT 5
 *     only; default 24 h
 * @param cleanStart whether the broker forgets the session before; default false. With true,
 *     messages not yet acknowledged at a break are lost
 * @param presence how we say that we are there; null, the default, says nothing
 * @param receiveMaximum unacknowledged QoS 1 messages the broker may have under way to us, 1 to
 *     65535; MQTT 5 only; default 1024
 * @param maxInFlight unacknowledged QoS 1 messages we may have under way to the broker, 1 to 1024;
 *     MQTT 3.1.1 only (with 5 the broker says how many); default 64
 * @param connectLimit longest wait for one connecting, 100 ms to 30 s; default 5 s
 * @param retryMin first wait before connecting again, 10 ms to {@code retryMax}; default 1 s. It
 *     doubles with each failure; each wait is made shorter by chance, up to half
 * @param retryMax longest wait before connecting again, up to 10 min; default 60 s
 */
public record MqttConfig(
    URI broker,
    Version version,
    String clientId,
    @Nullable String username,
    @Nullable Supplier<char[]> password,
    @Nullable MqttTls tls,
    Duration keepAlive,
    Duration sessionExpiry,
    boolean cleanStart,
    @Nullable MqttPresence presence,
    int receiveMaximum,
    int maxInFlight,
    Duration connectLimit,
    Duration retryMin,
    Duration retryMax) {

  /** Which MQTT to speak. */
  public enum Version {
    /** 5, or 3.1.1 once the broker has said that it does not know 5. */
    AUTO,
    V5,
    V3_1_1
  }

  public MqttConfig {
    broker = normalized(broker);
    if (clientId.isBlank() || clientId.length() > 128) {
      throw new IllegalArgumentException("clientId must have 1 to 128 characters");
    }
    if (password != null && username == null) {
      throw new IllegalArgumentException("a password needs a username");
    }
    if (tls != null && broker.getScheme().equals("tcp")) {
      throw new IllegalArgumentException("tls is set, so the broker must be ssl://, got " + broker);
    }
    require("keepAlive", keepAlive, Duration.ofSeconds(5), Duration.ofMinutes(20));
    require("sessionExpiry", sessionExpiry, Duration.ZERO, Duration.ofDays(7));
    require("connectLimit", connectLimit, Duration.ofMillis(100), Duration.ofSeconds(30));
    require("retryMax", retryMax, Duration.ofMillis(10), Duration.ofMinutes(10));
    require("retryMin", retryMin, Duration.ofMillis(10), retryMax);
    if (receiveMaximum < 1 || receiveMaximum > 65_535) {
      throw new IllegalArgumentException(
          "receiveMaximum must be 1 to 65535, got " + receiveMaximum);
    }
    if (maxInFlight < 1 || maxInFlight > 1024) {
      throw new IllegalArgumentException("maxInFlight must be 1 to 1024, got " + maxInFlight);
    }
  }

  /** With every default. */
  public static MqttConfig of(String broker, String clientId) {
    return new MqttConfig(
        URI.create(broker),
        Version.AUTO,
        clientId,
        null,
        null,
        null,
        Duration.ofSeconds(30),
        Duration.ofHours(24),
        false,
        null,
        1024,
        64,
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60));
  }

  /** The same connection in another version of MQTT. */
  public MqttConfig withVersion(Version other) {
    return new MqttConfig(
        broker,
        other,
        clientId,
        username,
        password,
        tls,
        keepAlive,
        sessionExpiry,
        cleanStart,
        presence,
        receiveMaximum,
        maxInFlight,
        connectLimit,
        retryMin,
        retryMax);
  }

  /** The same connection as somebody. */
  public MqttConfig withCredentials(String name, Supplier<char[]> secret) {
    return new MqttConfig(
        broker,
        version,
        clientId,
        name,
        secret,
        tls,
        keepAlive,
        sessionExpiry,
        cleanStart,
        presence,
        receiveMaximum,
        maxInFlight,
        connectLimit,
        retryMin,
        retryMax);
  }

  /** The same connection with other trust. */
  public MqttConfig withTls(MqttTls other) {
    return new MqttConfig(
        broker,
        version,
        clientId,
        username,
        password,
        other,
        keepAlive,
        sessionExpiry,
        cleanStart,
        presence,
        receiveMaximum,
        maxInFlight,
        connectLimit,
        retryMin,
        retryMax);
  }

  /** The same connection that says that it is there. */
  public MqttConfig withPresence(MqttPresence other) {
    return new MqttConfig(
        broker,
        version,
        clientId,
        username,
        password,
        tls,
        keepAlive,
        sessionExpiry,
        cleanStart,
        other,
        receiveMaximum,
        maxInFlight,
        connectLimit,
        retryMin,
        retryMax);
  }

  /** The same connection with other waits between attempts. */
  public MqttConfig withRetry(Duration min, Duration max) {
    return new MqttConfig(
        broker,
        version,
        clientId,
        username,
        password,
        tls,
        keepAlive,
        sessionExpiry,
        cleanStart,
        presence,
        receiveMaximum,
        maxInFlight,
        connectLimit,
        min,
        max);
  }

  /** Whether the connection is encrypted. */
  public boolean isEncrypted() {
    return broker.getScheme().equals("ssl");
  }

  /** The password is left out. */
  @Override
  public String toString() {
    return "MqttConfig[" + broker + ", " + version + ", client " + clientId + "]";
  }

  private static URI normalized(URI given) {
    String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
    boolean encrypted = scheme.equals("ssl") || scheme.equals("mqtts");
    if (given.getHost() == null
        || given.getUserInfo() != null
        || !(encrypted || scheme.equals("tcp") || scheme.equals("mqtt"))) {
      throw new IllegalArgumentException(
          "broker must be tcp://host:port or ssl://host:port without a user, got scheme \""
              + scheme
              + "\" and host "
              + given.getHost());
    }
    int port = given.getPort() > 0 ? given.getPort() : encrypted ? 8883 : 1883;
    return URI.create((encrypted ? "ssl" : "tcp") + "://" + given.getHost() + ":" + port);
  }

  private static void require(String name, Duration given, Duration min, Duration max) {
    if (given.compareTo(min) < 0 || given.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + ", got " + given);
    }
  }
}
