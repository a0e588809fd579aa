package io.medtwin.console.routes;

import io.medtwin.console.access.Access;
import io.medtwin.console.access.Caller;
import io.medtwin.console.access.Role;
import io.medtwin.console.access.ScrapeToken;
import io.medtwin.console.web.Call;
import io.medtwin.console.web.Endpoint;
import io.medtwin.console.web.Failure;
import io.medtwin.console.web.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks who calls before anything is answered. */
final class Guard {

  /** Name of the cookie. */
  static final String COOKIE = "medtwin";

  private static final String BEARER = "Bearer ";

  private final Access access;
  private final Optional<ScrapeToken> scrape;

  Guard(Access access, Optional<ScrapeToken> scrape) {
    this.access = access;
    this.scrape = scrape;
  }

  /** Answers somebody who is known. */
  interface Action {
    Reply answer(Call call, Caller caller) throws Failure, IOException;
  }

  /** Lets those through who may. */
  Endpoint allow(Role needed, Action action) {
    return allow(() -> needed, action);
  }

  /** Lets those through who may what is needed at that moment. */
  Endpoint allow(Supplier<Role> needed, Action action) {
    return call -> action.answer(call, check(call, needed.get()));
  }

  /** Lets everybody through, as who they are. */
  Endpoint open(Action action) {
    return call -> action.answer(call, caller(call));
  }

  Caller check(Call call, Role needed) throws Failure {
    var caller = caller(call);
    if (caller.role().isEmpty()) {
      throw Failure.notLoggedIn();
    }
    if (!caller.may(needed)) {
      throw caller.user().isEmpty()
          ? Failure.forbidden(
              "E-UNCLAIMED",
              "nobody has claimed this console yet, so it only shows",
              "claim it at /claim.html with the code that the gateway printed at its start")
          : Failure.forbidden(
              "E-ROLE",
              "this needs the role " + needed.word(),
              "ask an admin of this console for it");
    }
    boolean safe = call.method().equals("GET") || call.method().equals("HEAD");
    if (!safe) {
      checkCsrf(call, caller);
    }
    return caller;
  }

  /** What came with a cookie must say what only a page of ours can know. */
  static void checkCsrf(Call call, Caller caller) throws Failure {
    if (caller.csrf().isEmpty()) {
      return;
    }
    var said = call.header("X-CSRF").orElse("").getBytes(StandardCharsets.UTF_8);
    var expected = caller.csrf().get().getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(said, expected)) {
      throw Failure.forbidden(
          "E-CSRF",
          "the header X-CSRF does not fit the session",
          "take \"csrf\" of GET /api/v1/session");
    }
  }

  /** A request that another site made a browser send. */
  static void checkSameSite(Call call) throws Failure {
    var site = call.header("Sec-Fetch-Site").orElse("none");
    if (!site.equals("same-origin") && !site.equals("none")) {
      throw Failure.forbidden(
          "E-ORIGIN", "this was sent by a page of another site", "use the console's own pages");
    }
  }

  Caller caller(Call call) throws Failure {
    var bearer = bearer(call);
    var caller = access.caller(call.cookie(COOKIE), bearer);
    if (bearer.isPresent() && caller.role().isEmpty()) {
      throw Failure.notLoggedIn();
    }
    return caller;
  }

  /** Whether it is the Prometheus that the gateway's file lets in; it may see the metrics alone. */
  boolean isScraper(Call call) {
    return scrape.flatMap(token -> bearer(call).filter(token::is)).isPresent();
  }

  boolean isClaimed() {
    return access.isClaimed();
  }

  /** Asks the same again, later. */
  BooleanSupplier still(Call call, Supplier<Role> needed) {
    var cookie = call.cookie(COOKIE);
    var bearer = bearer(call);
    return () -> access.caller(cookie, bearer).may(needed.get());
  }

  private static Optional<String> bearer(Call call) {
    return call.header("Authorization")
        .filter(text -> text.startsWith(BEARER))
        .map(text -> text.substring(BEARER.length()).strip());
  }
}
