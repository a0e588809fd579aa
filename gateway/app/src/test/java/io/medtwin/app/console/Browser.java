package io.medtwin.app.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A Chromium without a window, looking at one console. Nothing is fetched for it: browser and
 * driver are those of the machine.
 */
final class Browser implements AutoCloseable {

  /** Long: several builds may share two cores. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final List<String> CHROMIUM =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final List<String> DRIVER =
      List.of("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");

  private final URI console;
  private final ChromeDriver driver;

  private Browser(URI console, ChromeDriver driver) {
    this.console = console;
    this.driver = driver;
  }

  /** Skips the test, and says why, where a browser or its driver is missing. */
  static void assumeInstalled() {
    assumeTrue(first(CHROMIUM) != null, "no browser: none of " + CHROMIUM + " (Debian: chromium)");
    assumeTrue(
        first(DRIVER) != null, "no chromedriver: none of " + DRIVER + " (Debian: chromium-driver)");
  }

  /** A browser on a desk, in daylight. */
  static Browser at(URI console) {
    var options = new ChromeOptions();
    options.setBinary(Objects.requireNonNull(first(CHROMIUM)));
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // builds in containers run as root; it sees pages of this build alone
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run");
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(Objects.requireNonNull(first(DRIVER))))
            .usingAnyFreePort()
            .build();
    var browser = new Browser(console, new ChromeDriver(service, options));
    browser.look(1280, 800, false);
    return browser;
  }

  /** Another size of screen, and the system's colours light or dark. */
  void look(int width, int height, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Runs before the scripts of every page from now on. */
  void beforeEachPage(String script) {
    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  void open(String path) {
    driver.get(console.resolve(path).toString());
  }

  /** Opens a page and waits until it shows what it is for. */
  void open(Page page) {
    driver.get("about:blank"); // else another # of the same page would load nothing
    open(page.path);
    await(page + " is ready", page.ready);
  }

  String path() {
    return URI.create(Objects.requireNonNull(driver.getCurrentUrl())).getPath();
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  /** Fills in a field. */
  void fill(String css, String text) {
    var field = find(css);
    field.clear();
    field.sendKeys(text);
  }

  /** What a script returns, as text; empty for null. */
  String text(String script, Object... arguments) {
    var result = driver.executeScript(script, arguments);
    return result == null ? "" : result.toString();
  }

  long number(String script, Object... arguments) {
    return driver.executeScript(script, arguments) instanceof Number number
        ? number.longValue()
        : 0;
  }

  boolean holds(String condition, Object... arguments) {
    return Boolean.TRUE.equals(driver.executeScript("return !!(" + condition + ")", arguments));
  }

  /** Text of all elements, a line each. */
  List<String> texts(String css) {
    return text(
            "return [...document.querySelectorAll(arguments[0])]"
                + ".map((node) => node.textContent.trim()).join('\\n')",
            css)
        .lines()
        .toList();
  }

  /** Waits until a condition in the page's language holds. */
  void await(String what, String condition, Object... arguments) {
    await(what, () -> holds(condition, arguments));
  }

  void await(String what, Supplier<Boolean> condition) {
    new WebDriverWait(driver, PATIENCE, LOOK_AGAIN)
        .withMessage(() -> what + "; the page says:\n" + text("return document.body.innerText"))
        .until(unused -> condition.get());
  }

  /**
   * From now on the page itself looks at each of its changes and keeps the time when the condition
   * first held.
   */
  void watchFor(String condition) {
    driver.executeScript(
        """
        window.medtwinSeen = null;
        const look = () => {
          if (window.medtwinSeen === null && (%s)) {
            window.medtwinSeen = Date.now();
          }
        };
        new MutationObserver(look).observe(document.documentElement,
          { subtree: true, childList: true, characterData: true, attributes: true });
        look();
        """
            .formatted(condition));
  }

  /** When it held, milliseconds since 1970; waits for it. */
  long seenAt(String what) {
    await(what, "window.medtwinSeen !== null");
    return number("return window.medtwinSeen");
  }

  /** Asks the API as this browser's user, with the cookie and the CSRF word of its session. */
  Answer api(String method, String path, @Nullable String json) {
    var answer =
        driver.executeAsyncScript(
            """
            const [method, path, body, done] = arguments;
            (async () => {
              const session = await (await fetch("/api/v1/session")).json();
              const headers = { "X-CSRF": session.csrf ?? "" };
              if (body) {
                headers["Content-Type"] = "application/json";
              }
              const answer = await fetch(`/api/v1${path}`, { method, headers, body });
              done(`${answer.status} ${await answer.text()}`);
            })().catch((error) => done(`0 ${error}`));
            """,
            method,
            path,
            json);
    var parts = String.valueOf(answer).split(" ", 2);
    return new Answer(Integer.parseInt(parts[0]), parts[1]);
  }

  /** Forgets who is logged in. */
  void forgetUser() {
    driver.manage().deleteAllCookies();
  }

  /** What went wrong in the page, as the browser's own log tells; each entry is told once. */
  List<String> complaints() {
    var complaints = new ArrayList<String>();
    for (var entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.SEVERE.intValue()
          || entry.getMessage().contains("Content Security Policy")) {
        complaints.add(entry.getMessage());
      }
    }
    return complaints;
  }

  void photograph(Path file) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  ChromeDriver driver() {
    return driver;
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static @Nullable String first(List<String> paths) {
    return paths.stream()
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElse(null);
  }

  /** Status and body. */
  record Answer(int status, String body) {}
}
