package io.medtwin.app.scaffold;

import io.medtwin.spi.Spi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The project of a new driver: a frame and a driver around it, a test that holds it against the
 * conformance kit, a conversation, a simulated device, a profile, a gateway file. It reads a sample
 * protocol, so that it runs before the first line is written.
 *
 * @param name what it is called
 * @param talk how its device talks
 * @param version version of the SDK it is built against
 */
public record DriverProject(DriverName name, Talk talk, String version) {

  private static final String BYTES_DEVICES =
      """
      devices:
        bench-1: { profile: @id@, link: "tcp:127.0.0.1:4001" }   # or serial:/dev/ttyUSB0\
      """;

  private static final String MESSAGE_DEVICES =
      """
      brokers:
        bench: { url: "tcp://127.0.0.1:1883" }
      links:
        bench-beds: { mqtt: bench, topic: "@id@/{device}", contentType: text/plain }
      devices:
        bench-1: { profile: @id@, link: bench-beds, address: bed-1 }\
      """;

  private static final String JAVA_SIMULATOR =
      "java -cp"
          + " target/classes:target/test-classes:sdk/io/medtwin/medtwin-spi/@version@/medtwin-spi-@version@.jar"
          + " @package@.@Class@Simulator";

  /** Every text of the project by its path, with slashes. */
  public Map<String, String> files() {
    var texts = new LinkedHashMap<String, String>();
    var main = "src/main/java/" + name.javaPackage().replace('.', '/') + "/" + name.classes();
    var test = "src/test/java/" + name.javaPackage().replace('.', '/') + "/" + name.classes();
    texts.put("README.md", filled("all/README.md"));
    texts.put("pom.xml", filled("all/pom.xml"));
    texts.put(".gitignore", filled("all/gitignore"));
    texts.put(".github/workflows/verify.yml", filled("all/verify.yml"));
    texts.put("gateway.yaml", filled("all/gateway.yaml"));
    texts.put("profiles/" + name.id() + ".yaml", filled("all/profile.yaml"));
    texts.put("src/main/resources/META-INF/services/io.medtwin.spi.Driver", filled("all/service"));
    texts.put(main + "Frame.java", filled("all/Frame.java"));
    texts.put(main + "Driver.java", filled(talk + "/Driver.java"));
    texts.put(test + "DriverTest.java", filled(talk + "/DriverTest.java"));
    texts.put(test + "Simulator.java", filled(talk + "/Simulator.java"));
    var conversations = "src/test/resources/" + name.id() + "/";
    texts.put(conversations + "sample.txt", filled(talk + "/sample.txt"));
    texts.put(
        conversations + "conformance",
        filled((talk == Talk.MESSAGES ? talk.toString() : "all") + "/conformance"));
    return texts;
  }

  private String filled(String template) {
    return text(template)
        .replace("@devices@", talk == Talk.MESSAGES ? MESSAGE_DEVICES : BYTES_DEVICES)
        .replace("@simulate@", simulate())
        .replace("@id@", name.id())
        .replace("@package@", name.javaPackage())
        .replace("@Class@", name.classes())
        .replace("@maker@", name.maker())
        .replace("@model@", name.model())
        .replace("@kind@", name.kind())
        .replace("@spi@", Spi.VERSION)
        .replace("@version@", version);
  }

  /** The line that starts the simulated device. */
  private String simulate() {
    return switch (talk) {
      case STREAM, POLLED -> JAVA_SIMULATOR + "   # the device, on a port of this machine";
      case MESSAGES -> JAVA_SIMULATOR + " | mosquitto_pub -p 1883 -t @id@/bed-1 -l   # a device";
    };
  }

  private static String text(String template) {
    var resource = template + ".template";
    try (var stream =
        Objects.requireNonNull(DriverProject.class.getResourceAsStream(resource), resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
