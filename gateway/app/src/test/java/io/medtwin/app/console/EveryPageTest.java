package io.medtwin.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.medtwin.app.demo.RunningDemo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds on every page: usable by all, on any screen, true in its words, and safe. */
@Timeout(300)
class EveryPageTest {

  private static final int PHONE = 360;
  private static final String SCRIPT = "<img src=x onerror=alert(1)>";

  @TempDir private static Path folder;
  private static RunningDemo demo;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Browser.assumeInstalled();
    demo = RunningDemo.start(folder);
    browser = Browser.at(demo.console());
    browser.open(Page.NOW);
    browser.await(
        "everything simulated talks",
        "document.querySelectorAll('[data-lamp=talking][data-state=on]').length >= 12");
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

  @AfterEach
  void theBrowserHasNothingToComplainAbout() {
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Page.class)
  void noPageSaysConnectedWhereASocketIsOpen(Page page) {
    browser.look(1280, 800, false);

    browser.open(page);

    assertThat(browser.text("return document.body.innerText"))
        .isNotBlank()
        .doesNotContainPattern("(?i)\\bconnected\\b");
  }

  @ParameterizedTest
  @EnumSource(Page.class)
  void noPageBreaksARuleOfAccessibilityInLightOrInDark(Page page) {
    for (boolean dark : List.of(false, true)) {
      browser.look(1280, 800, dark);
      browser.open(page);

      var results = new AxeBuilder().setLegacyMode(true).analyze(browser.driver());

      assertThat(results.getPasses()).as("rules that looked").hasSizeGreaterThan(10);
      assertThat(results.getViolations())
          .as("%s, %s", page, dark ? "dark" : "light")
          .extracting(EveryPageTest::told)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Page.class)
  void noPageScrollsSidewaysOnAPhone(Page page) {
    browser.look(PHONE, 740, false);

    browser.open(page);

    assertThat(browser.number("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(PHONE);
    assertThat(
            browser.text(
                """
                const held = (node) => node !== null && node !== document.body
                  && (getComputedStyle(node).overflowX !== "visible" || held(node.parentElement));
                return [...document.querySelectorAll("main *, header *, footer *")]
                  .filter((node) => node.getBoundingClientRect().right > arguments[0] + 1)
                  .filter((node) => node.checkVisibility() && !held(node.parentElement))
                  .map((node) => node.tagName + "." + node.className).join(" ")
                """,
                PHONE))
        .as("what is cut off at the right")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1280,800", "360,740"})
  void whatADeviceSaysOfItselfStaysText(int width, int height) throws Exception {
    var address = SCRIPT + width;
    browser.look(width, height, false);
    browser.open(Page.NOW);
    try (var guest = Guest.at(demo.broker())) {
      guest.patch(
          address,
          "[{\"n\":\"heart-rate\",\"u\":\""
              + SCRIPT
              + "\",\"v\":71},{\"n\":\"spo2\",\"u\":\"/\",\"v\":0.97}]");
    }
    browser.await(
        "it is told as unclaimed",
        "[...document.querySelectorAll('#unclaimed h3')].some((one) => one.textContent ==="
            + " arguments[0])",
        address);

    assertThat(browser.texts("#unclaimed .parameters")).anyMatch(text -> text.contains(SCRIPT));
    assertThat(browser.number("return document.images.length")).isZero();
  }

  private static String told(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes();
  }
}
