package io.medtwin.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.medtwin.console.web.Route;
import io.medtwin.spi.Alert;
import io.medtwin.twin.ledger.Outage;
import io.medtwin.twin.tap.TapEvent;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API against the server that runs. */
class OpenApiTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  @TempDir Path folder;
  private TestConsole console;
  private JsonNode api;

  @BeforeEach
  void start() throws Exception {
    console = new TestConsole(folder);
    var yaml = console.get("/api/v1/openapi.yaml").body();
    api = JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    console.line.alerts = List.of(Alert.Priority.HIGH, Alert.Priority.UNKNOWN);
    var begin = ManualClock.BEGIN;
    console.line.outages =
        List.of(
            new Outage(begin, begin.plusSeconds(60), begin.plusSeconds(90), 1_204, 0),
            new Outage(begin, null, null, 3, 0));
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void everyRouteIsDescribedAndNothingElse() {
    var served = new TreeSet<String>();
    for (Route route : console.console.routes()) {
      served.add(route.method() + " " + route.path());
    }
    assertThat(described()).containsExactlyElementsOf(served);
  }

  private Set<String> described() {
    var described = new TreeSet<String>();
    for (var path : api.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          described.add(
              operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return described;
  }

  @Test
  void everyPathIsAnsweredAsDescribed() throws Exception {
    console.claim();
    console.line.reports.set(7);
    console.clock.pass(Duration.ofSeconds(5));
    var bodies =
        Map.of(
            "POST /api/v1/session",
            "{\"user\":\"root\",\"password\":\"" + TestConsole.PASSWORD + "\"}",
            "POST /api/v1/claim",
            "{\"code\":\"x\",\"user\":\"root\",\"password\":\"" + TestConsole.PASSWORD + "\"}",
            "PUT /api/v1/users/{name}",
            "{\"role\":\"viewer\",\"password\":\"" + TestConsole.PASSWORD + "\"}",
            "PUT /api/v1/devices/{device}/mute",
            "{\"reason\":\"filter change\",\"minutes\":30}",
            "POST /api/v1/unclaimed/claim",
            "{\"hub\":\"hub-1\",\"address\":\"AA:BB\",\"profile\":\"nonin-3150\"}");
    var order = new ArrayList<>(described());
    // a user and a maintenance must be there before they can be removed
    order.sort(java.util.Comparator.comparing(what -> what.startsWith("DELETE")));
    for (String what : order) {
      var method = what.substring(0, what.indexOf(' '));
      var path = what.substring(method.length() + 1);
      if (api.at(pointer("paths", path, "get", "responses", "200", "content"))
          .has("text/event-stream")) {
        continue; // everyEventIsAsDescribed
      }
      var filled =
          path.replace("{device}", "ox-1")
              .replace("{link}", "ox-1")
              .replace("{name}", "vera")
              .replace("{gateway}", "gw-1");
      var response = console.ask(method, filled, bodies.getOrDefault(what, ""), console.bearer());
      assertThat(response.statusCode())
          .as("%s: %s", what, response.body())
          .isEqualTo(what.equals("POST /api/v1/claim") ? 409 : expected(method, path));
      checkAnswer(method, path, response);
    }
  }

  private int expected(String method, String path) {
    var responses = responses(method, path);
    return responses.has("200") ? 200 : 204;
  }

  @Test
  void refusalsAreAnsweredAsDescribed() throws Exception {
    console.claim();
    for (String what : described()) {
      var method = what.substring(0, what.indexOf(' '));
      var path = what.substring(method.length() + 1);
      boolean guarded =
          api.at(pointer("paths", path, method.toLowerCase(java.util.Locale.ROOT))).has("x-role");
      if (!guarded || path.equals("/metrics")) {
        continue; // open, or open at this machine
      }
      var response = console.ask(method, path.replaceAll("[{}]", ""), "");
      assertThat(response.statusCode()).as(what).isEqualTo(401);
      checkAnswer(method, path, response);
    }
    for (String path :
        new String[] {"/api/v1/devices/{device}", "/api/v1/devices/{device}/trends"}) {
      var response = console.get(path.replace("{device}", "nobody"), console.bearer());
      assertThat(response.statusCode()).isEqualTo(404);
      checkAnswer("GET", path, response);
    }
    console.fleet.silent = true;
    checkAnswer("GET", "/api/v1/fleet", console.get("/api/v1/fleet", console.bearer()));
  }

  @Test
  void everyEventIsAsDescribed() throws Exception {
    try (var events = console.listen("/api/v1/events")) {
      for (String name : List.of("gateway", "devices", "flow")) {
        checkEvent("/api/v1/events", name, events.next(name));
      }
      console.line.saturation = "91";
      checkEvent("/api/v1/events", "devices", events.next("devices"));
    }
    console.line.stretches.add(ScriptedLine.stretch(1));
    try (var wave = console.listen("/api/v1/devices/ox-1/wave?metric=spo2.pleth")) {
      checkEvent("/api/v1/devices/{device}/wave", "stretch", wave.next("stretch"));
    }
    console.line.demo = true;
    try (var tap = console.listen("/api/v1/devices/ox-1/tap")) {
      TestConsole.until("it looks", () -> console.line.taps.isAny());
      var at = ManualClock.BEGIN;
      var steps =
          List.of(
              new TapEvent.Bytes(at, true, new byte[] {1}, 1),
              new TapEvent.Message(at, "a/b", "application/json", new byte[] {1}, 1),
              new TapEvent.Discarded(at, "no frame", 3),
              new TapEvent.Heard(at, 4, "reading", "spo2", "97", "%"),
              new TapEvent.Made(
                  at, "spo2", "observation", "features/spo2", 150456, "97", "%", "valid"));
      console.line.taps.of("ox-1").forEach(one -> steps.forEach(one::tell));
      for (int i = 0; i < steps.size(); i++) {
        checkEvent("/api/v1/devices/{device}/tap", "step", tap.next("step"));
      }
    }
  }

  @Test
  void aSchemaIsAbleToFail() throws Exception {
    var schema = schema(pointer("components", "schemas", "Gateway"));
    var gateway = console.get("/api/v1/gateway").body();

    assertThat(problems(schema, gateway)).isEmpty();
    assertThat(problems(schema, gateway.replace("\"exact\"", "\"exakt\""))).isNotEmpty();
    assertThat(problems(schema, gateway.replace(".000Z", "Z"))).isNotEmpty();
    assertThat(problems(schema, gateway.replace("\"site\"", "\"place\""))).isNotEmpty();
  }

  private void checkAnswer(String method, String path, HttpResponse<String> response) {
    var status = Integer.toString(response.statusCode());
    var described = responses(method, path).path(status);
    assertThat(described.isMissingNode()).as("%s %s: %s", method, path, status).isFalse();
    var pointer =
        described.has("$ref")
            ? described.path("$ref").asString().substring(1)
            : pointer(
                "paths", path, method.toLowerCase(java.util.Locale.ROOT), "responses", status);
    var content = api.at(pointer).path("content");
    var type = response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    if (content.isEmpty()) {
      assertThat(response.body()).as("%s %s: %s", method, path, status).isEmpty();
      return;
    }
    assertThat(content.has(type)).as("%s %s: %s is %s", method, path, status, type).isTrue();
    if (type.equals("application/json")) {
      var schema = schema(pointer + pointer("content", type, "schema"));
      assertThat(problems(schema, response.body()))
          .as("%s %s: %s", method, path, response.body())
          .isEmpty();
    }
  }

  private JsonNode responses(String method, String path) {
    return api.at(pointer("paths", path, method.toLowerCase(java.util.Locale.ROOT), "responses"));
  }

  private void checkEvent(String path, String name, JsonNode event) {
    var schema =
        schema(
            pointer(
                "paths",
                path,
                "get",
                "responses",
                "200",
                "content",
                "text/event-stream",
                "x-events",
                name));
    assertThat(problems(schema, event.toString())).as("%s: %s", name, event).isEmpty();
  }

  /** The part of the API at a pointer, as a schema that finds its neighbours. */
  private Schema schema(String pointer) {
    var root = JSON.createObjectNode();
    root.set("components", api.path("components"));
    root.set("allOf", JSON.createArrayNode().add(api.at(pointer)));
    return SCHEMAS.getSchema(root.toString(), InputFormat.JSON);
  }

  private static List<String> problems(Schema schema, String json) {
    return schema.validate(json, InputFormat.JSON).stream()
        .map(Error::toString)
        .map(Objects::requireNonNull)
        .toList();
  }

  private static String pointer(String... names) {
    var pointer = new StringBuilder();
    for (String name : names) {
      pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
