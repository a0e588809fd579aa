package io.medtwin.console;

import static io.medtwin.console.TestConsole.json;
import static io.medtwin.console.TestConsole.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole path: from a line to what a browser gets. */
class ConsoleTest {

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
  void whoeverSitsAtAnUnclaimedConsoleSeesDevices() throws Exception {
    assertThat(json(console.get("/api/v1/session")).path("role").asString()).isEqualTo("viewer");
    assertThat(json(console.get("/api/v1/gateway")).path("id").asString()).isEqualTo("gw-1");
    var device = json(console.get("/api/v1/devices")).path("devices").get(0);
    assertThat(device.path("id").asString()).isEqualTo("ox-1");
    assertThat(device.path("values").get(0).path("text").asString()).isEqualTo("97");
  }

  @Test
  void aPageIsServedWithAPolicyAndATag() throws Exception {
    var page = console.get("/probe-page.html");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    var tag = page.headers().firstValue("ETag").orElseThrow();
    assertThat(console.get("/probe-page.html", "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void aListenerLearnsAllAndThenWhatChanged() throws Exception {
    try (var listener = console.listen("/api/v1/events")) {
      assertThat(listener.status()).isEqualTo(200);
      assertThat(listener.next("gateway").path("id").asString()).isEqualTo("gw-1");
      assertThat(listener.next("devices").path("all").asBoolean()).isTrue();
      listener.next("flow");

      console.line.saturation = "91";
      var change = listener.next("devices");
      assertThat(change.path("all").asBoolean()).isFalse();
      assertThat(change.path("devices").get(0).path("values").get(0).path("text").asString())
          .isEqualTo("91");
    }
    until(
        "the client is gone",
        () -> {
          console.line.reports.incrementAndGet();
          return console.console.listeners() == 0;
        });
  }
}
