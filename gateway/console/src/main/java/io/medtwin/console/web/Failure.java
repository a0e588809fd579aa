package io.medtwin.console.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Why a request was not answered as it wished. */
public final class Failure extends Exception {

  private static final long serialVersionUID = 1;

  private final Trouble trouble;

  /** A failure. */
  public Failure(Trouble trouble) {
    super(trouble.message());
    this.trouble = trouble;
  }

  /** What is told of it. */
  public Trouble trouble() {
    return trouble;
  }

  /**
   * What is told.
   *
   * @param status of HTTP
   * @param code stable code, {@code E-…}
   * @param message what is wrong, for people
   * @param problems all of it, where there is more than one thing
   * @param next what to do
   * @param headers more headers
   */
  public record Trouble(
      int status,
      String code,
      String message,
      List<String> problems,
      String next,
      Map<String, String> headers) {

    public Trouble {
      problems = List.copyOf(problems);
      headers = Map.copyOf(headers);
    }
  }

  /** What was said makes no sense. */
  public static Failure invalid(String message, List<String> problems) {
    return of(400, "E-INVALID", message, problems, "correct it and send it again");
  }

  /** Nobody is logged in. */
  public static Failure notLoggedIn() {
    return of(401, "E-SESSION", "nobody is logged in", List.of(), "log in at /login.html");
  }

  /** Wrong name, password or code. */
  public static Failure wrong(String message) {
    return of(401, "E-LOGIN", message, List.of(), "try again; the fifth wrong try costs 30 s");
  }

  /** Not for this caller. */
  public static Failure forbidden(String code, String message, String next) {
    return of(403, code, message, List.of(), next);
  }

  /** There is no such thing. */
  public static Failure notFound(String message) {
    return of(404, "E-NOT-FOUND", message, List.of(), "see /api/v1/openapi.yaml for what is there");
  }

  /** It contradicts how things are. */
  public static Failure conflict(String message, List<String> problems) {
    return of(409, "E-CONFLICT", message, problems, "look at how things are, and decide anew");
  }

  /** The body is too long. */
  static Failure tooLarge() {
    return new Failure(
        new Trouble(
            413,
            "E-TOO-LARGE",
            "a body has at most " + Limits.BODY_BYTES + " bytes",
            List.of(),
            "send less",
            Map.of("Connection", "close")));
  }

  /** The body does not come. */
  static Failure broken(String message) {
    return new Failure(
        new Trouble(
            400, "E-INVALID", message, List.of(), "send it again", Map.of("Connection", "close")));
  }

  /** Too much at a time. */
  public static Failure tooMany(String message, Duration retryAfter) {
    long seconds = Math.max(1, (retryAfter.toMillis() + 999) / 1000);
    return new Failure(
        new Trouble(
            429,
            "E-TOO-MANY",
            message,
            List.of(),
            "try again in " + seconds + " s",
            Map.of("Retry-After", Long.toString(seconds))));
  }

  /** Something that is needed does not answer. */
  public static Failure unavailable(String message, String next) {
    return of(503, "E-UNAVAILABLE", message, List.of(), next);
  }

  static Failure bug() {
    return of(
        500,
        "E-BUG",
        "the console made a mistake",
        List.of(),
        "look into the gateway's log; the gateway itself goes on");
  }

  static Failure ofStatus(int status, String message) {
    return of(status, "E-HTTP-" + status, message, List.of(), "send a valid HTTP request");
  }

  private static Failure of(
      int status, String code, String message, List<String> problems, String next) {
    return new Failure(new Trouble(status, code, message, problems, next, Map.of()));
  }
}
