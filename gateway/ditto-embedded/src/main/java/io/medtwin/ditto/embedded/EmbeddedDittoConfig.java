package io.medtwin.ditto.embedded;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What an embedded endpoint is started with.
 *
 * @param host interface to listen on; loopback unless told otherwise, for passwords travel in the
 *     clear
 * @param port 0 takes a free one, see {@link EmbeddedDitto#port()}
 * @param users passwords by user name; user {@code x} is the policy subject {@code nginx:x}, as
 *     behind Ditto's proxy
 * @param outboundMax events waiting for one slow WebSocket or event stream; beyond it events are
 *     dropped and counted
 * @param commandsInWorkMax unanswered commands of one WebSocket; beyond it the socket is not read
 * @param file where things and policies are kept between starts; absent keeps them in memory alone
 * @param clock stamps changes
 */
public record EmbeddedDittoConfig(
    String host,
    int port,
    Map<String, String> users,
    int outboundMax,
    int commandsInWorkMax,
    Optional<Path> file,
    InstantSource clock) {

  /** Ditto's own outbound buffer of a WebSocket. */
  public static final int OUTBOUND_MAX = 200;

  /** Ditto's own limit of unanswered commands of a WebSocket. */
  public static final int COMMANDS_IN_WORK_MAX = 100;

  public EmbeddedDittoConfig {
    users = Map.copyOf(users);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, got " + port);
    }
    if (outboundMax < 1 || commandsInWorkMax < 1) {
      throw new IllegalArgumentException(
          "limits must be positive, got outboundMax "
              + outboundMax
              + ", commandsInWorkMax "
              + commandsInWorkMax);
    }
  }

  /**
   * A free port on loopback, user {@code ditto} with password {@code ditto}, Ditto's limits,
   * nothing kept.
   */
  public static EmbeddedDittoConfig inMemory(InstantSource clock) {
    return new EmbeddedDittoConfig(
        "127.0.0.1",
        0,
        Map.of("ditto", "ditto"),
        OUTBOUND_MAX,
        COMMANDS_IN_WORK_MAX,
        Optional.empty(),
        clock);
  }

  /** The same with another port. */
  public EmbeddedDittoConfig withPort(int other) {
    return new EmbeddedDittoConfig(host, other, users, outboundMax, commandsInWorkMax, file, clock);
  }

  /** The same on another interface. */
  public EmbeddedDittoConfig withHost(String other) {
    return new EmbeddedDittoConfig(other, port, users, outboundMax, commandsInWorkMax, file, clock);
  }

  /** The same with other users. */
  public EmbeddedDittoConfig withUsers(Map<String, String> others) {
    return new EmbeddedDittoConfig(host, port, others, outboundMax, commandsInWorkMax, file, clock);
  }

  /** The same with other limits. */
  public EmbeddedDittoConfig withLimits(int outbound, int commandsInWork) {
    return new EmbeddedDittoConfig(host, port, users, outbound, commandsInWork, file, clock);
  }

  /** The same, kept in a file. */
  public EmbeddedDittoConfig keptIn(Path path) {
    return new EmbeddedDittoConfig(
        host, port, users, outboundMax, commandsInWorkMax, Optional.of(path), clock);
  }

  /** Names users, never their passwords. */
  @Override
  public String toString() {
    return "embedded Ditto on "
        + host
        + ":"
        + port
        + ", users "
        + users.keySet()
        + ", kept in "
        + file;
  }
}
