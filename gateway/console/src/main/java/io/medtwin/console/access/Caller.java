package io.medtwin.console.access;

import java.util.Optional;

/**
 * Who asks.
 *
 * @param user name, or empty where nobody logged in
 * @param role what they may; empty for nothing
 * @param csrf what an action with a cookie must repeat; empty where no cookie was used
 */
public record Caller(Optional<String> user, Optional<Role> role, Optional<String> csrf) {

  /** Somebody who may nothing. */
  public static final Caller NOBODY =
      new Caller(Optional.empty(), Optional.empty(), Optional.empty());

  /** Whoever sits at this machine while nobody has claimed the console. */
  static final Caller PASSER_BY =
      new Caller(Optional.empty(), Optional.of(Role.VIEWER), Optional.empty());

  /** Whether the caller may what {@code needed} may. */
  public boolean may(Role needed) {
    return role.filter(has -> has.covers(needed)).isPresent();
  }

  /** The name, for a log or a signature. */
  public String name() {
    return user.orElse("nobody");
  }
}
