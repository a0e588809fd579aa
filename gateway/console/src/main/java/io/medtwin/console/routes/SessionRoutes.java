package io.medtwin.console.routes;

import io.medtwin.console.access.Access;
import io.medtwin.console.access.Caller;
import io.medtwin.console.access.Denied;
import io.medtwin.console.access.Role;
import io.medtwin.console.json.JsonWriter;
import io.medtwin.console.web.Call;
import io.medtwin.console.web.Failure;
import io.medtwin.console.web.Reply;
import io.medtwin.console.web.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Logging in and out, claiming the console, and its users. */
final class SessionRoutes {

  private final Access access;
  private final Guard guard;
  private final boolean https;
  private final Runnable claimed;

  /**
   * Of this console.
   *
   * @param https whether browsers see it by HTTPS
   * @param claimed is told when somebody claimed it
   */
  SessionRoutes(Access access, Guard guard, boolean https, Runnable claimed) {
    this.access = access;
    this.guard = guard;
    this.https = https;
    this.claimed = claimed;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/session", guard.open((call, caller) -> session(caller))),
        new Route("POST", "/api/v1/session", this::login),
        new Route("DELETE", "/api/v1/session", guard.open(this::logout)),
        new Route("POST", "/api/v1/claim", this::claim),
        new Route("GET", "/api/v1/users", guard.allow(Role.ADMIN, (call, caller) -> users())),
        new Route("PUT", "/api/v1/users/{name}", guard.allow(Role.ADMIN, this::putUser)),
        new Route("DELETE", "/api/v1/users/{name}", guard.allow(Role.ADMIN, this::removeUser)));
  }

  private Reply session(Caller caller) {
    return Reply.json(json(caller));
  }

  private byte[] json(Caller caller) {
    return JsonWriter.object(
        out ->
            out.flag("claimed", access.isClaimed())
                .text("user", caller.user().orElse(null))
                .text("role", caller.role().map(Role::word).orElse(null))
                .text("csrf", caller.csrf().orElse(null)));
  }

  private Reply login(Call call) throws Failure {
    Guard.checkSameSite(call);
    var body = Body.read(call, Set.of("user", "password"));
    try {
      return begun(access.login(body.text("user"), body.text("password"), call.address()));
    } catch (Denied e) {
      throw Errors.of(e);
    }
  }

  private Reply claim(Call call) throws Failure {
    Guard.checkSameSite(call);
    var body = Body.read(call, Set.of("code", "user", "password"));
    try {
      var session =
          access.claim(body.text("code"), body.text("user"), body.text("password"), call.address());
      claimed.run();
      return begun(session);
    } catch (Denied e) {
      throw Errors.of(e);
    }
  }

  private Reply begun(String session) {
    var caller = access.caller(Optional.of(session), Optional.empty());
    return Reply.json(json(caller), Map.of("Set-Cookie", cookie(session, "")));
  }

  private Reply logout(Call call, Caller caller) throws Failure {
    Guard.checkCsrf(call, caller);
    call.cookie(Guard.COOKIE).ifPresent(access::logout);
    return Reply.done(Map.of("Set-Cookie", cookie("", "; Max-Age=0")));
  }

  private String cookie(String value, String more) {
    return Guard.COOKIE
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Strict"
        + (https ? "; Secure" : "")
        + more;
  }

  private Reply users() {
    return Reply.json(
        JsonWriter.object(
            out ->
                out.list(
                    "users",
                    access.users(),
                    (each, user) ->
                        each.text("user", user.user()).text("role", user.role().word()))));
  }

  private Reply putUser(Call call, Caller caller) throws Failure {
    var body = Body.read(call, Set.of("role", "password"));
    var role = Role.of(body.text("role"));
    if (role.isEmpty()) {
      throw Failure.invalid("no such role", List.of("\"role\" is one of viewer, biomed and admin"));
    }
    try {
      access.putUser(call.part("name"), role.get(), body.textIfAny("password"), caller.name());
      return Reply.done(Map.of());
    } catch (Denied e) {
      throw Errors.of(e);
    }
  }

  private Reply removeUser(Call call, Caller caller) throws Failure {
    try {
      access.removeUser(call.part("name"), caller.name());
      return Reply.done(Map.of());
    } catch (Denied e) {
      throw Errors.of(e);
    }
  }
}
