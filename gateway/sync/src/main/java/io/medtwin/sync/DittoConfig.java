package io.medtwin.sync;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Ditto is and how to talk to it.
 *
 * @param endpoint base address, {@code http(s)://host[:port][/path]} or {@code ws(s)://…}; {@code
 *     /ws/2} is added unless it is there. No user info, query or fragment
 * @param login who we are
 * @param trustedCa PEM file with the certificate authorities to trust instead of the JDK's, or null
 * @param commandTimeout each command is answered within it, 100 ms to 5 min
 * @param backOff delays between attempts to connect
 * @param roles subjects of the policies we create
 * @param namespaces namespaces we may write to, each with what is below it ({@code clinic.north}
 *     lets {@code clinic.north.pump} through); empty lets all through
 */
public record DittoConfig(
    URI endpoint,
    DittoLogin login,
    @Nullable Path trustedCa,
    Duration commandTimeout,
    BackOff backOff,
    DittoRoles roles,
    Set<String> namespaces) {

  /** Time-out of a command unless configured. */
  public static final Duration DEFAULT_COMMAND_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

  public DittoConfig {
    Endpoint.of(endpoint);
    if (commandTimeout.compareTo(SHORTEST_TIMEOUT) < 0
        || commandTimeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "command timeout must be from "
              + SHORTEST_TIMEOUT
              + " to "
              + LONGEST_TIMEOUT
              + ", got "
              + commandTimeout);
    }
    namespaces = Set.copyOf(namespaces);
  }

  /** Defaults for all but the necessary. */
  public static DittoConfig of(URI endpoint, DittoLogin login, DittoRoles roles) {
    return new DittoConfig(
        endpoint, login, null, DEFAULT_COMMAND_TIMEOUT, BackOff.DEFAULT, roles, Set.of());
  }

  /** The same at another address. */
  public DittoConfig withEndpoint(URI other) {
    return new DittoConfig(other, login, trustedCa, commandTimeout, backOff, roles, namespaces);
  }

  /** The same with other roles in the policies we create. */
  public DittoConfig withRoles(DittoRoles other) {
    return new DittoConfig(endpoint, login, trustedCa, commandTimeout, backOff, other, namespaces);
  }

  /** The same, trusting the certificate authorities in a PEM file. */
  public DittoConfig withTrustedCa(Path pem) {
    return new DittoConfig(endpoint, login, pem, commandTimeout, backOff, roles, namespaces);
  }

  /** The same with another command time-out. */
  public DittoConfig withCommandTimeout(Duration timeout) {
    return new DittoConfig(endpoint, login, trustedCa, timeout, backOff, roles, namespaces);
  }

  /** The same with other delays between attempts to connect. */
  public DittoConfig withBackOff(BackOff other) {
    return new DittoConfig(endpoint, login, trustedCa, commandTimeout, other, roles, namespaces);
  }

  /** The same, confined to namespaces. */
  public DittoConfig withNamespaces(Set<String> allowed) {
    return new DittoConfig(endpoint, login, trustedCa, commandTimeout, backOff, roles, allowed);
  }

  /** Whether we may write to the entity's namespace. */
  boolean allows(String entityId) {
    String namespace = entityId.substring(0, Math.max(0, entityId.indexOf(':')));
    return namespaces.isEmpty()
        || namespaces.stream()
            .anyMatch(allowed -> namespace.equals(allowed) || namespace.startsWith(allowed + "."));
  }
}
