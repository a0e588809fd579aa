package io.medtwin.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.medtwin.app.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What can be known of {@code docker/} without Docker. */
class ContainerFilesTest {

  private static final Path DOCKER = TestInstallation.ROOT.resolve("docker");
  private static final Pattern COPY =
      Pattern.compile("^COPY --from=build (.+) (/\\S+)$", Pattern.MULTILINE);
  private static final Pattern STAGE = Pattern.compile("^FROM \\S+ AS (\\S+)$", Pattern.MULTILINE);
  private static final Pattern OURS = Pattern.compile("\\b(MEDTWIN_[A-Z_]+|DITTO_PASSWORD)\\b");
  private static final String INSTALLATION = "/src/gateway/app/target/medtwin";
  private static final Object RESET = new Object();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", "compose.devices.yaml"})
  void aComposeFileIsWhatTheSpecificationSays(String file) throws IOException {
    var compose = read(file);
    services(compose).values().removeIf(service -> service == RESET);

    assertThat(problems(compose)).isEmpty();
  }

  @Test
  void aMistypedKeyOfAComposeFileIsFound() throws IOException {
    var compose = read("compose.yaml");
    service(compose, "ward").put("restrat", "always");

    assertThat(problems(compose)).isNotEmpty();
  }

  @Test
  void theOverrideIsACompleteWardWithoutSimulators() throws IOException {
    var both = read("compose.yaml");
    merge(both, read("compose.devices.yaml"));

    assertThat(problems(both)).isEmpty();
    assertThat(services(both))
        .containsKeys("medtwin", "gateway", "mongodb")
        .doesNotContainKey("ward");
    services(both)
        .keySet()
        .forEach(
            name ->
                assertThat(services(both).keySet())
                    .as("what %s waits for", name)
                    .containsAll(list(service(both, name).get("depends_on"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", "compose.devices.yaml"})
  void everyFileThatAComposeFileNamesIsThere(String file) throws IOException {
    var compose = read(file);
    var stages = STAGE.matcher(dockerfile()).results().map(found -> found.group(1)).toList();
    var named = 0;
    services(compose).values().removeIf(service -> service == RESET);
    for (String name : services(compose).keySet()) {
      for (String volume : list(service(compose, name).get("volumes"))) {
        var source = volume.split(":")[0];
        if (source.startsWith(".")) {
          assertThat(DOCKER.resolve(source)).exists();
          named++;
        } else {
          assertThat(map(compose.get("volumes"))).containsKey(source);
        }
      }
      var build = map(service(compose, name).getOrDefault("build", Map.of()));
      if (!build.isEmpty()) {
        var context = DOCKER.resolve(String.valueOf(build.get("context")));
        assertThat(context.resolve(String.valueOf(build.get("dockerfile")))).exists();
        assertThat(stages).contains(String.valueOf(build.get("target")));
        named++;
      }
    }
    assertThat(named).isPositive();
  }

  @Test
  void whatAMountedFileReadsIsMountedToo() throws IOException {
    var nginx = Files.readString(DOCKER.resolve("nginx.conf"));
    var passwords =
        Pattern.compile("auth_basic_user_file (\\S+);")
            .matcher(nginx)
            .results()
            .map(found -> "/etc/nginx/" + found.group(1))
            .toList();
    assertThat(passwords).isNotEmpty();
    var targets =
        list(service(read("compose.yaml"), "nginx").get("volumes")).stream()
            .map(volume -> volume.split(":")[1])
            .toList();
    assertThat(targets).containsAll(passwords);
  }

  @Test
  void everyImageHasAVersion() throws IOException {
    var images = new ArrayList<String>();
    for (Object service : services(read("compose.yaml")).values()) {
      Optional.ofNullable(map(service).get("image")).map(String::valueOf).ifPresent(images::add);
    }
    Pattern.compile("^FROM (\\S+:\\S+) AS", Pattern.MULTILINE)
        .matcher(dockerfile())
        .results()
        .map(found -> found.group(1))
        .forEach(images::add);

    assertThat(images)
        .hasSizeGreaterThan(8)
        .allSatisfy(image -> assertThat(image).matches(".+:[^:]*\\d.*|debian:bookworm-slim"));
  }

  /** The assembly makes the installation, the Dockerfile copies from it. */
  @Test
  void everyFileThatTheImageCopiesIsInTheInstallation() throws IOException {
    var assembly =
        Files.readString(
            TestInstallation.ROOT.resolve("gateway/app/src/main/assembly/installation.xml"));
    var copied =
        COPY.matcher(dockerfile())
            .results()
            .flatMap(found -> Stream.of(found.group(1).split(" ")))
            .filter(path -> !path.equals(INSTALLATION))
            .map(path -> path.substring(INSTALLATION.length() + 1))
            .toList();

    assertThat(copied).contains("lib", "plugins", "profiles").doesNotContain("demo");
    for (String name : copied) {
      boolean folderOfIt =
          assembly.contains("<outputDirectory>" + name + "<")
              || assembly.contains("<outputDirectory>" + name + "/");
      boolean fileOfIt = assembly.contains("/" + name + "</source>");
      assertThat(folderOfIt || fileOfIt).as(name).isTrue();
    }
  }

  @Test
  void everyVariableIsReadAndDocumented() throws IOException {
    var names = new TreeSet<String>();
    for (String file : List.of("compose.yaml", "compose.devices.yaml", "Dockerfile")) {
      OURS.matcher(Files.readString(DOCKER.resolve(file)))
          .results()
          .forEach(found -> names.add(found.group(1)));
    }
    var manuals =
        Files.readString(TestInstallation.ROOT.resolve("README.md"))
            + Files.readString(TestInstallation.ROOT.resolve("gateway/app/README.md"))
            + Files.readString(DOCKER.resolve("README.md"));
    var readers =
        Files.readString(TestInstallation.ROOT.resolve("medtwin"))
            + Files.readString(DOCKER.resolve("gateway.yaml"))
            + Files.readString(
                TestInstallation.ROOT.resolve(
                    "gateway/app/src/main/java/io/medtwin/app/demo/TwinEndpoint.java"));

    assertThat(names).contains("DITTO_PASSWORD", "MEDTWIN_DITTO_USER", "MEDTWIN_JAVA_OPTS");
    assertThat(names).allSatisfy(name -> assertThat(manuals).as("manuals").contains(name));
    assertThat(names).allSatisfy(name -> assertThat(readers).as("readers").contains(name));
  }

  @Test
  void theGatewayFileOfTheOverrideIsGoodAndGetsItsSecret() throws IOException {
    var given = map(service(read("compose.devices.yaml"), "medtwin").get("environment"));
    var variables = new LinkedHashMap<String, String>();
    given.forEach((name, value) -> variables.put(name, String.valueOf(value)));
    var terminal = new Terminal(TestInstallation.in(folder), variables);

    var exit = terminal.run("check", "-c", DOCKER.resolve("gateway.yaml").toString());

    assertThat(exit).as(terminal.err()).isEqualTo(ExitCode.OK);
  }

  private static String dockerfile() throws IOException {
    return Files.readString(DOCKER.resolve("Dockerfile"));
  }

  private static List<Error> problems(Map<String, Object> compose) throws IOException {
    try (var in = ContainerFilesTest.class.getResourceAsStream("/compose-spec/compose-spec.json")) {
      var json = new JsonMapper();
      var schema = (ObjectNode) json.readTree(in);
      schema.remove("$id"); // relative, and the validator takes absolute ones only
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(schema)
          .validate(json.valueToTree(compose));
    }
  }

  /** A compose file with merge keys merged. */
  private static Map<String, Object> read(String file) throws IOException {
    ConstructNode reset = node -> RESET;
    var settings =
        LoadSettings.builder().setTagConstructors(Map.of(new Tag("!reset"), reset)).build();
    var compose = map(new Load(settings).loadFromString(Files.readString(DOCKER.resolve(file))));
    return merged(compose);
  }

  private static Map<String, Object> merged(Map<String, Object> from) {
    var to = new LinkedHashMap<String, Object>();
    if (from.get("<<") instanceof Map<?, ?> base) {
      to.putAll(merged(map(base)));
    }
    from.forEach(
        (key, value) -> {
          if (!key.equals("<<")) {
            to.put(key, value instanceof Map<?, ?> inner ? merged(map(inner)) : value);
          }
        });
    return to;
  }

  /** Lays one compose file over another, as far as our files need it. */
  private static void merge(Map<String, Object> below, Map<String, Object> above) {
    services(above)
        .forEach(
            (name, service) -> {
              if (service == RESET) {
                services(below).remove(name);
              } else {
                services(below).put(name, service);
              }
            });
  }

  private static Map<String, Object> services(Map<String, Object> compose) {
    return map(compose.get("services"));
  }

  private static Map<String, Object> service(Map<String, Object> compose, String name) {
    return map(services(compose).get(name));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<String> list(@Nullable Object value) {
    return value == null ? List.of() : (List<String>) value;
  }
}
