package io.medtwin.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.medtwin.app.Terminal;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.command.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class LogFormatTest {

  private static final Map<String, String> JSON = Map.of(LogFormat.VARIABLE, "json", "PW", "ditto");

  private static final String GATEWAY =
      """
      gateway: { id: gw-1, site: clinic.north }
      ditto: { url: "http://127.0.0.1:1", user: ditto, password: "${env:PW}" }
      console: { enabled: false }
      links:
        posts: { coap: server, port: 0 }
      devices:
        patch-1: { profile: senml-patch, link: posts, address: patch-1 }
      """;

  @TempDir private Path folder;

  private final ch.qos.logback.classic.Logger root =
      ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
  private final List<Appender<ILoggingEvent>> before = new ArrayList<>();
  private final PrintStream usual = System.err;
  private final ByteArrayOutputStream caught = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    root.iteratorForAppenders().forEachRemaining(before::add);
    before.forEach(root::detachAppender); // not stopped, so that they can be put back
    System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void putBack() {
    System.setErr(usual);
    root.detachAndStopAllAppenders();
    before.forEach(root::addAppender);
  }

  @Test
  void everyLineOfAGatewayThatRunsIsOneObject() throws Exception {
    var file = Files.writeString(folder.resolve("gateway.yaml"), GATEWAY);
    var terminal = new Terminal(TestInstallation.in(folder), JSON);

    int code = terminal.run("run", "-c", file.toString(), "--for", "1ms");

    assertThat(code).as(terminal.err()).isEqualTo(ExitCode.OK);
    assertThat(lines())
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(Instant.ofEpochMilli(line.path("timestamp").asLong()))
                  .isAfter(Instant.parse("2026-01-01T00:00:00Z"));
              assertThat(line.path("level").asString()).isIn("INFO", "WARN", "ERROR");
              assertThat(line.path("loggerName").asString()).startsWith("io.medtwin.");
              assertThat(line.path("formattedMessage").asString()).isNotBlank();
            })
        .anySatisfy(
            line ->
                assertThat(line.path("formattedMessage").asString())
                    .startsWith("gateway gw-1 at clinic.north: "));
  }

  @Test
  void quotesLinesAndFailuresStayWithinTheirLine() throws Exception {
    assertThat(LogFormat.use(JSON)).isTrue();

    LoggerFactory.getLogger("io.medtwin.test")
        .warn("say \"{}\"\nand\t{}", "hé", "\u0001", new IllegalStateException("one\ntwo"));

    var line = lines().getLast();
    assertThat(lines()).hasSize(1);
    assertThat(line.path("formattedMessage").asString()).isEqualTo("say \"hé\"\nand\t\u0001");
    assertThat(line.path("throwable").path("message").asString()).isEqualTo("one\ntwo");
  }

  @Test
  void aFormatThatThereIsNotEndsTheStartAndChangesNothing() throws Exception {
    var terminal = new Terminal(TestInstallation.in(folder), Map.of(LogFormat.VARIABLE, "xml"));

    assertThat(terminal.run("run", "-c", "gateway.yaml")).isEqualTo(ExitCode.CONFIG);

    assertThat(terminal.err()).contains("MEDTWIN_LOG_FORMAT is either text or json");
    assertThat(root.iteratorForAppenders()).isExhausted();
    assertThat(LogFormat.use(Map.of())).isTrue();
    assertThat(LogFormat.use(Map.of(LogFormat.VARIABLE, "text"))).isTrue();
    assertThat(root.iteratorForAppenders()).isExhausted();
  }

  /** Each line as one object; what is none ends the test. */
  private List<JsonNode> lines() {
    var json = new JsonMapper();
    return caught.toString(StandardCharsets.UTF_8).lines().map(json::readTree).toList();
  }
}
