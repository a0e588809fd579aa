package io.medtwin.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every profile is what the published schema says, so that an editor that knows the schema tells
 * the truth.
 */
class SchemaTest {

  private static final Path PROFILES = Path.of("profiles");
  private final Schema schema = schema();

  static Stream<Path> profiles() throws IOException {
    try (var files = Files.list(PROFILES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void aProfileIsValid(Path profile) throws IOException {
    assertThat(schema.validate(Files.readString(profile), InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void aProfileIsNamedLikeItsFile(Path profile) throws IOException {
    var name = profile.getFileName().toString().replace(".yaml", "");

    assertThat(Files.readAllLines(profile)).contains("profile: " + name);
  }

  @Test
  void aMistypedKeyIsFound() throws IOException {
    var text = Files.readString(PROFILES.resolve("nonin-oem3.yaml")).replace("deadband", "deadbnd");

    assertThat(schema.validate(text, InputFormat.YAML)).isNotEmpty();
  }

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(
              Files.readString(Path.of("schema", "device-profile.schema.json")), InputFormat.JSON);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
