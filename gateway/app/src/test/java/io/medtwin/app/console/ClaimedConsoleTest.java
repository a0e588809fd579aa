package io.medtwin.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.demo.RunningDemo;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.support.ui.Select;

/** Who may do what, in the page and past it. The console is claimed in its page before all else. */
@Timeout(300)
class ClaimedConsoleTest {

  private static final String ADMIN = "chief";
  private static final String VIEWER = "night-shift";
  private static final String PASSWORD = "correct horse battery";
  private static final String SCRIPT = "<img src=x onerror=alert(1)>";

  @TempDir private static Path folder;
  private static RunningDemo demo;
  private static Browser browser;
  private static Cookie admin;
  private static Cookie viewer;

  @BeforeAll
  static void claim() throws Exception {
    Browser.assumeInstalled();
    demo = RunningDemo.start(folder, "--beds", "1", "--wearables", "0");
    browser = Browser.at(demo.console());
    browser.open(Page.CLAIM);
    browser.await("it can be claimed", "!document.getElementById('claim').hidden");
    browser.fill("#code", demo.code());
    browser.fill("#user", ADMIN);
    browser.fill("#password", PASSWORD);
    browser.fill("#again", PASSWORD);
    browser.find("#go").click();
    awaitUser(ADMIN);
    var created =
        browser.api(
            "PUT", "/users/" + VIEWER, "{\"role\":\"viewer\",\"password\":\"" + PASSWORD + "\"}");
    assertThat(created.status()).as(created.body()).isBetween(200, 204);

    browser.find(".account summary").click();
    browser.find(".account button").click();
    browser.await("logged out", () -> browser.path().equals("/login.html"));
    admin = logIn(ADMIN);
    browser.forgetUser();
    viewer = logIn(VIEWER);
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
  void theCodeWorksOnce() {
    as(admin);

    browser.open(Page.CLAIM);

    browser.await("the page says so", "!document.getElementById('claimed').hidden");
    assertThat(browser.find("#claim").isDisplayed()).isFalse();
    assertThat(browser.api("GET", "/session", null).body()).contains("\"role\":\"admin\"");
  }

  @Test
  void whoeverIsNotLoggedInSeesTheLogInPageAndNothingElse() {
    browser.forgetUser();

    browser.open("/device.html?id=bed1-ecg");

    browser.await("it asks who is there", () -> browser.path().equals("/login.html"));
    assertThat(browser.api("GET", "/devices", null).status()).isEqualTo(401);
  }

  @Test
  void aViewerLooksAndNeitherMutesNorClaims() throws Exception {
    try (var guest = Guest.at(demo.broker())) {
      guest.patch("patch-of-nobody", "[{\"n\":\"heart-rate\",\"u\":\"beat/min\",\"v\":71}]");
    }
    as(viewer);

    browser.open(Page.NOW);
    browser.await("the unclaimed one is told", card("patch-of-nobody"));
    assertThat(browser.holds(card("patch-of-nobody") + ".querySelector('button').disabled"))
        .isTrue();
    browser.open(Page.DEVICE);
    assertThat(browser.find("#mute-go").isEnabled()).isFalse();
    assertThat(browser.find("#mute-note").getText()).contains("needs the role biomed");

    assertThat(
            browser
                .api("PUT", "/devices/bed1-ecg/mute", "{\"reason\":\"test\",\"minutes\":15}")
                .status())
        .isEqualTo(403);
    assertThat(
            browser
                .api(
                    "POST",
                    "/unclaimed/claim",
                    "{\"hub\":\"senml-mqtt\",\"address\":\"patch-of-nobody\",\"profile\":\"senml-patch\"}")
                .status())
        .isEqualTo(403);
    assertThat(browser.api("GET", "/users", null).status()).isEqualTo(403);
  }

  @Test
  void aDeviceIsMutedWithAReasonAndUnmutedInThePage() {
    as(admin);
    browser.open(Page.DEVICE);
    browser.fill("#mute-reason", SCRIPT);
    new Select(browser.find("#mute-minutes")).selectByValue("15");

    browser.find("#mute-go").click();

    browser.await("it is muted", "!document.getElementById('muted-now').hidden");
    assertThat(browser.find("#muted-text").getText())
        .as("the reason stays text")
        .contains("by " + ADMIN + ": " + SCRIPT);
    browser.open(Page.NOW);
    browser.await(
        "its tile tells it",
        "/Muted"
            + " until/.test(document.querySelector('.tiles').parentElement.parentElement.innerText)");
    assertThat(browser.number("return document.images.length")).isZero();

    browser.open(Page.DEVICE);
    browser.await("it still is", "!document.getElementById('muted-now').hidden");
    browser.find("#unmute").click();
    browser.await("it is not muted", "document.getElementById('muted-now').hidden");
    assertThat(browser.find("#mute-go").isEnabled()).isTrue();
  }

  @Test
  void aDeviceClaimedInThePageBecomesLive() throws Exception {
    as(admin);
    browser.open(Page.NOW);
    try (var guest = Guest.at(demo.broker())) {
      guest.patch("patch-9", "[{\"n\":\"heart-rate\",\"u\":\"beat/min\",\"v\":71}]");
      browser.await("it is told as unclaimed", card("patch-9"));
      new Select(browser.find("form[aria-label='Claim patch-9'] select"))
          .selectByValue("senml-patch");

      browser.find("form[aria-label='Claim patch-9'] button").click();

      browser.await(
          "it is claimed",
          "/Claimed as patch-9. It is taken up now/.test(" + card("patch-9") + "?.innerText)");
      var tile =
          "[...document.querySelectorAll('.tile')].find((one) =>"
              + " one.querySelector('h3').textContent === 'patch-9')";
      browser.await("it is taken up", tile);
      guest.patch("patch-9", "[{\"n\":\"heart-rate\",\"u\":\"beat/min\",\"v\":73}]");
      browser.await(
          "it is live",
          "("
              + tile
              + ")?.querySelectorAll('.lamp[data-state=on]').length === 3 && /73/.test("
              + tile
              + ".querySelector('.values').textContent)");
      browser.await("it is unclaimed no more", "!(" + card("patch-9") + ")");
    }
  }

  @Test
  void whoGuessesPasswordsWaitsAndIsToldHowLong() {
    browser.forgetUser();
    browser.open(Page.LOGIN);

    for (int attempt = 1; attempt <= 6; attempt++) {
      browser.text("document.getElementById('problem').replaceChildren()");
      browser.fill("#user", "somebody");
      browser.fill("#password", "guess number " + attempt);
      browser.find("#go").click();
      browser.await(
          "it is refused",
          "document.querySelector('#problem .error') && !document.getElementById('go').disabled");
    }

    assertThat(browser.find("#problem").getText()).containsPattern("Wait \\d+ s");
  }

  private static String card(String address) {
    return "[...document.querySelectorAll('#unclaimed .card')]"
        + ".find((one) => one.querySelector('h3').textContent === '"
        + address
        + "')";
  }

  private static Cookie logIn(String user) {
    browser.open(Page.LOGIN);
    browser.fill("#user", user);
    browser.fill("#password", PASSWORD);
    browser.find("#go").click();
    awaitUser(user);
    return Objects.requireNonNull(browser.driver().manage().getCookieNamed("medtwin"));
  }

  private static void awaitUser(String user) {
    browser.await(
        user + " is logged in",
        "location.pathname === '/' && document.querySelector('.account summary')?.textContent ==="
            + " arguments[0]",
        user);
  }

  private static void as(Cookie cookie) {
    browser.forgetUser();
    browser.driver().manage().addCookie(cookie);
  }
}
