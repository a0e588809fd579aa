package io.medtwin.console.access;

import com.password4j.BadParametersException;
import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Hashes of passwords. A hash costs a tenth of a second, so few are made at a time. */
final class Passwords {

  /** Shortest password. */
  static final int LEAST_CHARS = 12;

  /** What bcrypt looks at; a longer password would be cut in silence. */
  static final int MOST_BYTES = 72;

  /** Most hashes that are made at a time; others wait for {@link #PATIENCE_MILLIS}. */
  private static final int AT_A_TIME = 2;

  private static final long PATIENCE_MILLIS = 2_000;

  private final BcryptFunction function;
  private final Semaphore turns = new Semaphore(AT_A_TIME, true);
  private final String hashOfNobody;

  /**
   * Hashes that cost so much.
   *
   * @param cost binary logarithm of rounds, 4 to 31
   */
  Passwords(int cost) {
    function = BcryptFunction.getInstance(Bcrypt.B, cost);
    hashOfNobody = function.hash("nobody has this password").getResult();
  }

  /** What is wrong with a new password, where something is. */
  static Optional<String> problem(String password) {
    if (password.codePointCount(0, password.length()) < LEAST_CHARS) {
      return Optional.of("a password has at least " + LEAST_CHARS + " characters");
    }
    if (bytes(password) > MOST_BYTES) {
      return Optional.of("a password has at most " + MOST_BYTES + " bytes");
    }
    return password.indexOf('\0') >= 0
        ? Optional.of("a password has no character 0")
        : Optional.empty();
  }

  /** A hash of a password. */
  String hash(String password) throws Denied {
    takeTurn();
    try {
      return function.hash(password).getResult();
    } finally {
      turns.release();
    }
  }

  /** Whether it is the password; takes as long where there is no such user. */
  boolean isRight(String password, Optional<User> user) throws Denied {
    takeTurn();
    try {
      var hash = user.map(User::hash).orElse(hashOfNobody);
      boolean fits =
          bytes(password) <= MOST_BYTES
              && BcryptFunction.getInstanceFromHash(hash).check(password, hash);
      return fits && user.isPresent();
    } catch (BadParametersException e) {
      return false;
    } finally {
      turns.release();
    }
  }

  private static int bytes(String password) {
    return password.getBytes(StandardCharsets.UTF_8).length;
  }

  private void takeTurn() throws Denied {
    try {
      if (turns.tryAcquire(PATIENCE_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Denied(
        Denied.Kind.THROTTLED, "too many log in at the same time", Duration.ofSeconds(2));
  }
}
