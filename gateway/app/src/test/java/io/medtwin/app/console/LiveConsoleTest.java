package io.medtwin.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.demo.RunningDemo;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person at a bedside relies on: the page moves as the devices do, and as soon. */
@Timeout(300)
class LiveConsoleTest {

  private static final long MOST_MILLIS_TO_LAMPS = 5_000;
  private static final long MOST_MILLIS_TO_ALERT = 3_000;
  private static final double MOST_OFF_THE_HEART_RATE = 0.1;
  private static final int TRACE_SECONDS = 15;

  private static final String TILE =
      "[...document.querySelectorAll('.tile')]"
          + ".find((tile) => tile.querySelector('h3').textContent === '%s')";

  @TempDir private static Path folder;
  private static RunningDemo demo;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Browser.assumeInstalled();
    demo = RunningDemo.start(folder);
    browser = Browser.at(demo.console());
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (demo != null) {
      demo.close();
    }
  }

  @Test
  void nowShowsEveryDeviceMovesAndSaysWhatItIsNot() {
    browser.open(Page.NOW);

    browser.await("all devices", () -> browser.texts(".tile h3").containsAll(devices()));
    assertThat(browser.texts(".tile h3")).containsExactlyInAnyOrderElementsOf(devices());
    var infused =
        "return [..."
            + TILE.formatted("bed1-pump")
            + ".querySelectorAll('.value')].find((value) => /infused/i.test(value.textContent))"
            + "?.querySelector('.number').textContent";
    browser.await("the pump tells its volume", () -> !browser.text(infused).isEmpty());
    var before = browser.text(infused);
    browser.await("the volume grows", () -> !browser.text(infused).equals(before));
    assertThat(Double.parseDouble(browser.text(infused))).isGreaterThan(Double.parseDouble(before));

    assertThat(browser.find("#demo-flag").isDisplayed()).isTrue();
    assertThat(browser.find("#demo-flag").getText()).isEqualTo("SIMULATED DATA");
    assertThat(
            browser.text(
                "return getComputedStyle(document.documentElement, '::after').backgroundImage"))
        .as("the watermark behind everything")
        .contains("watermark.svg");
    assertThat(browser.find("#notice").getText())
        .isEqualTo("Secondary display. The bedside device is the primary alarm.");
  }

  @Test
  void aPulledCableTurnsTheLampsOfItsDeviceAndHealsByItself() throws Exception {
    browser.open(Page.NOW);
    var talks = lamp("bed1-oximeter", "talking");
    var fresh = lamp("bed1-oximeter", "fresh");
    browser.await("it talks", talks + " && " + fresh);

    browser.watchFor("!(" + talks + ") && !(" + fresh + ")");
    long pulled = System.currentTimeMillis();
    demo.type("unplug bed1-oximeter");
    long millis = browser.seenAt("its lamps are out") - pulled;
    System.out.printf("measured: cable pulled to both lamps out on the page %d ms%n", millis);

    assertThat(millis).isBetween(0L, MOST_MILLIS_TO_LAMPS);
    assertThat(browser.holds(lamp("bed2-oximeter", "talking"))).as("its neighbour").isTrue();
    assertThat(browser.text("return " + TILE.formatted("bed1-oximeter") + ".innerText"))
        .as("in words too, and since when")
        .containsIgnoringCase("offline since");

    browser.watchFor(talks + " && " + fresh);
    long plugged = System.currentTimeMillis();
    demo.type("heal bed1-oximeter");
    System.out.printf(
        "measured: cable back to both lamps lit on the page %d ms%n",
        browser.seenAt("its lamps are lit") - plugged);
  }

  @Test
  void anAlertIsOnThePageASecondAfterTheDeviceRaisedIt() throws Exception {
    browser.open(Page.NOW);
    browser.await("the watch talks", lamp("wear-4", "talking"));
    var alert =
        "/SOS button/.test(("
            + TILE.formatted("wear-4")
            + ")?.querySelector('.alerts').textContent)";

    try (var watch = Guest.at(demo.broker())) {
      browser.watchFor(alert);
      long raised = System.currentTimeMillis();
      watch.watch("wear-4", watchSays(raised, true));
      long millis = browser.seenAt("the alert is on the page") - raised;
      System.out.printf("measured: alert raised to alert on the page %d ms%n", millis);

      assertThat(millis).isBetween(0L, MOST_MILLIS_TO_ALERT);
      browser.await(
          "the tile is among the exceptions",
          "document.getElementById('exceptions').contains(" + TILE.formatted("wear-4") + ")");
      assertThat(browser.text("return " + TILE.formatted("wear-4") + ".innerText"))
          .as("a priority nobody stated is not played down")
          .contains("Priority unknown");

      watch.watch("wear-4", watchSays(System.currentTimeMillis(), false));
      browser.await("the alert is gone", "!(" + alert + ")");
    }
  }

  @Test
  void theTraceShowsTheHeartbeatsOfTheRateBesideIt() {
    browser.beforeEachPage(
        """
        window.medtwinStretches = [];
        const listen = EventSource.prototype.addEventListener;
        EventSource.prototype.addEventListener = function (name, listener, ...rest) {
          return listen.call(this, name, (event) => {
            if (name === "stretch" && this.url.includes("metric=ecg")) {
              window.medtwinStretches.push(JSON.parse(event.data));
            }
            listener(event);
          }, ...rest);
        };
        """);
    browser.open(Page.DEVICE);
    browser.await(
        TRACE_SECONDS + " s of the trace came",
        "window.medtwinStretches.reduce((sum, one) => sum + one.raw.length / one.rate, 0) > "
            + TRACE_SECONDS);

    double rate =
        Double.parseDouble(browser.text("return String(window.medtwinStretches[0].rate)"));
    var samples =
        browser
            .text(
                """
                return window.medtwinStretches.flatMap((one) => one.raw.map((raw) =>
                  raw === null ? 0 : raw * one.gain + one.offset)).join("\\n")
                """)
            .lines()
            .mapToDouble(Double::parseDouble)
            .toArray();
    var beats = Heartbeats.in(samples, rate);
    double shown =
        Double.parseDouble(
            browser.text(
                """
                return [...document.querySelectorAll("#values tr")]
                  .find((row) => row.querySelector(".path").textContent === "ecg.heartRate")
                  ?.querySelector(".number").textContent
                """));
    System.out.printf(
        "measured: %.1f beats/min in the trace (%d beats), %.0f shown%n",
        beats.perMinute(), beats.count(), shown);

    assertThat(beats.count()).isGreaterThan(TRACE_SECONDS / 2);
    assertThat(beats.perMinute())
        .isBetween(shown * (1 - MOST_OFF_THE_HEART_RATE), shown * (1 + MOST_OFF_THE_HEART_RATE));
    var drawn = "medtwinDrawn(document.querySelector('canvas.wave-trace'))";
    browser.text(
        """
        window.medtwinDrawn = (canvas) => {
          const { width, height } = canvas;
          const dots = canvas.getContext("2d").getImageData(0, 0, width, height).data;
          let [top, bottom, columns] = [height, 0, 0];
          for (let x = 0; x < width; x++) {
            let any = false;
            for (let y = 0; y < height; y++) {
              if (dots[4 * (y * width + x) + 3] > 0) {
                any = true;
                top = Math.min(top, y);
                bottom = Math.max(bottom, y);
              }
            }
            columns += any;
          }
          return { wide: columns / width, high: (bottom - top) / height };
        };
        """);
    browser.await("the trace fills its paper", drawn + ".wide > 0.8");
    browser.await("its peaks stand out", drawn + ".high > 0.2");
  }

  private static String lamp(String device, String name) {
    return "("
        + TILE.formatted(device)
        + ")?.querySelector('[data-lamp="
        + name
        + "]').dataset.state === 'on'";
  }

  private static String watchSays(long millis, boolean sos) {
    return "{\"id\":\"wear-4\",\"ts\":" + millis + ",\"heartRate\":88,\"sos\":" + sos + "}";
  }

  private static List<String> devices() {
    return Stream.of(
            Stream.of("bed1", "bed2")
                .flatMap(bed -> Stream.of(bed + "-pump", bed + "-ecg", bed + "-oximeter")),
            IntStream.rangeClosed(1, 6).mapToObj(number -> "wear-" + number),
            Stream.of("guest-mqtt", "guest-coap", "guest-dtls", "guest-serial"),
            Stream.of("gateway"))
        .flatMap(names -> names)
        .map(Objects::requireNonNull)
        .toList();
  }
}
