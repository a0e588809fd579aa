package io.medtwin.console;

import static io.medtwin.console.TestConsole.json;
import static io.medtwin.console.TestConsole.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, and what a browser may do with what it gets. */
class PagesTest {

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
  void noPathLeadsOutOfThePages() throws Exception {
    for (String path :
        new String[] {
          "/../../../../etc/passwd",
          "/..%2f..%2fetc/passwd",
          "/%2e%2e/%2e%2e/Console.class",
          "/../Console.class",
          "/./../openapi.yaml",
          "/..;/openapi.yaml",
          "/webjars/../../../io/medtwin/console/openapi.yaml",
          "/webjars/probe/..%5c..%5c1.2.3/dist/probe.js",
          "/probe-page.html%00.js",
          "//probe-page.html",
          "/.hidden.html",
          "/webjars/probe/1.2.3/dist/",
          "/webjars/none/dist/none.js"
        }) {
      var answer =
          console.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(answer).as(path).containsPattern("^HTTP/1.1 (404|400)").contains("nosniff");
      assertThat(answer).as(path).doesNotContain("openapi: 3").doesNotContain("root:");
    }
  }

  @Test
  void aWebJarIsFoundWithAndWithoutItsVersion() throws Exception {
    for (String path :
        new String[] {"/webjars/probe/1.2.3/dist/probe.js", "/webjars/probe/dist/probe.js"}) {
      var script = console.get(path);
      assertThat(script.statusCode()).as(path).isEqualTo(200);
      assertThat(script.headers().firstValue("Content-Type").orElse(""))
          .isEqualTo("text/javascript; charset=utf-8");
    }
  }

  @Test
  void everyAnswerHasThePolicy() throws Exception {
    for (String path :
        new String[] {"/probe-page.html", "/none.html", "/api/v1/devices", "/api/v1/none"}) {
      var headers = console.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy")).as(path).isPresent();
      assertThat(headers.firstValue("X-Content-Type-Options")).as(path).contains("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).as(path).contains("no-referrer");
      assertThat(headers.firstValue("Server")).as(path).isEmpty();
    }
    assertThat(console.get("/api/v1/devices").headers().firstValue("Cache-Control"))
        .contains("no-store");
    assertThat(console.get("/probe-page.html").headers().firstValue("Cache-Control"))
        .contains("no-cache");
  }

  @Test
  void headSaysWhatGetWouldWithoutContent() throws Exception {
    for (String path : new String[] {"/probe-page.html", "/api/v1/openapi.yaml", "/health/live"}) {
      var get = console.get(path);
      var head = console.ask("HEAD", path, "");
      assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValue("Content-Length"))
          .isEqualTo(get.headers().firstValue("Content-Length"));
    }
    for (String stream : new String[] {"/api/v1/events", "/api/v1/bundle"}) {
      assertThat(console.ask("HEAD", stream, "", console.bearer()).statusCode()).isEqualTo(200);
    }
    assertThat(console.console.listeners()).isZero();
  }

  @Test
  void anotherMethodIsToldWhichAreTaken() throws Exception {
    var answer = console.ask("POST", "/api/v1/devices", "{}");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET");
    assertThat(console.ask("PUT", "/probe-page.html", "{}").statusCode()).isEqualTo(405);
    assertThat(console.ask("TRACE", "/probe-page.html", "").statusCode()).isEqualTo(405);
  }

  @Test
  void aNameThatIsAScriptStaysAText() throws Exception {
    var nasty = "<script>alert(1)</script>\"\n\u2028\u0000'];";
    console.line.model = nasty;

    var answer = console.get("/api/v1/devices");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json(answer).path("devices").get(0).path("model").asString()).isEqualTo(nasty);
    try (var listener = console.listen("/api/v1/events")) {
      // one line of data, whatever is in it
      assertThat(listener.next("devices").path("devices").get(0).path("model").asString())
          .isEqualTo(nasty);
    }
    until(
        "gone",
        () -> {
          console.line.reports.incrementAndGet();
          return console.console.listeners() == 0;
        });
  }

  @Test
  void healthFollowsTheJournalAndDitto() throws Exception {
    console.close();
    console = new TestConsole(folder);
    until("looked", () -> status("/health/ready") == 200);
    assertThat(status("/health/live")).isEqualTo(200);

    console.line.health = io.medtwin.journal.JournalState.Health.FAILING;
    assertThat(status("/health/ready")).isEqualTo(503);
    assertThat(console.get("/health/ready").body()).contains("disk full");
    assertThat(status("/health/live")).isEqualTo(200);
  }

  @Test
  void aGatewayThatNeverReachedDittoIsNotReady() throws Exception {
    console.close();
    console =
        new TestConsole(ConsoleConfig.local(0, folder), true, line -> line.reach = "disconnected");
    assertThat(console.get("/health/ready").body()).contains("Ditto has not been reached yet");

    console.line.reach = "connected";
    until("it was reached", () -> status("/health/ready") == 200);
    console.line.reach = "disconnected"; // it keeps what comes meanwhile
    assertThat(status("/health/ready")).isEqualTo(200);
  }

  @Test
  void metricsAreOpenHereAndNowhereElse() throws Exception {
    console.claim();
    assertThat(console.get("/metrics").body()).isEqualTo("medtwin_up 1\n");
    assertThat(console.get("/metrics", "X-Forwarded-For", "10.0.0.7").statusCode()).isEqualTo(401);
    assertThat(
            console.raw("GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 401");
  }

  @Test
  void aConsoleOfAFleetSaysThatItHasNoGateway() throws Exception {
    console.close();
    console = new TestConsole(ConsoleConfig.local(0, folder), false);

    assertThat(console.get("/api/v1/fleet").body()).contains("gw-1");
    assertThat(console.get("/api/v1/fleet/gw-1/devices").body()).contains("ox-1");
    assertThat(console.get("/api/v1/devices").statusCode()).isEqualTo(404);
    assertThat(console.get("/api/v1/devices/ox-1").body()).contains("fleet only");
    assertThat(console.get("/api/v1/events").body()).contains("fleet only");
    assertThat(status("/health/ready")).isEqualTo(200);
  }

  private int status(String path) {
    try {
      return console.get(path).statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
