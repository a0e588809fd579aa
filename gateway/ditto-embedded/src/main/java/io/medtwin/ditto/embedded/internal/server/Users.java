package io.medtwin.ditto.embedded.internal.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who a basic-auth header is, as Ditto's proxy would tell. */
final class Users {
  private static final String SCHEME = "Basic ";

  private final Map<String, String> passwords;

  Users(Map<String, String> passwords) {
    this.passwords = Map.copyOf(passwords);
  }

  /**
   * The policy subject, {@code nginx:<user>}; empty when the header is missing, malformed or wrong.
   */
  Optional<String> subject(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).trim());
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
    String password = parts.length == 2 ? passwords.get(parts[0]) : null;
    return password != null && same(password, parts[1])
        ? Optional.of("nginx:" + parts[0])
        : Optional.empty();
  }

  private static boolean same(String expected, String came) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), came.getBytes(StandardCharsets.UTF_8));
  }
}
