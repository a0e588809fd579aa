package io.medtwin.sync;

import com.neovisionaries.ws.client.OpeningHandshakeException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** A session could not be opened. */
final class NoSession extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean untilSomebodyActs;

  /**
   * Why not.
   *
   * @param why for people: what came, and what to do where only people can
   * @param untilSomebodyActs whether trying again soon is pointless
   */
  NoSession(String why, boolean untilSomebodyActs) {
    super(why);
    this.untilSomebodyActs = untilSomebodyActs;
  }

  /** Whether trying again soon is pointless: wrong password, wrong address, bad certificate. */
  boolean untilSomebodyActs() {
    return untilSomebodyActs;
  }

  String why() {
    return String.valueOf(getMessage());
  }

  static NoSession because(Throwable failure, DittoLogin login) {
    Throwable deepest = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof OpeningHandshakeException refused) {
        return refused(refused.getStatusLine().getStatusCode(), login);
      }
      deepest = t;
    }
    boolean trust = deepest instanceof java.security.GeneralSecurityException;
    String what =
        deepest instanceof ExecutionException || deepest instanceof CompletionException
            ? "unknown failure"
            : deepest.getClass().getSimpleName() + ": " + deepest.getMessage();
    return new NoSession(
        trust ? what + "; check the server's certificate against the configured trusted CA" : what,
        trust);
  }

  private static NoSession refused(int status, DittoLogin login) {
    return switch (status) {
      case 401 ->
          new NoSession(
              login.who()
                  + " was refused with 401 (wrong password or token); correct the login in the"
                  + " configuration or at the server",
              true);
      case 403 ->
          new NoSession(
              login.who() + " was refused with 403 (known, but not allowed to open a session)",
              true);
      case 404 ->
          new NoSession(
              "404, there is no Ditto WebSocket at this address; correct the endpoint", true);
      default -> new NoSession("the server answered " + status + " instead of a session", false);
    };
  }
}
