package io.medtwin.sync;

import java.util.function.Supplier;

/**
 * How the gateway proves who it is. Secrets are asked for anew at each connect, so that a rotated
 * one is picked up without a restart; they are held by the supplier alone and never printed.
 */
public sealed interface DittoLogin {

  /** Who logs in, for people: goes into logs. */
  String who();

  /**
   * HTTP basic authentication, as Ditto's nginx checks it.
   *
   * @param user user name, without a colon
   * @param password gives the password; called on a connecting thread, may block
   */
  record Basic(String user, Supplier<String> password) implements DittoLogin {
    public Basic {
      if (user.isBlank() || user.contains(":")) {
        throw new IllegalArgumentException("user must not be blank or hold a colon: " + user);
      }
    }

    @Override
    public String who() {
      return "user " + user;
    }

    @Override
    public String toString() {
      return "Basic[user=" + user + ", password=***]";
    }
  }

  /**
   * A JSON Web Token (OAuth 2.0). It is refreshed shortly before it ends, over the open session.
   *
   * @param token gives the current token; called on a connecting thread, may block
   */
  record Bearer(Supplier<String> token) implements DittoLogin {
    @Override
    public String who() {
      return "bearer token";
    }

    @Override
    public String toString() {
      return "Bearer[token=***]";
    }
  }
}
