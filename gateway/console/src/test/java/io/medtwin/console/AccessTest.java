package io.medtwin.console;

import static io.medtwin.console.TestConsole.NOTHING;
import static io.medtwin.console.TestConsole.PASSWORD;
import static io.medtwin.console.TestConsole.json;
import static io.medtwin.console.TestConsole.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.console.access.ScrapeToken;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what. */
class AccessTest {

  private static final String MUTE = "/api/v1/devices/ox-1/mute";
  private static final String MUTING = "{\"reason\":\"filter change\",\"minutes\":30}";
  private static final String STRANGER =
      "{\"hub\":\"hub-1\",\"address\":\"AA:BB\",\"profile\":\"nonin-3150\"}";

  @TempDir Path folder;
  private TestConsole console;

  @BeforeEach
  void start() throws Exception {
    console = new TestConsole(folder);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void beforeTheClaimEverybodyHereSeesAndNobodyActs() throws Exception {
    assertThat(console.get("/api/v1/ledger").statusCode()).isEqualTo(200);
    refused(console.ask("PUT", MUTE, MUTING), 403, "E-UNCLAIMED");
    refused(console.ask("POST", "/api/v1/unclaimed/claim", STRANGER), 403, "E-UNCLAIMED");
    refused(console.get("/api/v1/bundle"), 403, "E-UNCLAIMED");
    assertThat(console.line.asked).isEmpty();
  }

  @Test
  void beforeTheClaimOnlyALoopbackNameIsAnswered() throws Exception {
    for (String path : new String[] {"/api/v1/devices", "/probe-page.html", "/metrics"}) {
      assertThat(console.raw(get(path, "evil.example"))).startsWith("HTTP/1.1 403");
      assertThat(console.raw(get(path, "127.0.0.1.evil.example:80"))).startsWith("HTTP/1.1 403");
      assertThat(console.raw(get(path, "localhost:" + console.port()))).startsWith("HTTP/1.1 200");
      assertThat(console.raw(get(path, "[::1]:80"))).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void afterTheClaimAnyNameIsAnsweredAndNothingIsShownWithoutALogin() throws Exception {
    console.claim();

    assertThat(console.raw(get("/probe-page.html", "gw-07.clinic.example")))
        .startsWith("HTTP/1.1 200");
    refused(console.get("/api/v1/devices"), 401, "E-SESSION");
    refused(console.get("/api/v1/events"), 401, "E-SESSION");
    assertThat(json(console.get("/api/v1/session")).path("role").isNull()).isTrue();
  }

  @Test
  void aScraperElsewhereSeesTheMetricsWithItsTokenAndNothingElse() throws Exception {
    var text = "kept-in-the-gateways-file";
    console.close();
    console =
        new TestConsole(
            new ConsoleConfig(
                "127.0.0.1",
                0,
                folder,
                Optional.empty(),
                false,
                Optional.of(new ScrapeToken(text))),
            true);
    console.claim();
    String[] right = {"Authorization", "Bearer " + text, "X-Forwarded-For", "10.1.2.3"};
    String[] wrong = {"Authorization", "Bearer " + text + "s", "X-Forwarded-For", "10.1.2.3"};

    assertThat(console.get("/metrics", right).body()).contains("medtwin_up 1");
    refused(console.get("/metrics", wrong), 401, "E-SESSION");
    refused(console.get("/metrics", "X-Forwarded-For", "10.1.2.3"), 401, "E-SESSION");
    refused(console.get("/api/v1/devices", right), 401, "E-SESSION");
    refused(console.get("/api/v1/bundle", right), 401, "E-SESSION");
  }

  @Test
  void theCodeClaimsOnce() throws Exception {
    var code = console.console.oneTimeCode().orElseThrow();
    assertThat(code.replace("-", "")).hasSize(26);
    var wrong = "0000" + code.substring(4);
    refused(claim(wrong), 401, "E-LOGIN");
    refused(claim(code, "short"), 400, "E-INVALID");

    // as somebody types it
    assertThat(claim(" " + code.toLowerCase(java.util.Locale.ROOT) + " ").statusCode())
        .isEqualTo(200);

    refused(claim(code), 409, "E-CONFLICT");
    assertThat(console.console.oneTimeCode()).isEmpty();
  }

  @Test
  void whoClaimedIsAnAdminAlsoAfterARestart() throws Exception {
    console.claim();
    console.close();
    console = new TestConsole(folder);

    var admin = console.login("root");
    assertThat(console.get("/api/v1/users", admin.headers()).body()).contains("root");
    var users = Files.readString(folder.resolve("console-users.json"));
    assertThat(users).contains("$2b$").doesNotContain(PASSWORD);
    assertThat(permissions("console-users.json")).isEqualTo("rw-------");
  }

  @Test
  void aViewerSeesAndCannotAct() throws Exception {
    var viewer = console.user("vera", "viewer", console.claim());

    assertThat(console.get("/api/v1/devices", viewer.headers()).statusCode()).isEqualTo(200);
    refused(console.ask("PUT", MUTE, MUTING, viewer.headers()), 403, "E-ROLE");
    refused(console.ask("DELETE", MUTE, "", viewer.headers()), 403, "E-ROLE");
    refused(
        console.ask("POST", "/api/v1/unclaimed/claim", STRANGER, viewer.headers()), 403, "E-ROLE");
    refused(console.get("/api/v1/devices/ox-1/tap", viewer.headers()), 403, "E-ROLE");
    refused(console.get("/api/v1/users", viewer.headers()), 403, "E-ROLE");
    assertThat(console.line.asked).isEmpty();
  }

  @Test
  void aBiomedActsAndTheLineLearnsWho() throws Exception {
    var biomed = console.user("bo", "biomed", console.claim());

    assertThat(console.ask("PUT", MUTE, MUTING, biomed.headers()).statusCode()).isEqualTo(204);
    var device = json(console.get("/api/v1/devices", biomed.headers())).path("devices").get(0);
    assertThat(device.path("muted").path("by").asString()).isEqualTo("bo");
    assertThat(device.path("muted").path("until").asString()).isEqualTo("2026-08-01T10:30:00.000Z");
    assertThat(console.ask("DELETE", MUTE, "", biomed.headers()).statusCode()).isEqualTo(204);
    refused(console.ask("DELETE", MUTE, "", biomed.headers()), 409, "E-CONFLICT");
    assertThat(console.ask("POST", "/api/v1/unclaimed/claim", STRANGER, biomed.headers()).body())
        .contains("nonin-aa-bb");
    assertThat(console.line.asked)
        .containsExactly("mute ox-1 by bo", "unmute ox-1 by bo", "claim AA:BB by bo");
    refused(console.get("/api/v1/bundle", biomed.headers()), 403, "E-ROLE");
  }

  @Test
  void anActionWithACookieNeedsItsToken() throws Exception {
    var admin = console.claim();

    refused(console.ask("PUT", MUTE, MUTING, admin.withoutCsrf()), 403, "E-CSRF");
    refused(
        console.ask("PUT", MUTE, MUTING, "Cookie", admin.cookie(), "X-CSRF", "guessed"),
        403,
        "E-CSRF");
    refused(console.ask("DELETE", "/api/v1/session", "", admin.withoutCsrf()), 403, "E-CSRF");
    assertThat(console.line.asked).isEmpty();
    assertThat(console.ask("PUT", MUTE, MUTING, admin.headers()).statusCode()).isEqualTo(204);
  }

  @Test
  void aPageOfAnotherSiteCannotLogSomebodyIn() throws Exception {
    console.claim();
    var login = object(Map.of("user", "root", "password", PASSWORD));

    refused(
        console.ask("POST", "/api/v1/session", login, "Sec-Fetch-Site", "cross-site"),
        403,
        "E-ORIGIN");
    var form =
        console.raw(
            "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: text/plain\r\nContent-Length: "
                + login.length()
                + "\r\n\r\n"
                + login);
    assertThat(form).startsWith("HTTP/1.1 400").contains("Content-Type");
  }

  @Test
  void aCookieIsOutOfReachOfScriptsAndOtherSites() throws Exception {
    var code = console.console.oneTimeCode().orElseThrow();
    var cookie = claim(code).headers().firstValue("Set-Cookie").orElseThrow();

    assertThat(cookie).startsWith("medtwin=").contains("HttpOnly").contains("SameSite=Strict");
  }

  @Test
  void whoLoggedOutIsOut() throws Exception {
    var admin = console.claim();

    assertThat(console.ask("DELETE", "/api/v1/session", "", admin.headers()).statusCode())
        .isEqualTo(204);
    refused(console.get("/api/v1/devices", admin.headers()), 401, "E-SESSION");
  }

  @Test
  void aSessionThatNobodyUsesEnds() throws Exception {
    var admin = console.claim();

    console.clock.pass(Duration.ofHours(7));
    assertThat(console.get("/api/v1/devices", admin.headers()).statusCode()).isEqualTo(200);
    console.clock.pass(Duration.ofHours(7));
    assertThat(console.get("/api/v1/devices", admin.headers()).statusCode()).isEqualTo(200);
    console.clock.pass(Duration.ofHours(8).plusSeconds(1));
    refused(console.get("/api/v1/devices", admin.headers()), 401, "E-SESSION");
  }

  @Test
  void theFifthWrongPasswordCostsThirtySecondsAndEachFurtherOneTwice() throws Exception {
    console.claim();
    for (int i = 0; i < 5; i++) {
      refused(login("root", "wrong password"), 401, "E-LOGIN");
    }

    assertThat(throttled(login("root", PASSWORD))).isEqualTo(30);
    console.clock.pass(Duration.ofSeconds(29));
    assertThat(throttled(login("root", PASSWORD))).isEqualTo(1);
    console.clock.pass(Duration.ofSeconds(1));
    refused(login("root", "wrong again"), 401, "E-LOGIN");
    assertThat(throttled(login("root", PASSWORD))).isEqualTo(60);
    console.clock.pass(Duration.ofSeconds(60));
    assertThat(login("root", PASSWORD).statusCode()).isEqualTo(200);
    refused(login("root", "wrong password"), 401, "E-LOGIN"); // counted from the beginning
    assertThat(login("root", PASSWORD).statusCode()).isEqualTo(200);
  }

  @Test
  void anAddressThatTriesManyNamesWaitsToo() throws Exception {
    console.claim();
    for (int i = 0; i < 5; i++) {
      refused(login("nobody-" + i, "wrong password"), 401, "E-LOGIN");
    }

    assertThat(throttled(login("root", PASSWORD))).isEqualTo(30);
  }

  @Test
  void aThrottleNeverGrowsBeyondAQuarterOfAnHour() throws Exception {
    console.claim();
    for (int i = 0; i < 14; i++) {
      console.clock.pass(Duration.ofMinutes(15));
      refused(login("root", "wrong password"), 401, "E-LOGIN");
    }

    assertThat(throttled(login("root", PASSWORD))).isEqualTo(900);
  }

  @Test
  void theTokenOfThisMachineIsAnAdmin() throws Exception {
    console.claim();

    assertThat(permissions("console.token")).isEqualTo("rw-------");
    var session = json(console.get("/api/v1/session", console.bearer()));
    assertThat(session.path("user").asString()).isEqualTo("local");
    assertThat(session.path("role").asString()).isEqualTo("admin");
    assertThat(console.ask("PUT", MUTE, MUTING, console.bearer()).statusCode()).isEqualTo(204);
    refused(console.get("/api/v1/devices", "Authorization", "Bearer wrong"), 401, "E-SESSION");
  }

  @Test
  void theTokenIsAnotherOneAfterARestart() throws Exception {
    var before = console.bearer();
    console.close();
    assertThat(folder.resolve("console.token")).doesNotExist();
    console = new TestConsole(folder);

    refused(console.get("/api/v1/bundle", before), 401, "E-SESSION");
    assertThat(console.get("/api/v1/bundle", console.bearer()).body()).startsWith("PK");
  }

  @Test
  void theLastAdminStays() throws Exception {
    var admin = console.claim();

    refused(console.ask("DELETE", "/api/v1/users/root", "", admin.headers()), 409, "E-CONFLICT");
    refused(
        console.ask("PUT", "/api/v1/users/root", "{\"role\":\"viewer\"}", admin.headers()),
        409,
        "E-CONFLICT");
    console.user("second", "admin", admin);
    assertThat(console.ask("DELETE", "/api/v1/users/root", "", admin.headers()).statusCode())
        .isEqualTo(204);
    refused(console.get("/api/v1/devices", admin.headers()), 401, "E-SESSION");
  }

  @Test
  void aUserWhoIsRemovedHearsNothingMore() throws Exception {
    var admin = console.claim();
    var viewer = console.user("vera", "viewer", admin);
    try (var listener = console.listen("/api/v1/events", "Cookie", viewer.cookie())) {
      listener.next("flow");

      console.ask("DELETE", "/api/v1/users/vera", "", admin.headers());
      console.clock.pass(Duration.ofSeconds(2));

      listener.untilEnd();
    }
  }

  @Test
  void namesAndPasswordsHaveRules() throws Exception {
    var admin = console.claim();
    for (String name : new String[] {"local", "Vera", "a%2Fb", "%3Cb%3E", "x".repeat(65)}) {
      var put =
          console.ask(
              "PUT",
              "/api/v1/users/" + name,
              object(Map.of("role", "viewer", "password", PASSWORD)),
              admin.headers());
      assertThat(put.statusCode()).as(name).isIn(400, 404);
    }
    for (String password : new String[] {"elevenchars", "x".repeat(73), "ä".repeat(37)}) {
      var put =
          console.ask(
              "PUT",
              "/api/v1/users/vera",
              object(Map.of("role", "viewer", "password", password)),
              admin.headers());
      refused(put, 400, "E-INVALID");
    }
    refused(
        console.ask("PUT", "/api/v1/users/vera", "{\"role\":\"king\"}", admin.headers()),
        400,
        "E-INVALID");
    refused(
        console.ask("PUT", "/api/v1/users/root", "{\"role\":\"admin\",\"x\":1}", admin.headers()),
        400,
        "E-INVALID");
  }

  @Test
  void aFileOfUsersThatMakesNoSenseOpensNoConsole() throws Exception {
    console.close();
    for (String users :
        new String[] {"", "{\"users\":[]}", "{\"users\":[{\"user\":\"a\"}]}", "[]"}) {
      Files.writeString(folder.resolve("console-users.json"), users);
      assertThatThrownBy(() -> new TestConsole(folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("console-users.json");
    }
  }

  @Test
  void untilItIsClaimedItListensAtThisMachineAlone() throws Exception {
    console.close();
    console =
        new TestConsole(
            new ConsoleConfig("0.0.0.0", 0, folder, Optional.empty(), false, Optional.empty()),
            true);
    assertThat(listensAt("127.0.0.2", console.port())).isFalse();

    console.claim();

    assertThat(listensAt("127.0.0.2", console.port())).isTrue();
    assertThat(console.get("/api/v1/session", NOTHING).statusCode()).isEqualTo(200);
  }

  @Test
  void theBytesOfADemoAreNobodysSecret() throws Exception {
    refused(console.get("/api/v1/devices/ox-1/tap"), 403, "E-UNCLAIMED");
    console.line.demo = true;
    try (var tap = console.listen("/api/v1/devices/ox-1/tap")) {
      assertThat(tap.status()).isEqualTo(200);
    }
  }

  private static boolean listensAt(String address, int port) {
    try (var socket = new java.net.Socket(address, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
  }

  private static String get(String path, String host) {
    return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
  }

  private HttpResponse<String> claim(String code) throws Exception {
    return claim(code, PASSWORD);
  }

  private HttpResponse<String> claim(String code, String password) throws Exception {
    return console.ask(
        "POST",
        "/api/v1/claim",
        object(Map.of("code", code, "user", "root", "password", password)));
  }

  private HttpResponse<String> login(String user, String password) throws Exception {
    return console.ask(
        "POST", "/api/v1/session", object(Map.of("user", user, "password", password)));
  }

  private static long throttled(HttpResponse<String> response) {
    refused(response, 429, "E-TOO-MANY");
    return response.headers().firstValueAsLong("Retry-After").orElseThrow();
  }

  private static void refused(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(json(response).path("error").path("code").asString()).isEqualTo(code);
  }
}
